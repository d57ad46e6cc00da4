using Atrium.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

internal sealed record ListEntity(string Id, string Title, string RepliesPolicy, bool Exclusive)
{
    public static ListEntity Of(PeopleList list) => new(list.Id.ToString(), list.Title, list.Replies.ToString().ToLowerInvariant(), list.Exclusive);
}

/// <summary>Lists of people: making, changing, filling.</summary>
internal static class ListRoutes
{
    private const int LongestTitle = 256;

    public static void Map(RouteGroupBuilder api)
    {
        api.Mine("GET", "v1/lists", "getLists", "Lists your lists", "read:lists", async (Wire wire, SocialDb db, CancellationToken ct) =>
        {
            var me = wire.Me;
            return Wire.Json((await db.Lists.Where(l => l.AccountId == me).OrderBy(l => l.Id).ToListAsync(ct)).Select(ListEntity.Of));
        });
        api.Mine("GET", "v1/lists/{id}", "getList", "Shows a list", "read:lists", async (string id, Wire wire, SocialDb db, CancellationToken ct) => Wire.Json(ListEntity.Of(await MineAsync(id, wire, db, ct))));
        api.Mine("POST", "v1/lists", "createList", "Makes a list", "write:lists", CreateAsync);
        api.Mine("PUT", "v1/lists/{id}", "editList", "Changes a list", "write:lists", EditAsync);
        api.Mine("DELETE", "v1/lists/{id}", "deleteList", "Deletes a list", "write:lists", DeleteAsync);
        api.Mine("GET", "v1/lists/{id}/accounts", "getListAccounts", "Lists who is on a list", "read:lists", AccountsAsync);
        api.Mine("POST", "v1/lists/{id}/accounts", "addToList", "Puts people you follow on a list", "write:lists", AddAsync);
        api.Mine("DELETE", "v1/lists/{id}/accounts", "removeFromList", "Takes people off a list", "write:lists", RemoveAsync);
        api.Mine("GET", "v1/accounts/{id}/lists", "getAccountLists", "Lists your lists that somebody is on", "read:lists", OfAccountAsync);
    }

    private static async Task<PeopleList> MineAsync(string id, Wire wire, SocialDb db, CancellationToken ct)
    {
        var (list, me) = (Wire.Id<PeopleList>(id), wire.Me);
        return await db.Lists.AsTracking().FirstOrDefaultAsync(l => l.Id == list && l.AccountId == me, ct) ?? throw Wire.NotFound();
    }

    private static void Apply(PeopleList list, Wire wire)
    {
        list.Title = wire.Sent.Text("title")?.Trim() ?? list.Title;
        if (list.Title.Length is 0 or > LongestTitle) throw Refusal.Invalid("title", list.Title.Length == 0 ? "Title can't be blank" : "Title is too long", "required");
        if (wire.Sent.Text("replies_policy") is { Length: > 0 } policy)
            list.Replies = Enum.TryParse<RepliesPolicy>(policy, ignoreCase: true, out var known) && !int.TryParse(policy, out _) ? known : throw Refusal.Invalid("replies_policy", "Replies policy is not included in the list");
        list.Exclusive = wire.Sent.Switch("exclusive") ?? list.Exclusive;
    }

    private static async Task<IResult> CreateAsync(Wire wire, SocialDb db, CancellationToken ct)
    {
        var list = new PeopleList { AccountId = wire.Me, Title = "" };
        Apply(list, wire);
        await db.WriteAsync(
            async token =>
            {
                if (await db.Lists.CountAsync(l => l.AccountId == list.AccountId, token) >= SocialLimits.Lists) throw Refusal.Invalid("base", "You have reached the maximum number of lists", "limit");
                db.Lists.Add(list);
            },
            ct);
        return Wire.Json(ListEntity.Of(list));
    }

    private static Task<IResult> EditAsync(string id, Wire wire, SocialDb db, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            var list = await MineAsync(id, wire, db, token);
            Apply(list, wire);
            return Wire.Json(ListEntity.Of(list));
        },
        ct);

    private static Task<IResult> DeleteAsync(string id, Wire wire, SocialDb db, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            var list = await MineAsync(id, wire, db, token);
            await db.ListMembers.Where(m => m.ListId == list.Id).ExecuteDeleteAsync(token);
            db.Lists.Remove(list);
            return Wire.Empty();
        },
        ct);

    private static async Task<IResult> AccountsAsync(string id, Wire wire, SocialDb db, AccountReader accounts, CancellationToken ct)
    {
        var list = await MineAsync(id, wire, db, ct);
        var rows = db.ListMembers.Where(m => m.ListId == list.Id);
        if (wire.Sent.Number("limit") == 0)
            return Wire.Json(await accounts.ByIdAsync(await rows.OrderByDescending(m => m.Id).Select(m => m.AccountId).ToListAsync(ct), ct));
        var page = await wire.Paging(40, 80).CutAsync(rows, m => m.Id, ct);
        return wire.Page(page, await accounts.ByIdAsync([.. page.Rows.Select(m => m.AccountId)], ct));
    }

    private static Task<IResult> AddAsync(string id, Wire wire, SocialDb db, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            var (list, ids) = (await MineAsync(id, wire, db, token), wire.SentIds<Account>("account_ids"));
            var me = wire.Me;
            var followed = await db.Follows.Where(f => f.AccountId == me && ids.Contains(f.TargetId)).Select(f => f.TargetId).ToListAsync(token);
            if (ids.Any(a => a != me && !followed.Contains(a))) throw Wire.NotFound();
            var there = await db.ListMembers.Where(m => m.ListId == list.Id).Select(m => m.AccountId).ToListAsync(token);
            if (ids.Any(there.Contains)) throw Refusal.Invalid("account_ids", "Account has already been taken", "taken");
            if (there.Count + ids.Count > SocialLimits.ListMembers) throw Refusal.Invalid("account_ids", "The list is full", "limit");
            db.ListMembers.AddRange(ids.Select(a => new ListMember { ListId = list.Id, AccountId = a }));
            return Wire.Empty();
        },
        ct);

    private static async Task<IResult> RemoveAsync(string id, Wire wire, SocialDb db, CancellationToken ct)
    {
        var (list, ids) = (await MineAsync(id, wire, db, ct), wire.SentIds<Account>("account_ids"));
        await db.ListMembers.Where(m => m.ListId == list.Id && ids.Contains(m.AccountId)).ExecuteDeleteAsync(ct);
        return Wire.Empty();
    }

    private static async Task<IResult> OfAccountAsync(string id, Wire wire, SocialDb db, AccountReader accounts, CancellationToken ct)
    {
        var (account, me) = ((await accounts.OneAsync(Wire.Id<Account>(id), ct)).Account.Id, wire.Me);
        var lists = await db.Lists.Where(l => l.AccountId == me && db.ListMembers.Any(m => m.ListId == l.Id && m.AccountId == account)).OrderBy(l => l.Id).ToListAsync(ct);
        return Wire.Json(lists.Select(ListEntity.Of));
    }
}
