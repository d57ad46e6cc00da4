using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>Lists the caller's inbox, newest first.</summary>
internal static class ListInbox
{
    private sealed record Keys(DateTimeOffset At, long Id);

    public static void Map(RouteGroupBuilder home) => home.MapGet("/inbox", HandleAsync)
        .Operation("listInbox", "Lists your inbox, newest first, all or only what is unread", "home:read", RateClass.Read);

    public static async Task<Slice<NoticeView>> HandleAsync(
        bool? unread, string? room, int? limit, string? cursor, HomeDb db, IMembers members, NotificationKinds kinds, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        var page = new Page(limit, cursor);
        var rows = db.Notices.Where(n => n.MemberId == me && n.Shown);
        if (unread == true) rows = rows.Where(n => n.ReadAt == null);
        if (room is { Length: > 0 }) rows = rows.Where(n => n.Room == room);
        if (Cursor.Read<Keys>(cursor) is { } after)
        {
            var id = new Id<Notice>(after.Id);
            rows = rows.Where(n => n.LatestAt < after.At || (n.LatestAt == after.At && n.Id < id));
        }

        var found = await rows.OrderByDescending(n => n.LatestAt).ThenByDescending(n => n.Id).Take(page.Size + 1).ToListAsync(ct);
        var cut = Slice<Notice>.Cut(found, page.Size, n => Cursor.Of(new Keys(n.LatestAt, n.Id.Value)));
        return new(await NoticeView.OfAsync(cut.Items, members, kinds, ct), cut.Next);
    }
}
