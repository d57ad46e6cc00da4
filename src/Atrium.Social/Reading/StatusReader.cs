using Atrium.Contracts.Home;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// Shows posts to a reader: the posts, those they boost and quote, in one statement that asks <see cref="Sight"/> again; the reader's marks in a
/// second; polls in a third where there are any.
/// </summary>
internal sealed class StatusReader(SocialDb db, MarkReader marks, EntityWriter write, Things things)
{
    /// <summary>What has to be read to show these posts.</summary>
    public IQueryable<StatusRef> Refs(IQueryable<Status> statuses) => statuses.Select(s => new StatusRef
    {
        Id = s.Id, BoostOf = s.BoostOf, Quoted = db.Quotes.Where(q => q.QuotingId == (s.BoostOf ?? s.Id)).Select(q => q.QuotedId).FirstOrDefault(),
    });

    /// <summary>One post.</summary>
    /// <exception cref="Refusal">Not found.</exception>
    public async Task<StatusEntity> OneAsync(Id<Status> id, Viewer viewer, CancellationToken ct) =>
        await ByIdAsync([id], viewer, ct) is [var one] ? one : throw Refusal.NotFound("Record not found");

    /// <summary>Posts by id, in that order; those the reader may not see are left out.</summary>
    public async Task<IReadOnlyList<StatusEntity>> ByIdAsync(IReadOnlyList<Id<Status>> ids, Viewer viewer, CancellationToken ct, string? context = null)
    {
        if (ids.Count == 0) return [];
        var refs = await Refs(db.Statuses.Where(s => ids.Contains(s.Id))).ToDictionaryAsync(r => r.Id, ct);
        return await ReadAsync([.. ids.Where(refs.ContainsKey).Select(id => refs[id])], viewer, context, ct);
    }

    /// <summary>A page of posts, in the order of <paramref name="refs"/>. What a filter hides in <paramref name="context"/> is left out.</summary>
    public async Task<IReadOnlyList<StatusEntity>> ReadAsync(IReadOnlyList<StatusRef> refs, Viewer viewer, string? context, CancellationToken ct)
    {
        if (refs.Count == 0) return [];
        var rows = await RowsAsync(refs, viewer, ct);
        var mine = await marks.ReadAsync(rows.Values, viewer, ct);
        var polls = await PollsAsync(rows.Values, viewer, mine, ct);
        var linked = await LinkedAsync(rows.Values, viewer, ct);
        List<StatusEntity> shown = [];
        foreach (var place in refs)
        {
            if (!rows.TryGetValue(place.Id, out var row)) continue;
            var original = row;
            if (place.BoostOf is { } boosted && !rows.TryGetValue(boosted, out original)) continue;
            var hits = viewer.Me == original!.Status.AccountId ? [] : mine.Filters.Of(original.Status, polls.WordsOf(original.Status), context);
            if (context is not null && hits.Any(h => h.Filter.Action == FilterAction.Hide)) continue;
            var reader = new Reading(viewer, mine, polls, rows, db.Now, linked);
            var entity = write.Status(original, reader, hits);
            shown.Add(place.BoostOf is null ? entity : write.Boost(row, entity, reader));
        }

        return shown;
    }

    private async Task<Dictionary<Id<Status>, StatusRow>> RowsAsync(IReadOnlyList<StatusRef> refs, Viewer viewer, CancellationToken ct)
    {
        List<Id<Status>> ids = [.. refs.SelectMany(r => new[] { r.Id, r.BoostOf, r.Quoted }).OfType<Id<Status>>().Distinct()];
        return await (
            from s in db.Statuses.Where(s => ids.Contains(s.Id)).VisibleTo(viewer, db)
            join a in db.Accounts on s.AccountId equals a.Id
            join n in db.AccountStats on a.Id equals n.AccountId
            join c in db.StatusStats on s.Id equals c.StatusId
            select new StatusRow(s, a, n, c, db.Discussions.Where(d => d.Id == s.DiscussionId).Select(d => (Thing?)d.Thing).FirstOrDefault())).ToDictionaryAsync(r => r.Status.Id, ct);
    }

    // Things of the house that posts link to, as far as this reader may see them.
    private async Task<IReadOnlyDictionary<Thing, ThingCard>> LinkedAsync(IReadOnlyCollection<StatusRow> rows, Viewer viewer, CancellationToken ct)
    {
        List<Thing> wanted = [.. rows.Select(r => r.Status.Document.Card?.Thing).OfType<string>().Distinct().Where(t => Thing.TryParse(t, null, out _)).Select(t => Thing.Parse(t))];
        return wanted.Count == 0 ? new Dictionary<Thing, ThingCard>() : await things.CardsAsync(wanted, viewer.Actor, ct);
    }

    private async Task<PollSet> PollsAsync(IReadOnlyCollection<StatusRow> rows, Viewer viewer, ReaderMarks mine, CancellationToken ct)
    {
        List<Id<Poll>> ids = [.. rows.Select(r => r.Status.PollId).OfType<Id<Poll>>()];
        if (ids.Count == 0) return PollSet.None;
        var options = await (
            from o in db.PollOptions
            join p in db.Polls on o.PollId equals p.Id
            where ids.Contains(p.Id)
            orderby p.Id, o.Index
            select new { Poll = p, Option = o }).ToListAsync(ct);
        return new(options.GroupBy(o => o.Poll.Id).ToDictionary(g => g.Key, g => (g.First().Poll, (IReadOnlyList<PollOption>)[.. g.Select(o => o.Option)])));
    }
}

/// <summary>The polls of a page.</summary>
internal sealed class PollSet(IReadOnlyDictionary<Id<Poll>, (Poll Poll, IReadOnlyList<PollOption> Options)> polls)
{
    public static PollSet None { get; } = new(new Dictionary<Id<Poll>, (Poll, IReadOnlyList<PollOption>)>());

    public (Poll Poll, IReadOnlyList<PollOption> Options)? Of(Status status) => status.PollId is { } id && polls.TryGetValue(id, out var poll) ? poll : null;

    public IReadOnlyList<string> WordsOf(Status status) => Of(status) is { } poll ? [.. poll.Options.Select(o => o.Title)] : [];
}

/// <summary>All that is known while a page is written.</summary>
internal sealed record Reading(Viewer Viewer, ReaderMarks Marks, PollSet Polls, IReadOnlyDictionary<Id<Status>, StatusRow> Rows, DateTimeOffset Now, IReadOnlyDictionary<Thing, ThingCard> Linked);
