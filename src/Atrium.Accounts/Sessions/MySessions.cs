using Atrium.Accounts.Credentials;
using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Accounts.SigningIn;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Sessions;

/// <summary>The browsers in which a member is signed in, and the end of such a session.</summary>
public static class MySessions
{
    public sealed record View(Id<Session> Id, string Device, string? Address, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, bool Current);

    internal static void Map(RouteGroupBuilder api)
    {
        api.MapGet("me/sessions", ListAsync).Operation("listSessions", "Lists the browsers in which you are signed in", "profile:read", RateClass.Read);
        api.MapDelete("me/sessions/{id}", EndAsync).Operation("endSession", "Signs one of your browsers out at once", "profile:write", RateClass.Write, "not_found");
        api.MapDelete("me/sessions", EndOthersAsync).Operation("endOtherSessions", "Signs you out everywhere but here", "profile:write", RateClass.Write);
    }

    internal static async Task<IReadOnlyList<View>> ListAsync(Actor actor, AccountsDb db, CancellationToken ct)
    {
        var (me, now) = (actor.Demand(), db.Now);
        var sessions = await db.Sessions.Where(s => s.MemberId == me && s.ExpiresAt > now).OrderByDescending(s => s.LastSeenAt).ToListAsync(ct);
        return [.. sessions.Select(s => new View(s.Id, s.Device, s.Address, s.CreatedAt, s.LastSeenAt, s.Id.ToString() == actor.SessionId))];
    }

    internal static Task<NoContent> EndAsync(Id<Session> id, Actor actor, AccountsDb db, CancellationToken ct)
    {
        var me = actor.Demand();
        return EndMine.HandleAsync(db.Sessions.Where(s => s.Id == id && s.MemberId == me), "session.ended", (d, _) => Standings.Changed(d), actor, db, ct);
    }

    internal static async Task<NoContent> EndOthersAsync(Actor actor, AccountsDb db, CancellationToken ct)
    {
        var me = actor.Demand();
        var mine = Id<Session>.TryParse(actor.SessionId, null, out var id) ? id : default;
        await db.WriteAsync(
            async token =>
            {
                await db.Sessions.Where(s => s.MemberId == me && s.Id != mine).ExecuteDeleteAsync(token);
                db.Record(actor, "sessions.ended", Thing.Of("member", me));
                Standings.Changed(db);
            },
            ct);
        return TypedResults.NoContent();
    }
}
