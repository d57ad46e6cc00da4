using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Makes, lists, renews and revokes the secret addresses of a member's calendar feeds.</summary>
internal static class FeedKeys
{
    /// <param name="Filter">A saved filter; null for all that is the member's to do.</param>
    public sealed record Request(Id<SavedFilter>? Filter);

    /// <summary>A feed as its owner sees it. Its address can only be read once.</summary>
    public sealed record View(Id<FeedKey> Id, Id<SavedFilter>? Filter, string? FilterName, DateTimeOffset CreatedAt);

    /// <param name="Path">The secret path, told this one time.</param>
    public sealed record Made(Id<FeedKey> Id, Id<SavedFilter>? Filter, string Path, DateTimeOffset CreatedAt);

    public static void Map(RouteGroupBuilder tasks)
    {
        tasks.MapGet("/feeds", ListAsync).Operation("listFeeds", "Lists your calendar feeds; their addresses are not told again", "tasks:read", RateClass.Read);
        tasks.MapPost("/feeds", async (Request request, TasksDb db, Actor actor, CancellationToken ct) =>
            {
                var made = await MakeAsync(request, db, actor, ct);
                return TypedResults.Created(made.Path, made);
            })
            .Operation("makeFeed", "Makes a secret calendar address of your tasks, or of a saved filter", "tasks:write", RateClass.Write, "not_found", "too_many_items");
        tasks.MapPost("/feeds/{id}/rotate", RotateAsync).Operation("rotateFeed", "Gives a feed a new address; the old one stops", "tasks:write", RateClass.Write, "not_found");
        tasks.MapDelete("/feeds/{id}", RevokeAsync).Operation("revokeFeed", "Ends a calendar feed", "tasks:write", RateClass.Write, "not_found");
    }

    public static async Task<IReadOnlyList<View>> ListAsync(TasksDb db, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        return await db.Feeds.Where(f => f.MemberId == me).OrderBy(f => f.Id)
            .Select(f => new View(f.Id, f.FilterId, db.SavedFilters.Where(s => s.Id == f.FilterId).Select(s => s.Name).FirstOrDefault(), f.CreatedAt)).ToListAsync(ct);
    }

    public static async Task<Made> MakeAsync(Request request, TasksDb db, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        if (request.Filter is { } filter && !await db.SavedFilters.AnyAsync(f => f.Id == filter && (f.OwnerId == me || db.Access(actor).Any(a => a.ProjectId == f.SharedWith)), ct)) throw Refusal.NotFound();
        var secret = RandomKey.New();
        return await db.WriteAsync(
            async token =>
            {
                Limits.Demand(await db.Feeds.CountAsync(f => f.MemberId == me, token) + 1, Limits.Feeds, "feeds", "calendar feeds");
                var feed = new FeedKey(me, request.Filter, RandomKey.Hash(secret), db.Now);
                db.Add(feed);
                return new Made(feed.Id, feed.FilterId, Path(secret), feed.CreatedAt);
            },
            ct);
    }

    public static async Task<Made> RotateAsync(Id<FeedKey> id, TasksDb db, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        var secret = RandomKey.New();
        return await db.WriteAsync(
            async token =>
            {
                var old = await db.Feeds.AsTracking().FirstOrDefaultAsync(f => f.Id == id && f.MemberId == me, token) ?? throw Refusal.NotFound();
                var feed = new FeedKey(me, old.FilterId, RandomKey.Hash(secret), db.Now);
                db.Remove(old);
                db.Add(feed);
                return new Made(feed.Id, feed.FilterId, Path(secret), feed.CreatedAt);
            },
            ct);
    }

    public static async Task<NoContent> RevokeAsync(Id<FeedKey> id, TasksDb db, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        if (await db.Feeds.Where(f => f.Id == id && f.MemberId == me).ExecuteDeleteAsync(ct) == 0) throw Refusal.NotFound();
        return TypedResults.NoContent();
    }

    private static string Path(string secret) => $"/feeds/tasks/{secret}.ics";
}
