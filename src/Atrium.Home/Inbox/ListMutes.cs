using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>What a member wants to hear no more of.</summary>
public sealed record MuteView(Id<Mute> Id, Thing Cause, string Title, string? Href, DateTimeOffset At);

/// <summary>Lists and lifts mutes.</summary>
internal static class ListMutes
{
    public static void Map(RouteGroupBuilder home)
    {
        home.MapGet("/mutes", HandleAsync).Operation("listMutes", "Lists what you muted, newest first", "home:read", RateClass.Read);
        home.MapDelete("/mutes/{id}", UnmuteAsync).Operation("unmute", "Lifts a mute", "home:write", RateClass.Write, "not_found");
    }

    public static async Task<Slice<MuteView>> HandleAsync(int? limit, string? cursor, HomeDb db, Things things, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        var page = new Page(limit, cursor);
        var before = Cursor.Id<Mute>(cursor);
        var rows = await db.Mutes.Where(m => m.MemberId == me && (before == null || m.Id < before)).OrderByDescending(m => m.Id).Take(page.Size + 1).ToListAsync(ct);
        var cut = Slice<Mute>.Cut(rows, page.Size, m => m.Id.ToString());
        var cards = await things.CardsAsync([.. cut.Items.Select(m => m.Cause)], actor, ct);
        return cut.Select(m => new MuteView(m.Id, m.Cause, cards.GetValueOrDefault(m.Cause)?.Title ?? m.Title, cards.GetValueOrDefault(m.Cause)?.Href, m.CreatedAt));
    }

    public static async Task<NoContent> UnmuteAsync(Id<Mute> id, HomeDb db, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        if (await db.Mutes.Where(m => m.Id == id && m.MemberId == me).ExecuteDeleteAsync(ct) == 0) throw Refusal.NotFound();
        return TypedResults.NoContent();
    }
}
