using Atrium.Contracts.Home;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// Shows posts to a reader: the posts of a list and those they boost, which the list found visible, in one statement; those they quote, asking
/// <see cref="Sight"/>, in another where there are such; the reader's marks in the next; polls in the last where there are any. <see cref="ForManyAsync"/> shows one post to many readers for the same price.
/// </summary>
internal sealed class StatusReader(SocialDb db, MarkReader marks, EntityWriter write, Things things)
{
    /// <summary>What has to be read to show these posts.</summary>
    public static IQueryable<StatusRef> Refs(IQueryable<Status> statuses) => statuses.Select(s => new StatusRef { Id = s.Id, BoostOf = s.BoostOf });

    /// <summary>One post.</summary>
    /// <exception cref="Refusal">Not found.</exception>
    public async Task<StatusEntity> OneAsync(Id<Status> id, Viewer viewer, CancellationToken ct) =>
        await ByIdAsync([id], viewer, ct) is [var one] ? one : throw Refusal.NotFound("Record not found");

    /// <summary>Posts by id, in that order; those the reader may not see are left out.</summary>
    public async Task<IReadOnlyList<StatusEntity>> ByIdAsync(IReadOnlyList<Id<Status>> ids, Viewer viewer, CancellationToken ct, string? context = null)
    {
        if (ids.Count == 0) return [];
        var rows = await RowsAsync(ids, viewer, ct);
        await CompleteAsync(rows, viewer, ct);
        return await ShowAsync([.. ids.Where(rows.ContainsKey).Select(id => rows[id].Place)], rows, viewer, context, ct);
    }

    /// <summary>One post as each of many readers sees it, all of whom may see it and what it boosts. Those who see it alike share one entity.</summary>
    /// <param name="context">Where it is shown, for their filters; those whose filter hides it there are left out.</param>
    public async Task<IReadOnlyDictionary<Viewer, StatusEntity>> ForManyAsync(Id<Status> id, IReadOnlyCollection<Viewer> viewers, string context, CancellationToken ct)
    {
        var house = new Viewer(Actor.System, null);
        var rows = await RowsAsync([id], house, ct);
        await CompleteAsync(rows, house, ct);
        if (!rows.TryGetValue(id, out var row) || (row.Status.BoostOf is { } boosted && !rows.ContainsKey(boosted))) return new Dictionary<Viewer, StatusEntity>();
        var original = row.Status.BoostOf is { } inner ? rows[inner] : row;
        var seesQuoted = original.Quoted is { } quoted ? (await db.WhoSeesAsync(quoted, viewers, ct)).ToHashSet() : [];
        var unquoted = original.Quoted is { } hidden ? rows.Where(r => r.Key != hidden).ToDictionary() : rows;
        var all = await marks.ReadAsync(rows.Values, [.. viewers.Where(v => v.Me is not null).Select(v => v.Me!.Value).Distinct()], ct);
        var polls = await PollsAsync(rows.Values, ct);
        var linksThing = rows.Values.Any(r => r.Status.Document.Card?.Thing is not null);
        var alike = new Dictionary<(bool SignedIn, bool Own, bool Follows, bool Quoted), StatusEntity>();
        var shown = new Dictionary<Viewer, StatusEntity>();
        foreach (var viewer in viewers)
        {
            var mine = all.Of(viewer.Me);
            var hits = viewer.Me == original.Status.AccountId ? [] : mine.Filters.Of(original.Status, polls.WordsOf(original.Status), context);
            if (hits.Any(h => h.Filter.Action == FilterAction.Hide)) continue;
            var reading = new Reading(viewer, mine, polls, seesQuoted.Contains(viewer) ? rows : unquoted, db.Now, await LinkedAsync(rows.Values, viewer, ct));
            var key = (viewer.Me is not null, viewer.Me == original.Status.AccountId, mine.Following.Contains(original.Status.AccountId.Value), seesQuoted.Contains(viewer));
            // Who may see the thing of the house that it links to is another's to say.
            var plain = mine.IsPlain && !linksThing;
            if (plain && alike.TryGetValue(key, out var same))
            {
                shown[viewer] = same;
                continue;
            }

            var entity = write.Status(original, reading, hits);
            shown[viewer] = row == original ? entity : write.Boost(row, entity, reading);
            if (plain) alike[key] = shown[viewer];
        }

        return shown;
    }

    /// <summary>A page of posts, in the order of <paramref name="refs"/>, each of which was found by <see cref="Sight.VisibleTo"/>. What a filter hides in <paramref name="context"/> is left out.</summary>
    /// <param name="known">Posts of them that were read with the list.</param>
    public async Task<IReadOnlyList<StatusEntity>> ReadAsync(IReadOnlyList<StatusRef> refs, Viewer viewer, string? context, CancellationToken ct, Dictionary<Id<Status>, StatusRow>? known = null)
    {
        if (refs.Count == 0) return [];
        var rows = known ?? [];
        List<Id<Status>> missing = [.. refs.SelectMany(r => new[] { r.Id, r.BoostOf }).OfType<Id<Status>>().Where(id => !rows.ContainsKey(id))];
        if (missing.Count > 0)
            foreach (var (id, row) in await StatusRows.ReadAsync(db, missing, ct)) rows[id] = row;
        // Of what is quoted within what is quoted only the id is told, and that only to who sees it.
        HashSet<Id<Status>> asked = [.. rows.Keys];
        for (var depth = 0; depth < 2; depth++)
        {
            List<Id<Status>> quoted = [.. rows.Values.Select(r => r.Quoted).OfType<Id<Status>>().Where(asked.Add).Distinct()];
            if (quoted.Count == 0) break;
            foreach (var (id, row) in await RowsAsync(quoted, viewer, ct)) rows[id] = row;
        }

        return await ShowAsync(refs, rows, viewer, context, ct);
    }

    private async Task<IReadOnlyList<StatusEntity>> ShowAsync(
        IReadOnlyList<StatusRef> refs, Dictionary<Id<Status>, StatusRow> rows, Viewer viewer, string? context, CancellationToken ct)
    {
        if (rows.Count == 0) return [];
        var mine = (await marks.ReadAsync(rows.Values, viewer.Me is { } me ? [me] : [], ct)).Of(viewer.Me);
        var polls = await PollsAsync(rows.Values, ct);
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

    private Task<Dictionary<Id<Status>, StatusRow>> RowsAsync(IReadOnlyList<Id<Status>> ids, Viewer viewer, CancellationToken ct) => (
        from s in db.Statuses.Where(s => ids.Contains(s.Id)).VisibleTo(viewer, db)
        join a in db.Accounts on s.AccountId equals a.Id
        join n in db.AccountStats on a.Id equals n.AccountId
        join c in db.StatusStats on s.Id equals c.StatusId
        select new StatusRow(
            s, new AccountRow(a, n), c, db.Discussions.Where(d => d.Id == s.DiscussionId).Select(d => (Thing?)d.Thing).FirstOrDefault(),
            db.Quotes.Where(q => q.QuotingId == s.Id).Select(q => q.QuotedId).FirstOrDefault(),
            db.Quotes.Where(q => q.QuotingId == s.Id).Select(q => (QuoteState?)q.State).FirstOrDefault())).ToDictionaryAsync(r => r.Status.Id, ct);

    // What was boosted, what that quotes, and what that quotes in turn: a statement each, only where there are such.
    private async Task CompleteAsync(Dictionary<Id<Status>, StatusRow> rows, Viewer viewer, CancellationToken ct)
    {
        HashSet<Id<Status>> asked = [.. rows.Keys];
        for (var depth = 0; depth < 3; depth++)
        {
            List<Id<Status>> missing = [.. rows.Values.SelectMany(r => new[] { r.Status.BoostOf, r.Quoted }).OfType<Id<Status>>().Where(asked.Add).Distinct()];
            if (missing.Count == 0) return;
            foreach (var (id, row) in await RowsAsync(missing, viewer, ct)) rows[id] = row;
        }
    }

    // Things of the house that posts link to, as far as this reader may see them.
    private async Task<IReadOnlyDictionary<Thing, ThingCard>> LinkedAsync(IReadOnlyCollection<StatusRow> rows, Viewer viewer, CancellationToken ct)
    {
        List<Thing> wanted = [.. rows.Select(r => r.Status.Document.Card?.Thing).OfType<string>().Distinct().Where(t => Thing.TryParse(t, null, out _)).Select(t => Thing.Parse(t))];
        // The house asks a post's own audience alone; here it is also hidden, blocked and suspended.
        List<Id<Status>> posts = [.. wanted.Where(t => t.Kind == "status").Select(t => t.As<Status>())];
        if (posts.Count > 0)
        {
            var seen = (await db.Statuses.Where(s => posts.Contains(s.Id)).VisibleTo(viewer, db).Select(s => s.Id).ToListAsync(ct)).ToHashSet();
            wanted.RemoveAll(t => t.Kind == "status" && !seen.Contains(t.As<Status>()));
        }

        return wanted.Count == 0 ? new Dictionary<Thing, ThingCard>() : await things.CardsAsync(wanted, viewer.Actor, ct);
    }

    private async Task<PollSet> PollsAsync(IReadOnlyCollection<StatusRow> rows, CancellationToken ct)
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
