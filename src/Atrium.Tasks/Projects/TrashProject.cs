using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Search;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Deletes a project with all below it as one deletion, and brings exactly that back. Its tasks stay as they are: nobody sees them without it.</summary>
internal static class TrashProject
{
    public static void Map(RouteGroupBuilder projects)
    {
        projects.MapDelete("{id}", DeleteAsync).Operation("deleteProject", "Puts a project with its tasks and sub-projects in the trash for 30 days", "tasks:admin", RateClass.Write);
        projects.MapPost("{id}/restore", RestoreAsync).Operation("restoreProject", "Brings back a project with all that was deleted with it", "tasks:admin", RateClass.Write, "not_deleted");
    }

    public static async Task<IResult> DeleteAsync(Id<Project> id, ProjectDesk desk, ISearch search, Actor actor, CancellationToken ct)
    {
        await desk.ChangeAsync(id, actor, null, async project =>
        {
            var db = desk.Db;
            var deletion = Id<Deletion>.New();
            var below = await db.BelowAsync(id, ct);
            foreach (var each in await db.Projects.AsTracking().Where(p => below.Contains(p.Id) && p.DeletedAt == null).ToListAsync(ct)) each.Trash(deletion, db.Now);
            db.Tell("project.deleted", project, actor);
            db.Publish(new ProjectShown(project.Id), project.Id.ToString());
            return true;
        }, ct, archived: true);
        await desk.GuardAsync(async token =>
        {
            await search.RemoveAsync(desk.Db, [Thing.Of("project", id)], token);
            return true;
        }, ct);
        return TypedResults.NoContent();
    }

    public static async Task<ProjectView> RestoreAsync(Id<Project> id, ProjectDesk desk, ProjectReader reader, Actor actor, CancellationToken ct)
    {
        await desk.GuardAsync(async token =>
        {
            var db = desk.Db;
            var counted = await db.CountAsync(id, 0, actor, token) ?? throw Refusal.NotFound();
            Rights.Demand(counted.Role, ProjectRole.Admin);
            if (await db.Projects.Where(p => p.Id == id).Select(p => p.DeletionId).FirstAsync(token) is not { } deletion) throw Refusal.Conflict("not_deleted", "It is not in the trash.");
            foreach (var project in await db.Projects.AsTracking().Where(p => p.DeletionId == deletion).ToListAsync(token))
            {
                project.Restore(deletion);
                db.Publish(new ProjectShown(project.Id), project.Id.ToString());
            }

            // Phones that dropped the list get its tasks anew.
            await db.Tasks.Where(t => t.ProjectId == id && t.DeletedAt == null).ExecuteUpdateAsync(set => set.SetProperty(t => t.Seq, counted.Seq), token);
            db.Announce($"project:{id}", counted.Seq);
            return true;
        }, ct);
        return await reader.ViewAsync(id, actor, ct);
    }
}
