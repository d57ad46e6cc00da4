using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>Marks all of the inbox read, or all that is about one thing.</summary>
internal static class ReadInbox
{
    /// <param name="Subject">Only what is about this thing.</param>
    /// <param name="Until">Only what had happened by then, so that what came meanwhile stays unread.</param>
    public sealed record Request(Thing? Subject, DateTimeOffset? Until);

    public static void Map(RouteGroupBuilder home) => home.MapPut("/inbox/read", HandleAsync)
        .Operation("readInbox", "Marks your inbox read: all of it, or all about one thing", "home:write", RateClass.Write);

    public static Task<CountUnread.Answer> HandleAsync(Request request, HomeDb db, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        return db.WriteAsync(
            async token =>
            {
                var now = db.Now;
                var until = request.Until ?? now;
                var rows = db.Notices.Where(n => n.MemberId == me && n.ReadAt == null && n.LatestAt <= until);
                if (request.Subject is { } subject) rows = rows.Where(n => n.Subject == subject);
                if (await rows.ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now), token) > 0) await db.TouchAsync([me], token);
                if (request.Subject is null) db.Publish(new InboxRead(me, until), me.ToString());
                return await CountUnread.HandleAsync(db, actor, token);
            },
            ct);
    }
}
