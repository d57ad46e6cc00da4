using Atrium.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Notifications, one by one and in groups, their policy and its requests.</summary>
internal static class NoticeRoutes
{
    private static readonly string[] Groupable = ["favourite", "reblog", "follow"];

    public static void Map(RouteGroupBuilder api)
    {
        api.Mine("GET", "v1/notifications", "getNotifications", "Lists what you were told", "read:notifications", ListAsync);
        api.Mine("GET", "v1/notifications/unread_count", "getUnreadCount", "Counts what you were told since you last read", "read:notifications", CountAsync);
        api.Mine("GET", "v2/notifications/unread_count", "getUnreadGroups", "Counts what you were told since you last read", "read:notifications", CountAsync);
        api.Mine("GET", "v1/notifications/{id}", "getNotification", "Shows one notification", "read:notifications", OneAsync);
        api.Mine("POST", "v1/notifications/clear", "clearNotifications", "Dismisses all notifications", "write:notifications", (Wire wire, SocialDb db, CancellationToken ct) => DismissAsync(n => true, wire, db, ct));
        api.Mine("POST", "v1/notifications/{id}/dismiss", "dismissNotification", "Dismisses a notification", "write:notifications", (long id, Wire wire, SocialDb db, CancellationToken ct) =>
        {
            var notice = new Id<Notice>(id);
            return DismissAsync(n => n.Id == notice, wire, db, ct);
        });
        api.Mine("GET", "v2/notifications", "getGroupedNotifications", "Lists what you were told, in groups", "read:notifications", GroupsAsync);
        api.Mine("GET", "v2/notifications/{key}", "getNotificationGroup", "Shows a group of notifications", "read:notifications", GroupAsync);
        api.Mine("GET", "v2/notifications/{key}/accounts", "getNotificationGroupAccounts", "Lists who is in a group of notifications", "write:notifications", GroupAccountsAsync);
        api.Mine("POST", "v2/notifications/{key}/dismiss", "dismissNotificationGroup", "Dismisses a group of notifications", "write:notifications", (string key, Wire wire, SocialDb db, CancellationToken ct) =>
            key.StartsWith("ungrouped-", StringComparison.Ordinal) && Id<Notice>.TryParse(key[10..], null, out var one) ? DismissAsync(n => n.Id == one, wire, db, ct) : DismissAsync(n => n.GroupKey == key, wire, db, ct));
        NoticePolicyRoutes.Map(api);
    }

    private static NoticeWish Wish(Wire wire) => new(
        wire.Sent.List("types"), wire.Sent.List("exclude_types"), wire.SentId<Account>("account_id"), wire.Sent.Switch("include_filtered") ?? false);

    private static async Task<IResult> ListAsync(Wire wire, NoticeReader reader, CancellationToken ct)
    {
        var page = await wire.Paging(40, 80).CutAsync(reader.Standing(wire.Viewer, Wish(wire)), n => n.Id, ct);
        return wire.Page(page, await reader.EntitiesAsync(page.Rows, wire.Viewer, ct));
    }

    private static async Task<IResult> CountAsync(Wire wire, NoticeReader reader, CancellationToken ct) =>
        Wire.Json(new { count = await reader.UnreadAsync(wire.Viewer, Wish(wire), (int?)wire.Sent.Number("limit"), ct) });

    private static async Task<IResult> OneAsync(long id, Wire wire, NoticeReader reader, SocialDb db, CancellationToken ct)
    {
        var (notice, me) = (new Id<Notice>(id), wire.Me);
        var row = await db.Notices.FirstOrDefaultAsync(n => n.Id == notice && n.AccountId == me && n.DismissedAt == null, ct) ?? throw Wire.NotFound();
        return await reader.EntitiesAsync([row], wire.Viewer, ct) is [var one] ? Wire.Json(one) : throw Wire.NotFound();
    }

    private static async Task<IResult> GroupsAsync(Wire wire, NoticeReader reader, CancellationToken ct)
    {
        var grouped = wire.Sent.Has("grouped_types") ? [.. wire.Sent.List("grouped_types").Intersect(Groupable)] : Groupable;
        var page = await wire.Paging(40, 80).CutAsync(reader.Standing(wire.Viewer, Wish(wire)), n => n.Id, ct);
        var groups = await reader.GroupedAsync(page.Rows, grouped, wire.Viewer, ct);
        if (wire.Sent.Text("expand_accounts") == "partial_avatars") groups = Partial(groups);
        wire.Page(page, Array.Empty<object>());
        return Wire.Json(groups);
    }

    // The first of each group whole, the others as faces.
    private static GroupedNoticesEntity Partial(GroupedNoticesEntity groups)
    {
        var whole = groups.NotificationGroups.Select(g => g.SampleAccountIds[0]).ToHashSet();
        return groups with
        {
            Accounts = [.. groups.Accounts.Where(a => whole.Contains(a.Id))],
            PartialAccounts = [.. groups.Accounts.Where(a => !whole.Contains(a.Id)).Select(a => new PartialAccountEntity(a.Id, a.Acct, a.Url, a.Avatar, a.AvatarStatic, a.Locked, a.Bot))],
        };
    }

    private static async Task<IResult> GroupAsync(string key, Wire wire, NoticeReader reader, CancellationToken ct) =>
        Wire.Json(await reader.GroupedAsync(await RowsAsync(key, wire, reader, ct), Groupable, wire.Viewer, ct));

    private static async Task<IResult> GroupAccountsAsync(string key, Wire wire, NoticeReader reader, AccountReader accounts, CancellationToken ct) =>
        Wire.Json(await accounts.ByIdAsync([.. (await RowsAsync(key, wire, reader, ct)).Select(n => n.FromId).Distinct()], ct));

    private static async Task<IReadOnlyList<Notice>> RowsAsync(string key, Wire wire, NoticeReader reader, CancellationToken ct)
    {
        var all = reader.Standing(wire.Viewer, new([], [], null, Filtered: true));
        all = key.StartsWith("ungrouped-", StringComparison.Ordinal) && Id<Notice>.TryParse(key[10..], null, out var one) ? all.Where(n => n.Id == one) : all.Where(n => n.GroupKey == key);
        var rows = await all.OrderByDescending(n => n.Id).Take(80).ToListAsync(ct);
        return rows.Count > 0 ? rows : throw Wire.NotFound();
    }

    private static async Task<IResult> DismissAsync(System.Linq.Expressions.Expression<Func<Notice, bool>> which, Wire wire, SocialDb db, CancellationToken ct)
    {
        var me = wire.Me;
        DateTimeOffset? now = db.Now;
        await db.Notices.Where(n => n.AccountId == me && n.DismissedAt == null).Where(which).ExecuteUpdateAsync(set => set.SetProperty(n => n.DismissedAt, now), ct);
        return Wire.Empty();
    }
}
