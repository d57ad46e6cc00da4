using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>The steps of an edit, wherever it was made, inside the transaction that makes it.</summary>
internal sealed class EditParts(SocialDb db, StatusParts parts, Notifier notifier, TellNamed naming) : IReaction<EditTold>
{
    /// <summary>Keeps how a post read until now.</summary>
    public async Task KeepAsync(Status status, CancellationToken ct) => db.StatusEdits.Add(new()
    {
        StatusId = status.Id, Version = status.Revision, Source = status.Source, Html = status.Html, Spoiler = status.Spoiler, Sensitive = status.Sensitive,
        CreatedAt = status.EditedAt ?? status.CreatedAt, Document = status.Document,
        PollOptions = status.PollId is { } poll ? await db.PollOptions.Where(o => o.PollId == poll).OrderBy(o => o.Index).Select(o => o.Title).ToListAsync(ct) : [],
    });

    /// <summary>
    /// Names others than before. Who was named once and is no longer has read it already, and may go on reading: only the name is gone.
    /// </summary>
    /// <returns>Whom it did not name before.</returns>
    public async Task<IReadOnlyList<PlannedMention>> NameAsync(Status status, IReadOnlyList<PlannedMention> mentions, CancellationToken ct)
    {
        var rows = await db.Mentions.AsTracking().Where(m => m.StatusId == status.Id).ToListAsync(ct);
        foreach (var row in rows) row.Silent = !mentions.Any(m => m.Account.Id == row.AccountId && !m.Silent);
        List<PlannedMention> newly = [.. mentions.Where(m => rows.TrueForAll(r => r.AccountId != m.Account.Id))];
        db.Mentions.AddRange(newly.Select(m => new Mention { StatusId = status.Id, AccountId = m.Account.Id, Silent = m.Silent }));
        status.Document = status.Document with { Mentions = Documents.Mentions(mentions) };
        await WidenAsync(status, rows, newly, ct);
        return newly;
    }

    public async Task TagAsync(Status status, IReadOnlyCollection<string> tags, CancellationToken ct)
    {
        await db.StatusTags.Where(t => t.StatusId == status.Id).ExecuteDeleteAsync(ct);
        await parts.AddTagsAsync(status, tags, ct);
        var before = status.Document.Tags.Select(t => t.Name).ToHashSet();
        status.Document = status.Document with { Tags = Documents.Tags(tags) };
        db.OfTags(status, status.Document.Tags.Select(t => t.Name).Where(n => !before.Contains(n)));
    }

    /// <summary>Asks otherwise. Other answers, or as many as one likes instead of one, are another question: nobody has voted in it.</summary>
    /// <param name="wanted">Null asks nothing any more.</param>
    public async Task AskAsync(Status status, NewPoll? wanted, CancellationToken ct)
    {
        if (status.PollId is { } poll)
        {
            var options = await db.PollOptions.Where(o => o.PollId == poll).OrderBy(o => o.Index).Select(o => o.Title).ToListAsync(ct);
            var there = await db.Polls.FirstAsync(p => p.Id == poll, ct);
            if (wanted is not null && options.SequenceEqual(wanted.Options.Select(o => o.Trim())) && there.Multiple == wanted.Multiple)
            {
                await db.Polls.Where(p => p.Id == poll).ExecuteUpdateAsync(set => set.SetProperty(p => p.HideTotals, wanted.HideTotals), ct);
                return;
            }

            await db.PollVotes.Where(v => v.PollId == poll).ExecuteDeleteAsync(ct);
            await db.PollOptions.Where(o => o.PollId == poll).ExecuteDeleteAsync(ct);
            await db.Polls.Where(p => p.Id == poll).ExecuteDeleteAsync(ct);
        }

        status.PollId = parts.AddPoll(status, wanted);
        if (wanted?.Seconds is { } open) db.Publish(new PollEnds(status.PollId!.Value), due: db.Now.AddSeconds(open));
    }

    /// <summary>Saves, and tells those whom it concerns: who boosted or quoted it, and whom it names now.</summary>
    public async Task TellAsync(Status status, IReadOnlyList<PlannedMention> newly, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        await naming.HandleAsync(status, newly, ct);
        await TouchedAsync(status, default, default, ct);
        db.OfEdit(status);
        db.Announce(SocialTopics.Statuses, status.Id.Value, "status.update");
        await ThreadTopic.WakeAsync(db, status, ct);
    }

    /// <summary>The next of those who boosted or quoted it.</summary>
    public async Task HandleAsync(EditTold happened, CancellationToken ct)
    {
        if (await db.Statuses.FirstOrDefaultAsync(s => s.Id == happened.Status && s.DeletedAt == null, ct) is { } status) await TouchedAsync(status, happened.Boost, happened.Quoting, ct);
    }

    private async Task TouchedAsync(Status status, Id<Status> boost, Id<Status> quoting, CancellationToken ct)
    {
        var boosts = await db.Statuses.Where(s => s.BoostOf == status.Id && s.DeletedAt == null && s.Id > boost).OrderBy(s => s.Id).Select(s => new { s.Id, s.AccountId }).Take(HomeFan.Batch).ToListAsync(ct);
        await notifier.TellAsync(new(NoticeType.Update, status.AccountId, $"update:{status.Id}", status), [.. boosts.Select(b => b.AccountId)], ct);
        var quotes = await (
            from q in db.Quotes
            join s in db.Statuses on q.QuotingId equals s.Id
            where q.QuotedId == status.Id && q.State == QuoteState.Accepted && s.DeletedAt == null && s.Id > quoting
            orderby s.Id
            select s).Take(HomeFan.Batch).ToListAsync(ct);
        // Who quoted it is shown their own post, in which it stands.
        foreach (var quote in quotes) await notifier.TellAsync(new(NoticeType.QuotedUpdate, status.AccountId, $"quoted-update:{quote.Id}", quote), [quote.AccountId], ct);
        if (boosts.Count < HomeFan.Batch && quotes.Count < HomeFan.Batch) return;
        db.Publish(new EditTold(status.Id, boosts.Count > 0 ? boosts[^1].Id : boost, quotes.Count > 0 ? quotes[^1].Id : quoting), status.Id.ToString());
    }

    // Who is named in a post for some may read it from now on, and whoever was may go on.
    private async Task WidenAsync(Status status, List<Mention> before, List<PlannedMention> newly, CancellationToken ct)
    {
        if (status.Visibility is not (Visibility.Followers or Visibility.Direct) || newly.Count == 0) return;
        List<Id<Account>> ids = [status.AccountId, .. before.Select(m => m.AccountId)];
        var known = await db.Accounts.Where(a => ids.Contains(a.Id)).ToListAsync(ct);
        var author = known.Single(a => a.Id == status.AccountId);
        List<PlannedMention> all = [.. known.Where(a => a.Id != author.Id).Select(a => new PlannedMention(a, Silent: false)), .. newly];
        status.Audience = await Audiences.OfAsync(db, status.Id, author, status.Visibility, null, [.. all.Select(m => m.Account.MemberId).OfType<Id<Member>>()], ct);
        if (status.Visibility == Visibility.Direct) await parts.TouchConversationsAsync(status, all, ct, [.. newly.Select(m => m.Account.Id)]);
    }
}
