using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>Marks one line of the inbox read, or unread again.</summary>
internal static class ReadNotice
{
    public static void Map(RouteGroupBuilder home)
    {
        home.MapPut("/inbox/{id}/read", ReadAsync).Operation("readNotice", "Marks a line of your inbox read", "home:write", RateClass.Write, "not_found");
        home.MapDelete("/inbox/{id}/read", UnreadAsync).Operation("unreadNotice", "Marks a line of your inbox unread", "home:write", RateClass.Write, "not_found");
    }

    public static Task<CountUnread.Answer> ReadAsync(Id<Notice> id, HomeDb db, Actor actor, CancellationToken ct) => SetAsync(id, true, db, actor, ct);

    public static Task<CountUnread.Answer> UnreadAsync(Id<Notice> id, HomeDb db, Actor actor, CancellationToken ct) => SetAsync(id, false, db, actor, ct);

    private static Task<CountUnread.Answer> SetAsync(Id<Notice> id, bool read, HomeDb db, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        return db.WriteAsync(
            async token =>
            {
                var notice = await db.Notices.AsTracking().FirstOrDefaultAsync(n => n.Id == id && n.MemberId == me && n.Shown, token) ?? throw Refusal.NotFound();
                if (read == notice.ReadAt is null)
                {
                    notice.ReadAt = read ? db.Now : null;
                    await db.TouchAsync([me], token);
                    await db.SaveChangesAsync(token);
                }

                return await CountUnread.HandleAsync(db, actor, token);
            },
            ct);
    }
}
