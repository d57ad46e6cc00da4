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

/// <param name="Focus">Null leaves it.</param>
internal sealed record MediaChange(string? Description, MediaFocus? Focus);

/// <summary>Edits a post. What it said before stays readable to everyone who sees it, and those who boosted it are told.</summary>
internal sealed class EditStatus(SocialDb db, StatusDraft drafting, NamedAccounts names, StatusParts parts, EditParts steps, Brakes brakes, EmojiBook emoji)
{
    /// <param name="ifMatch">The revision that was edited; null edits whatever stands, again when somebody else was faster.</param>
    /// <exception cref="Refusal">Not found; stale; invalid.</exception>
    public async Task HandleAsync(Id<Status> id, StatusChange change, Etag? ifMatch, Viewer viewer, CancellationToken ct)
    {
        viewer.Demand();
        // Whom nobody here knows yet is asked for before anybody waits.
        if (change.Text is { } text) await names.FindAsync(PostText.Names(text).Accounts, ct);
        await db.AmendAsync(token => WriteAsync(id, change, ifMatch, viewer, token), ct);
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

        var author = await db.Accounts.FirstAsync(a => a.Id == me, ct);
        await brakes.WordsAsync(author, wanted, viewer, ct);
        await steps.KeepAsync(status, ct);
        await DescribeAsync(media, change.Descriptions, ct);
        var (named, missing) = await SayAsync(status, wanted, change, media, ct);
        await brakes.PrivatelyAsync(author, status.Visibility, named, status.InReplyToAccount, viewer, ct, missing);
        if (missing > 0) db.Publish(new NamesWait(id, 0), id.ToString());
        if (change.Poll is { } poll) await steps.AskAsync(status, poll, ct);
        status.EditedAt = db.Now;
        await steps.TellAsync(status, named, ct);
    }

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

    // Answers whom it names now that it did not name before, and how many of other servers were not found.
    private async Task<(IReadOnlyList<PlannedMention> Newly, int Missing)> SayAsync(Status status, NewStatus wanted, StatusChange change, IReadOnlyList<Media> media, CancellationToken ct)
    {
        var said = PostText.Names(wanted.Text);
        var named = await names.FindAsync(said.Accounts, ct);
        var mentions = await drafting.MentionsAsync(named, status.AccountId, ct);
        status.Source = wanted.Text;
        status.Format = change.Format ?? status.Format;
        (status.Html, status.Plain) = PostText.Render(wanted.Text, status.Format, StatusDraft.Links(named, mentions));
        status.Spoiler = wanted.Spoiler;
        status.Sensitive = change.Sensitive ?? status.Sensitive;
        status.Language = wanted.Language;
        if (change.QuotePolicy is { } policy && status.Visibility is Visibility.Public or Visibility.Unlisted) status.QuotePolicy = policy;

        var newly = await steps.NameAsync(status, mentions, ct);

        await steps.TagAsync(status, said.Tags, ct);
        // What it shows no longer stays with it: the versions before still name it.
        var kept = media.Select(m => m.Id).ToList();
        await db.Media.Where(m => m.StatusId == status.Id && !kept.Contains(m.Id)).ExecuteUpdateAsync(set => set.SetProperty(m => m.Position, Media.Former), ct);
        await db.Media.Where(m => m.StatusId == status.Id && kept.Contains(m.Id) && m.Position == Media.Former).ExecuteUpdateAsync(set => set.SetProperty(m => m.Position, 0), ct);
        await parts.AttachMediaAsync(status, [.. media.Where(m => m.StatusId is null)], ct);
        status.HasMedia = media.Count > 0;
        status.Document = status.Document with { Media = [.. media.Select(m => m.Document)], Emojis = await emoji.InAsync([wanted.Text, wanted.Spoiler, .. wanted.Poll?.Options ?? []], ct) };
        return (newly, await names.MissingAsync(said.Accounts, named, ct));
    }
}
