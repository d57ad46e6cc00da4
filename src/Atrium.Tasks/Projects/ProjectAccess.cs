using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Where somebody stands in a project.</summary>
internal sealed record Standing(Id<Project> Project, ProjectRole Role, bool Archived);

/// <summary>Answers what an actor may do in a project. What they cannot see is not there.</summary>
internal static class ProjectAccess
{
    /// <summary>The actor's standing; one query.</summary>
    /// <exception cref="Refusal">NotFound when it is not visible; Forbidden (<c>role_too_low</c>).</exception>
    public static async Task<Standing> DemandAsync(this TasksDb db, Id<Project> project, Actor actor, ProjectRole least, CancellationToken ct)
    {
        var found = await (
            from access in db.Access(actor)
            join p in db.Projects on access.ProjectId equals p.Id
            where p.Id == project && p.DeletedAt == null
            select new { access.Level, p.ArchivedAt }).FirstOrDefaultAsync(ct);
        Rights.Demand(found is null ? null : (ProjectRole)found.Level, least);
        return new(project, (ProjectRole)found!.Level, found.ArchivedAt is not null);
    }

    /// <summary>The actor's standing in the project of a task that is not deleted.</summary>
    public static async Task<Standing> DemandAsync(this TasksDb db, Id<TaskItem> task, Actor actor, ProjectRole least, CancellationToken ct)
    {
        var found = await (
            from t in db.Tasks
            join access in db.Access(actor) on t.ProjectId equals access.ProjectId
            join p in db.Projects on t.ProjectId equals p.Id
            where t.Id == task && t.DeletedAt == null && p.DeletedAt == null && (t.HiddenAt == null || access.Level >= (int)ProjectRole.Writer || actor.IsModerator)
            select new { p.Id, access.Level, p.ArchivedAt }).FirstOrDefaultAsync(ct);
        Rights.Demand(found is null ? null : (ProjectRole)found.Level, least);
        return new(found!.Id, (ProjectRole)found.Level, found.ArchivedAt is not null);
    }
}
