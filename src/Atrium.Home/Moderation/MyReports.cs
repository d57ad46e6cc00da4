using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>What became of the caller's own reports.</summary>
public static class MyReports
{
    /// <param name="State"><c>open</c>, <c>dismissed</c> or <c>resolved</c>.</param>
    public sealed record View(Id<Report> Id, Thing Thing, string Title, ReportCategory Category, string? Comment, DateTimeOffset At, CaseState State, DateTimeOffset? ClosedAt);

    internal static void Map(RouteGroupBuilder home)
    {
        home.MapGet("/reports", ListAsync).Operation("listMyReports", "Lists what you reported, newest first", "home:read", RateClass.Read);
        home.MapGet("/reports/{id}", GetAsync).Operation("getMyReport", "Shows what became of a report of yours", "home:read", RateClass.Read, "not_found");
    }

    internal static async Task<Slice<View>> ListAsync(int? limit, string? cursor, HomeDb db, Actor actor, CancellationToken ct)
    {
        var page = new Page(limit, cursor);
        var before = Cursor.Id<Report>(cursor);
        var rows = await Of(db, actor, before, null).Take(page.Size + 1).ToListAsync(ct);
        return Slice<View>.Cut(rows, page.Size, v => v.Id.ToString());
    }

    internal static async Task<View> GetAsync(Id<Report> id, HomeDb db, Actor actor, CancellationToken ct) =>
        await Of(db, actor, null, id).FirstOrDefaultAsync(ct) ?? throw Refusal.NotFound();

    private static IQueryable<View> Of(HomeDb db, Actor actor, Id<Report>? before, Id<Report>? only)
    {
        var me = actor.Demand();
        return from r in db.Reports
               join c in db.Cases on r.CaseId equals c.Id
               where r.ReporterId == me && (before == null || r.Id < before) && (only == null || r.Id == only)
               orderby r.Id descending
               select new View(r.Id, c.Thing, c.Title, r.Category, r.Comment, r.CreatedAt, c.State, c.ClosedAt);
    }
}
