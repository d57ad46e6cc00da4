using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Brings back a deleted project with its sub-projects and tasks: all that one deletion took.</summary>
internal static class RestoreProject
{
    /// <exception cref="Refusal"><c>not_deleted</c>; <c>parent_gone</c>: the project above it is still deleted.</exception>
    public static async Task HandleAsync(Id<Project> id, TasksDb db, Actor actor, CancellationToken ct)
    {
        var found = await (from p in db.Projects
                           join a in db.Access(actor) on p.Id equals a.ProjectId
                           where p.Id == id
                           select new { p.DeletionId, p.ParentId, a.Level }).FirstOrDefaultAsync(ct) ?? throw Refusal.NotFound();
        Rights.Demand((ProjectRole)found.Level, ProjectRole.Admin);
        if (found.DeletionId is not { } deletion) throw NotDeleted();
        if (found.ParentId is { } parent && await db.Projects.AnyAsync(p => p.Id == parent && p.DeletionId != null && p.DeletionId != deletion, ct))
            throw Refusal.Conflict("parent_gone", "The project above it was deleted. Restore that first.");

        await db.WriteAsync(
            async token =>
            {
                var ids = await db.Projects.Where(p => p.DeletionId == deletion).OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(token);
                foreach (var project in ids) db.Announce(ProjectPath.Topic(project), await db.TakeSeqAsync(project, token));
                var projects = await db.Projects.AsTracking().Where(p => p.DeletionId == deletion).ToListAsync(token);
                if (projects.Count == 0) throw NotDeleted();
                foreach (var project in projects) project.Restore(deletion);
            },
            ct);
    }

    private static Refusal NotDeleted() => Refusal.Conflict("not_deleted", "It was not deleted, or restored meanwhile.");
}
