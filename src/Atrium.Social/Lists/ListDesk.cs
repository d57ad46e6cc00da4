using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>What is null stays as it is.</summary>
internal sealed record ListWish(string? Title, RepliesPolicy? Replies, bool? Exclusive);

/// <summary>A list and how many are on it.</summary>
internal sealed record ListSummary(PeopleList List, int People);

/// <summary>Keeps a member's lists of people: making, changing, filling.</summary>
internal sealed class ListDesk(SocialDb db, HouseLimits limits)
{
    public const int LongestTitle = 256;

    public async Task<IReadOnlyList<PeopleList>> AllAsync(Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        return await db.Lists.Where(l => l.AccountId == me).OrderBy(l => l.Id).ToListAsync(ct);
    }

    /// <summary>One's lists by name, each with its size.</summary>
    public async Task<IReadOnlyList<ListSummary>> SummariesAsync(Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        var rows = await db.Lists.Where(l => l.AccountId == me).Select(l => new { List = l, People = db.ListMembers.Count(m => m.ListId == l.Id) }).ToListAsync(ct);
        return [.. rows.OrderBy(r => r.List.Title, StringComparer.CurrentCultureIgnoreCase).ThenBy(r => r.List.Id).Select(r => new ListSummary(r.List, r.People))];
    }

    /// <exception cref="Refusal">Not found: no list of one's own.</exception>
    public async Task<PeopleList> MineAsync(Id<PeopleList> id, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        return await db.Lists.AsTracking().FirstOrDefaultAsync(l => l.Id == id && l.AccountId == me, ct) ?? throw Refusal.NotFound("Record not found");
    }

    /// <summary>One's lists that somebody is on.</summary>
    public async Task<IReadOnlyList<PeopleList>> HoldingAsync(Id<Account> account, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        return await db.Lists.Where(l => l.AccountId == me && db.ListMembers.Any(m => m.ListId == l.Id && m.AccountId == account)).OrderBy(l => l.Id).ToListAsync(ct);
    }

    public Task<PeopleList> AddAsync(ListWish wish, Viewer viewer, CancellationToken ct)
    {
        var list = new PeopleList { AccountId = viewer.Demand(), Title = "" };
        Apply(list, wish);
        return db.WriteAsync(
            async token =>
            {
                if (await db.Lists.CountAsync(l => l.AccountId == list.AccountId, token) >= await limits.OfAsync(HouseLimits.Lists, token)) throw Refusal.Invalid("base", "You have reached the maximum number of lists", "limit");
                db.Lists.Add(list);
                return list;
            },
            ct);
    }

    public Task<PeopleList> EditAsync(Id<PeopleList> id, ListWish wish, Viewer viewer, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            var list = await MineAsync(id, viewer, token);
            Apply(list, wish);
            return list;
        },
        ct);

    public Task DeleteAsync(Id<PeopleList> id, Viewer viewer, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            var list = await MineAsync(id, viewer, token);
            await db.ListMembers.Where(m => m.ListId == list.Id).ExecuteDeleteAsync(token);
            db.Lists.Remove(list);
        },
        ct);

    /// <summary>Puts people one follows, or oneself, on a list.</summary>
    /// <exception cref="Refusal">Not found: somebody one does not follow; invalid: already on it, or the list is full.</exception>
    public Task PutAsync(Id<PeopleList> id, IReadOnlyList<Id<Account>> people, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        return db.WriteAsync(
            async token =>
            {
                var list = await MineAsync(id, viewer, token);
                var followed = await db.Follows.Where(f => f.AccountId == me && people.Contains(f.TargetId)).Select(f => f.TargetId).ToListAsync(token);
                if (people.Any(a => a != me && !followed.Contains(a))) throw Refusal.NotFound("Record not found");
                var there = await db.ListMembers.Where(m => m.ListId == list.Id).Select(m => m.AccountId).ToListAsync(token);
                if (people.Any(there.Contains)) throw Refusal.Invalid("account_ids", "Account has already been taken", "taken");
                if (there.Count + people.Count > await limits.OfAsync(HouseLimits.ListMembers, token)) throw Refusal.Invalid("account_ids", "The list is full", "limit");
                db.ListMembers.AddRange(people.Select(a => new ListMember { ListId = list.Id, AccountId = a }));
            },
            ct);
    }

    public async Task TakeAsync(Id<PeopleList> id, IReadOnlyList<Id<Account>> people, Viewer viewer, CancellationToken ct)
    {
        var list = await MineAsync(id, viewer, ct);
        await db.ListMembers.Where(m => m.ListId == list.Id && people.Contains(m.AccountId)).ExecuteDeleteAsync(ct);
    }

    private static void Apply(PeopleList list, ListWish wish)
    {
        list.Title = wish.Title?.Trim() ?? list.Title;
        if (list.Title.Length is 0 or > LongestTitle) throw Refusal.Invalid("title", list.Title.Length == 0 ? "Title can't be blank" : "Title is too long", "required");
        list.Replies = wish.Replies ?? list.Replies;
        list.Exclusive = wish.Exclusive ?? list.Exclusive;
    }
}
