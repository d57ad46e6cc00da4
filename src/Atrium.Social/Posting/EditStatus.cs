using Atrium.Kernel;
using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>What an edit changes; what is null stays as it is.</summary>
/// <param name="Media">All of the post's pictures from now on, in order.</param>
/// <param name="Poll">A poll that differs from the one there clears its votes.</param>
/// <param name="Descriptions">New alt texts and focal points by picture.</param>
internal sealed record StatusChange(
    string? Text, string? Spoiler, bool? Sensitive, string? Language, TextFormat? Format, IReadOnlyList<Id<Media>>? Media, NewPoll? Poll, QuotePolicy? QuotePolicy,
    IReadOnlyDictionary<Id<Media>, MediaChange> Descriptions);

/// <summary>How a post of another server reads from now on.</summary>
internal sealed record ArrivedEdit(PostRendered Text, string Spoiler, bool Sensitive, string? Language, IReadOnlyList<string> Tags, DateTimeOffset At);

/// <param name="Focus">Null leaves it.</param>
internal sealed record MediaChange(string? Description, MediaFocus? Focus);

/// <summary>Edits a post. What it said before stays readable to everyone who sees it, and those who boosted it are told.</summary>
internal sealed class EditStatus(SocialDb db, StatusDraft drafting, NamedAccounts names, StatusParts parts, Notifier notifier, Brakes brakes, EmojiBook emoji)
{
    /// <param name="ifMatch">The revision that was edited; null edits whatever stands, again when somebody else was faster.</param>
    /// <exception cref="Refusal">Not found; stale; invalid.</exception>
    public Task HandleAsync(Id<Status> id, StatusChange change, Etag? ifMatch, Viewer viewer, CancellationToken ct)
    {
        viewer.Demand();
        return db.AmendAsync(token => WriteAsync(id, change, ifMatch, viewer, token), ct);
    }

    /// <summary>Takes in an edit that was made elsewhere, in the transaction under way. One older than what stands changes nothing.</summary>
    public async Task ArriveAsync(Id<Status> id, ArrivedEdit edit, CancellationToken ct)
    {
        var status = await db.Statuses.AsTracking().FirstAsync(s => s.Id == id, ct);
        if (status.DeletedAt is not null || edit.At <= (status.EditedAt ?? status.CreatedAt)) return;
        await KeepAsync(status, ct);
        (status.Html, status.Plain, status.Source, status.Spoiler, status.Sensitive, status.Language) = (edit.Text.Html, edit.Text.Plain, edit.Text.Plain, edit.Spoiler, edit.Sensitive, edit.Language);
        status.EditedAt = edit.At;
        await db.StatusTags.Where(t => t.StatusId == id).ExecuteDeleteAsync(ct);
        await parts.AddTagsAsync(status, edit.Tags, ct);
        status.Document = status.Document with { Tags = Documents.Tags(edit.Tags) };
        await db.SaveChangesAsync(ct);
        await TellAsync(status, ct);
        db.Publish(new StatusEdited(id, Local: false), id.ToString());
        db.Announce(SocialTopics.Statuses, id.Value, "status.update");
        await ThreadTopic.WakeAsync(db, status, ct);
    }

    private async Task WriteAsync(Id<Status> id, StatusChange change, Etag? ifMatch, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        var status = await db.Statuses.AsTracking().FirstOrDefaultAsync(s => s.Id == id && s.AccountId == me && s.DeletedAt == null && s.Kind == StatusKind.Note, ct) ?? throw Refusal.NotFound("Record not found");
        ifMatch?.Demand(status.Revision);
        var media = await drafting.MediaAsync(change.Media ?? [.. status.Document.Media.Select(m => m.Id)], me, ct, status.Id);
        var wanted = new NewStatus
        {
            Text = change.Text ?? status.Source, Spoiler = change.Spoiler ?? status.Spoiler, Language = change.Language ?? status.Language, Poll = change.Poll,
            Media = [.. media.Select(m => m.Id)], Quoted = await db.Quotes.Where(q => q.QuotingId == id).Select(q => q.QuotedId).FirstOrDefaultAsync(ct),
        };
        if (!(wanted.Text.Length == 0 && status.PollId is not null)) await drafting.CheckAsync(wanted, ct);

        await brakes.WordsAsync(await db.Accounts.FirstAsync(a => a.Id == me, ct), PostText.Names(wanted.Text), viewer, ct);
        await KeepAsync(status, ct);
        await DescribeAsync(media, change.Descriptions, ct);
        await SayAsync(status, wanted, change, media, ct);
        await AskAsync(status, change.Poll, ct);
        status.EditedAt = db.Now;
        await db.SaveChangesAsync(ct);
        await TellAsync(status, ct);
        db.Publish(new StatusEdited(id, Local: true), id.ToString());
        db.Announce(SocialTopics.Statuses, id.Value, "status.update");
        await ThreadTopic.WakeAsync(db, status, ct);
    }

    // How it read until now.
    private async Task KeepAsync(Status status, CancellationToken ct) => db.StatusEdits.Add(new()
    {
        StatusId = status.Id, Version = status.Revision, Source = status.Source, Html = status.Html, Spoiler = status.Spoiler, Sensitive = status.Sensitive,
        CreatedAt = status.EditedAt ?? status.CreatedAt, Document = status.Document,
        PollOptions = status.PollId is { } poll ? await db.PollOptions.Where(o => o.PollId == poll).OrderBy(o => o.Index).Select(o => o.Title).ToListAsync(ct) : [],
    });

    private async Task DescribeAsync(IReadOnlyList<Media> media, IReadOnlyDictionary<Id<Media>, MediaChange> changes, CancellationToken ct)
    {
        foreach (var item in media)
        {
            if (!changes.TryGetValue(item.Id, out var change)) continue;
            item.Description = change.Description ?? item.Description;
            if (change.Focus is { } focus) item.Meta = (item.Meta ?? new(null, null, null)) with { Focus = focus };
            var (description, meta) = (item.Description, item.Meta);
            await db.Media.Where(m => m.Id == item.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.Description, description).SetProperty(m => m.Meta, meta), ct);
        }
    }

    private async Task SayAsync(Status status, NewStatus wanted, StatusChange change, IReadOnlyList<Media> media, CancellationToken ct)
    {
        var said = PostText.Names(wanted.Text);
        var named = await names.FindAsync(said.Accounts, ct);
        status.Source = wanted.Text;
        status.Format = change.Format ?? status.Format;
        (status.Html, status.Plain) = PostText.Render(wanted.Text, status.Format, named.ToDictionary(n => n.Key, n => n.Value.Url));
        status.Spoiler = wanted.Spoiler;
        status.Sensitive = change.Sensitive ?? status.Sensitive;
        status.Language = wanted.Language;
        if (change.QuotePolicy is { } policy && status.Visibility is Visibility.Public or Visibility.Unlisted) status.QuotePolicy = policy;

        List<PlannedMention> mentions = [.. named.Values.DistinctBy(a => a.Id).Select(a => new PlannedMention(a, Silent: false))];
        var before = await db.Mentions.Where(m => m.StatusId == status.Id).Select(m => m.AccountId).ToListAsync(ct);
        db.Mentions.AddRange(mentions.Where(m => !before.Contains(m.Account.Id)).Select(m => new Mention { StatusId = status.Id, AccountId = m.Account.Id }));
        await WidenAsync(status, mentions, ct);

        await db.StatusTags.Where(t => t.StatusId == status.Id).ExecuteDeleteAsync(ct);
        await parts.AddTagsAsync(status, said.Tags, ct);
        var kept = media.Select(m => m.Id).ToList();
        await db.Media.Where(m => m.StatusId == status.Id && !kept.Contains(m.Id)).ExecuteUpdateAsync(set => set.SetProperty(m => m.StatusId, (Id<Status>?)null), ct);
        await parts.AttachMediaAsync(status, [.. media.Where(m => m.StatusId is null)], ct);
        status.HasMedia = media.Count > 0;
        status.Document = status.Document with { Mentions = Documents.Mentions(mentions), Tags = Documents.Tags(said.Tags), Media = [.. media.Select(m => m.Document)], Emojis = await emoji.InAsync([wanted.Text, wanted.Spoiler, .. wanted.Poll?.Options ?? []], ct) };
    }

    // Who is named in a post for some may read it from now on.
    private async Task WidenAsync(Status status, List<PlannedMention> mentions, CancellationToken ct)
    {
        if (status.Visibility is not (Visibility.Followers or Visibility.Direct) || mentions.Count == 0) return;
        var author = await db.Accounts.FirstAsync(a => a.Id == status.AccountId, ct);
        status.Audience = await Audiences.OfAsync(db, status.Id, author, status.Visibility, null, [.. mentions.Where(m => m.Account.MemberId is not null).Select(m => m.Account.MemberId!.Value)], ct);
    }

    private async Task AskAsync(Status status, NewPoll? wanted, CancellationToken ct)
    {
        if (wanted is null) return;
        var options = status.PollId is { } held ? await db.PollOptions.Where(o => o.PollId == held).OrderBy(o => o.Index).Select(o => o.Title).ToListAsync(ct) : [];
        if (status.PollId is { } poll)
        {
            var there = await db.Polls.FirstAsync(p => p.Id == poll, ct);
            if (options.SequenceEqual(wanted.Options.Select(o => o.Trim())) && there.Multiple == wanted.Multiple)
            {
                await db.Polls.Where(p => p.Id == poll).ExecuteUpdateAsync(set => set.SetProperty(p => p.HideTotals, wanted.HideTotals), ct);
                return;
            }

            await db.PollVotes.Where(v => v.PollId == poll).ExecuteDeleteAsync(ct);
            await db.PollOptions.Where(o => o.PollId == poll).ExecuteDeleteAsync(ct);
            await db.Polls.Where(p => p.Id == poll).ExecuteDeleteAsync(ct);
        }

        status.PollId = parts.AddPoll(status, wanted);
        if (wanted.Seconds is { } open) db.Publish(new PollEnds(status.PollId!.Value), due: db.Now.AddSeconds(open));
    }

    private async Task TellAsync(Status status, CancellationToken ct)
    {
        var boosters = await db.Statuses.Where(s => s.BoostOf == status.Id && s.DeletedAt == null).Select(s => s.AccountId).Take(HomeFan.Batch).ToListAsync(ct);
        await notifier.TellAsync(new(NoticeType.Update, status.AccountId, $"update:{status.Id}", status), boosters, ct);
    }
}
