using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>A filter under a name.</summary>
/// <param name="SharedWith">The project whose people see it too.</param>
internal sealed record SavedFilterView(Id<SavedFilter> Id, string Name, string Query, Id<Project>? SharedWith, bool Mine, long Revision) : IRevisedView;

/// <summary>Whether a filter can be read, and its canonical text.</summary>
internal sealed record FilterCheck(bool Ok, string? Canonical, string? Message, int? At);

/// <summary>Filters kept under a name, one's own or shared with a project.</summary>
internal static class SavedFilters
{
    public sealed record Request(string Name, string Query, Id<Project>? SharedWith = null);

    public sealed record Query(string Filter);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("filters", ListAsync).Operation("listFilters", "Lists your saved filters and those shared with you", "tasks:read", RateClass.Read);
        api.MapPost("filters", AddAsync).Operation("saveFilter", "Saves a filter", "tasks:write", RateClass.Write, "bad_filter", "too_many_items");
        api.MapPatch("filters/{id}", EditAsync).Operation("editFilter", "Changes a saved filter", "tasks:write", RateClass.Write, "bad_filter", "stale_revision");
        api.MapDelete("filters/{id}", RemoveAsync).Operation("removeFilter", "Removes a saved filter", "tasks:write", RateClass.Write);
        api.MapPost("filters/check", (Query query) => Check(query.Filter)).Operation("checkFilter", "Says whether a filter can be read, and where not", "tasks:read", RateClass.Read);
    }

    public static async Task<Slice<SavedFilterView>> ListAsync(TasksDb db, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        var found = await db.SavedFilters.Where(f => f.OwnerId == me || (f.SharedWith != null && db.Access(actor).Any(a => a.ProjectId == f.SharedWith))).OrderBy(f => f.Name).ThenBy(f => f.Id).ToListAsync(ct);
        return new([.. found.Select(f => View(f, me))], null);
    }

    public static async Task<SavedFilterView> AddAsync(Request request, TasksDb db, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        Limits.Demand(await db.SavedFilters.CountAsync(f => f.OwnerId == me, ct) + 1, Limits.SavedFilters, "name", "saved filters");
        if (request.SharedWith is { } project) await db.DemandAsync(project, actor, ProjectRole.Writer, ct);
        var filter = new SavedFilter(me, request.Name, request.Query, request.SharedWith);
        db.SavedFilters.Add(filter);
        await db.SaveChangesAsync(ct);
        return View(filter, me);
    }

    public static async Task<SavedFilterView> EditAsync(Id<SavedFilter> id, Request request, [FromHeader(Name = "If-Match")] Etag? ifMatch, TasksDb db, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        var filter = await db.SavedFilters.AsTracking().FirstOrDefaultAsync(f => f.Id == id && f.OwnerId == me, ct) ?? throw Refusal.NotFound();
        ifMatch?.Demand(filter.Revision);
        if (request.SharedWith is { } project && project != filter.SharedWith) await db.DemandAsync(project, actor, ProjectRole.Writer, ct);
        filter.Change(request.Name, request.Query, request.SharedWith);
        await db.SaveChangesAsync(ct);
        return View(filter, me);
    }

    public static async Task<IResult> RemoveAsync(Id<SavedFilter> id, TasksDb db, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        var gone = await db.SavedFilters.Where(f => f.Id == id && f.OwnerId == me).ExecuteDeleteAsync(ct);
        return gone == 0 ? throw Refusal.NotFound() : TypedResults.NoContent();
    }

    public static FilterCheck Check(string? filter)
    {
        try
        {
            return new(true, FilterText.Print(Filter.Parse(filter)), null, null);
        }
        catch (Refusal refusal)
        {
            return new(false, null, refusal.Message, refusal.Facts.GetValueOrDefault("at") as int?);
        }
    }

    private static SavedFilterView View(SavedFilter f, Id<Member> me) => new(f.Id, f.Name, f.Query, f.SharedWith, f.OwnerId == me, f.Revision);
}
