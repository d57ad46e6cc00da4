using Atrium.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Posts: making, showing, editing, deleting, and what stands around one.</summary>
internal static class StatusRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.Mine("POST", "v1/statuses", "createStatus", "Posts, or schedules a post", "write:statuses", PostAsync);
        api.Open("GET", "v1/statuses", "getStatuses", "Shows several posts by id", "read:statuses", async (Wire wire, StatusReader reader, CancellationToken ct) =>
            Wire.Json(await reader.ByIdAsync([.. wire.SentIds<Status>("id").Take(40)], wire.Viewer, ct)));
        api.Open("GET", "v1/statuses/{id}", "getStatus", "Shows a post", "read:statuses", async (string id, Wire wire, StatusReader reader, CancellationToken ct) =>
            Wire.Json(await reader.OneAsync(Wire.Id<Status>(id), wire.Viewer, ct)));
        api.Mine("PUT", "v1/statuses/{id}", "editStatus", "Edits a post of yours", "write:statuses", PutAsync);
        api.Mine("DELETE", "v1/statuses/{id}", "deleteStatus", "Deletes a post of yours and gives back its text", "write:statuses", DeleteAsync);
        api.Open("GET", "v1/statuses/{id}/context", "getStatusContext", "Shows what a post answers and what answers it", "read:statuses", async (string id, Wire wire, ThreadReader reader, CancellationToken ct) =>
            Wire.Json(await reader.ContextAsync(Wire.Id<Status>(id), wire.Viewer, ct)));
        api.Open("GET", "v1/statuses/{id}/history", "getStatusHistory", "Shows all versions of a post", "read:statuses", async (string id, Wire wire, HistoryReader reader, CancellationToken ct) =>
            Wire.Json(await reader.ReadAsync(Wire.Id<Status>(id), wire.Viewer, ct)));
        api.Mine("GET", "v1/statuses/{id}/source", "getStatusSource", "Shows a post of yours as it was written", "read:statuses", SourceAsync);
        api.Open("GET", "v1/statuses/{id}/favourited_by", "getStatusFavouritedBy", "Lists who likes a post", "read:accounts", FavouritedByAsync);
        api.Open("GET", "v1/statuses/{id}/reblogged_by", "getStatusRebloggedBy", "Lists who boosted a post", "read:accounts", RebloggedByAsync);
        api.Open("GET", "v1/statuses/{id}/quotes", "getStatusQuotes", "Lists posts that quote a post", "read:statuses", QuotesAsync);
        api.Open("GET", "v1/statuses/{id}/card", "getStatusCard", "Shows the preview of a post's link", "read:statuses", async (string id, Wire wire, StatusReader reader, CancellationToken ct) =>
            (await reader.OneAsync(Wire.Id<Status>(id), wire.Viewer, ct)).Card is { } card ? Wire.Json(card) : Wire.Empty());
        api.Mine("POST", "v1/statuses/{id}/translate", "translateStatus", "Would translate a post", "read:statuses", IResult () => throw Refusal.Unavailable(message: "There is no translation service."));
        api.Mine("PATCH", "v1/statuses/{id}/interaction_policy", "editStatusPolicy", "Says who may quote a post of yours", "write:statuses", PolicyAsync);
        api.Mine("POST", "v1/statuses/{id}/quotes/{quoting}/revoke", "revokeQuote", "Takes back that a post of yours is quoted", "write:statuses", RevokeAsync);
    }

    private static async Task<IResult> PostAsync(Wire wire, PublishStatus publish, ScheduleStatus schedule, StatusReader reader, CancellationToken ct)
    {
        var wanted = NewStatusReader.Read(wire);
        var key = wire.Header("Idempotency-Key") is { } sent ? RandomKey.Hash(sent) : null;
        if (wire.Sent.Text("scheduled_at") is { Length: > 0 } at) return Wire.Json(await schedule.AddAsync(wanted, NewStatusReader.Instant(at), wire.Viewer, ct, key));
        var id = await publish.HandleAsync(wanted, wire.Viewer, key, ct);
        return Wire.Json(await reader.OneAsync(id, wire.Viewer, ct));
    }

    private static async Task<IResult> PutAsync(string id, Wire wire, EditStatus edit, StatusReader reader, CancellationToken ct)
    {
        var status = Wire.Id<Status>(id);
        await edit.HandleAsync(status, NewStatusReader.ReadChange(wire), null, wire.Viewer, ct);
        return Wire.Json(await reader.OneAsync(status, wire.Viewer, ct));
    }

    private static async Task<IResult> DeleteAsync(string id, Wire wire, DeleteStatus delete, StatusReader reader, SocialDb db, CancellationToken ct)
    {
        var status = Wire.Id<Status>(id);
        var me = wire.Me;
        var source = await db.Statuses.Where(s => s.Id == status && s.AccountId == me && s.DeletedAt == null).Select(s => s.Source).FirstOrDefaultAsync(ct) ?? throw Wire.NotFound();
        var before = await reader.OneAsync(status, wire.Viewer, ct);
        await delete.HandleAsync(status, wire.Viewer, ct);
        // What is written anew may hold the same pictures.
        if (wire.Sent.Switch("delete_media") != true) await db.Media.Where(m => m.StatusId == status).ExecuteUpdateAsync(set => set.SetProperty(m => m.StatusId, (Id<Status>?)null), ct);
        return Wire.Json(before with { Text = source });
    }

    private static async Task<IResult> SourceAsync(string id, Wire wire, SocialDb db, CancellationToken ct)
    {
        var (status, me) = (Wire.Id<Status>(id), wire.Me);
        var row = await db.Statuses.FirstOrDefaultAsync(s => s.Id == status && s.AccountId == me && s.DeletedAt == null, ct) ?? throw Wire.NotFound();
        return Wire.Json(new StatusSourceEntity(row.Id.ToString(), row.Source, row.Spoiler));
    }

    private static async Task<IResult> FavouritedByAsync(string id, Wire wire, SocialDb db, AccountReader accounts, CancellationToken ct)
    {
        var status = await db.SeeAsync(Wire.Id<Status>(id), wire.Viewer, ct);
        var page = await wire.Paging(40, 80).CutAsync(db.Favourites.Where(f => f.StatusId == status.Id).NotBlockedFor(wire.Viewer, db, f => f.AccountId), f => f.Id, ct);
        return wire.Page(page, await accounts.ByIdAsync([.. page.Rows.Select(f => f.AccountId)], ct));
    }

    private static async Task<IResult> RebloggedByAsync(string id, Wire wire, SocialDb db, AccountReader accounts, CancellationToken ct)
    {
        var status = await db.SeeAsync(Wire.Id<Status>(id), wire.Viewer, ct);
        var page = await wire.Paging(40, 80).CutAsync(db.Statuses.Where(s => s.BoostOf == status.Id).VisibleTo(wire.Viewer, db), s => s.Id, ct);
        return wire.Page(page, await accounts.ByIdAsync([.. page.Rows.Select(s => s.AccountId)], ct));
    }

    private static async Task<IResult> QuotesAsync(string id, Wire wire, QuoteDesk quotes, StatusReader reader, CancellationToken ct)
    {
        var page = await quotes.ListAsync(Wire.Id<Status>(id), wire.Paging(), wire.Viewer, ct);
        return wire.Page(page, await reader.ReadAsync(page.Rows, wire.Viewer, null, ct));
    }

    private static async Task<IResult> PolicyAsync(string id, Wire wire, SocialDb db, StatusReader reader, CancellationToken ct)
    {
        var (status, me) = (Wire.Id<Status>(id), wire.Me);
        var policy = NewStatusReader.Policy(wire.Sent.Text("quote_approval_policy")) ?? throw Refusal.Invalid("quote_approval_policy", "Quote approval policy is not included in the list");
        if (await db.Statuses.Where(s => s.Id == status && s.AccountId == me && s.DeletedAt == null && (s.Visibility == Visibility.Public || s.Visibility == Visibility.Unlisted))
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.QuotePolicy, policy), ct) == 0) throw Wire.NotFound();
        return Wire.Json(await reader.OneAsync(status, wire.Viewer, ct));
    }

    private static async Task<IResult> RevokeAsync(string id, string quoting, Wire wire, QuoteDesk quotes, StatusReader reader, CancellationToken ct)
    {
        var by = Wire.Id<Status>(quoting);
        await quotes.RevokeAsync(Wire.Id<Status>(id), by, wire.Viewer, ct);
        return Wire.Json(await reader.OneAsync(by, wire.Viewer, ct));
    }
}
