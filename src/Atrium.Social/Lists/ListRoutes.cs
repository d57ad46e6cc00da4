using Atrium.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

internal sealed record ListEntity(string Id, string Title, string RepliesPolicy, bool Exclusive)
{
    public static ListEntity Of(PeopleList list) => new(list.Id.ToString(), list.Title, list.Replies.ToString().ToLowerInvariant(), list.Exclusive);
}

/// <summary>Lists of people, as apps keep them.</summary>
internal static class ListRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.Mine("GET", "v1/lists", "getLists", "Lists your lists", "read:lists", async (Wire wire, ListDesk desk, CancellationToken ct) => Wire.Json((await desk.AllAsync(wire.Viewer, ct)).Select(ListEntity.Of)));
        api.Mine("GET", "v1/lists/{id}", "getList", "Shows a list", "read:lists", async (string id, Wire wire, ListDesk desk, CancellationToken ct) =>
            Wire.Json(ListEntity.Of(await desk.MineAsync(Wire.Id<PeopleList>(id), wire.Viewer, ct))));
        api.Mine("POST", "v1/lists", "createList", "Makes a list", "write:lists", async (Wire wire, ListDesk desk, CancellationToken ct) => Wire.Json(ListEntity.Of(await desk.AddAsync(Wish(wire, wire.Sent.Text("title") ?? ""), wire.Viewer, ct))));
        api.Mine("PUT", "v1/lists/{id}", "editList", "Changes a list", "write:lists", async (string id, Wire wire, ListDesk desk, CancellationToken ct) =>
            Wire.Json(ListEntity.Of(await desk.EditAsync(Wire.Id<PeopleList>(id), Wish(wire, wire.Sent.Text("title")), wire.Viewer, ct))));
        api.Mine("DELETE", "v1/lists/{id}", "deleteList", "Deletes a list", "write:lists", async (string id, Wire wire, ListDesk desk, CancellationToken ct) =>
        {
            await desk.DeleteAsync(Wire.Id<PeopleList>(id), wire.Viewer, ct);
            return Wire.Empty();
        });
        api.Mine("GET", "v1/lists/{id}/accounts", "getListAccounts", "Lists who is on a list", "read:lists", AccountsAsync);
        api.Mine("POST", "v1/lists/{id}/accounts", "addToList", "Puts people you follow on a list", "write:lists", async (string id, Wire wire, ListDesk desk, CancellationToken ct) =>
        {
            await desk.PutAsync(Wire.Id<PeopleList>(id), wire.SentIds<Account>("account_ids"), wire.Viewer, ct);
            return Wire.Empty();
        });
        api.Mine("DELETE", "v1/lists/{id}/accounts", "removeFromList", "Takes people off a list", "write:lists", async (string id, Wire wire, ListDesk desk, CancellationToken ct) =>
        {
            await desk.TakeAsync(Wire.Id<PeopleList>(id), wire.SentIds<Account>("account_ids"), wire.Viewer, ct);
            return Wire.Empty();
        });
        api.OfAccount("/lists", "getAccountLists", "Lists your lists that somebody is on", "read:lists", async (row, wire, services, ct) =>
            Wire.Json((await services.Get<ListDesk>().HoldingAsync(row.Account.Id, wire.Viewer, ct)).Select(ListEntity.Of)), signedIn: true);
    }

    private static ListWish Wish(Wire wire, string? title)
    {
        RepliesPolicy? replies = wire.Sent.Text("replies_policy") is not { Length: > 0 } policy ? null
            : Enum.TryParse<RepliesPolicy>(policy, ignoreCase: true, out var known) && !int.TryParse(policy, out _) ? known : throw Refusal.Invalid("replies_policy", "Replies policy is not included in the list");
        return new(title, replies, wire.Sent.Switch("exclusive"));
    }

    private static async Task<IResult> AccountsAsync(string id, Wire wire, SocialDb db, ListDesk desk, AccountReader accounts, CancellationToken ct)
    {
        var list = await desk.MineAsync(Wire.Id<PeopleList>(id), wire.Viewer, ct);
        var rows = db.ListMembers.Where(m => m.ListId == list.Id);
        if (wire.Sent.Number("limit") == 0)
            return Wire.Json(await accounts.ByIdAsync(await rows.OrderByDescending(m => m.Id).Select(m => m.AccountId).ToListAsync(ct), ct));
        var page = await wire.Paging(40, 80).CutAsync(rows, m => m.Id, ct);
        return wire.Page(page, await accounts.ByIdAsync([.. page.Rows.Select(m => m.AccountId)], ct));
    }
}
