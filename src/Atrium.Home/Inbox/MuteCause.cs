using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>Mutes exactly one thing.</summary>
internal static class MuteCause
{
    public sealed record Request(Thing Cause);

    public static void Map(RouteGroupBuilder home) => home.MapPost("/mutes", HandleAsync)
        .Operation("muteCause", "Mutes one thing: you are told nothing more about it", "home:write", RateClass.Write, "not_found");

    public static async Task<MuteView> HandleAsync(Request request, HomeDb db, Things things, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        var card = await things.CardAsync(request.Cause, actor, ct);
        // What one was told about can be muted though it was lost from sight since.
        var title = card?.Title
            ?? await db.Notices.Where(n => n.MemberId == me && n.Cause == request.Cause).OrderByDescending(n => n.Id).Select(n => n.Title).FirstOrDefaultAsync(ct)
            ?? throw Refusal.NotFound();
        var mute = await AddAsync(db, me, request.Cause, title, ct);
        return new(mute.Id, mute.Cause, mute.Title, card?.Href, mute.CreatedAt);
    }

    public static async Task<Mute> AddAsync(HomeDb db, Id<Member> member, Thing cause, string title, CancellationToken ct)
    {
        try
        {
            var mute = new Mute { MemberId = member, Cause = cause, Title = title, CreatedAt = db.Now };
            db.Mutes.Add(mute);
            await db.SaveChangesAsync(ct);
            return mute;
        }
        catch (UniqueViolation)
        {
            db.ChangeTracker.Clear();
            return await db.Mutes.FirstAsync(m => m.MemberId == member && m.Cause == cause, ct);
        }
    }
}
