using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>How much waits in the caller's inbox.</summary>
internal static class CountUnread
{
    public sealed record Answer(int Unread, string Cursor);

    public static void Map(RouteGroupBuilder home) => home.MapGet("/inbox/count", HandleAsync)
        .Operation("countUnread", "Counts what is unread in your inbox", "home:read", RateClass.Read);

    public static async Task<Answer> HandleAsync(HomeDb db, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        var changed = await db.Readers.Where(r => r.MemberId == me).Select(r => (DateTimeOffset?)r.ChangedAt).FirstOrDefaultAsync(ct);
        return new(await OfAsync(db, me, ct), (changed is { } at ? InboxTopic.Cursor(at) : 0).ToString());
    }

    public static Task<int> OfAsync(HomeDb db, Id<Member> member, CancellationToken ct) =>
        db.Notices.CountAsync(n => n.MemberId == member && n.ReadAt == null, ct);
}
