using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Deletes a task with its subtasks, and brings back what one deletion took.</summary>
internal static class TrashTask
{
    public static void Map(RouteGroupBuilder tasks)
    {
        tasks.MapDelete("{id}", DeleteAsync).Operation("deleteTask", "Puts a task with its subtasks in the trash for 30 days", "tasks:write", RateClass.Write, "stale_revision");
        tasks.MapPost("{id}/restore", RestoreAsync).Operation("restoreTask", "Brings back a task with all that was deleted with it", "tasks:write", RateClass.Write, "not_deleted", "parent_gone");
    }

    public static async Task<IResult> DeleteAsync(Id<TaskItem> id, [FromHeader(Name = "If-Match")] Etag? ifMatch, TaskDesk desk, Actor actor, CancellationToken ct)
    {
        actor.Demand();
        await desk.ChangeTaskAsync(id, actor, Parts.None, async (write, task) =>
        {
            ifMatch?.Demand(task.Revision);
            write.Demand(ProjectRole.Writer);
            await ThrowAwayAsync(write, task, desk.Db, ct);
            return true;
        }, ct);
        return TypedResults.NoContent();
    }

    /// <summary>Inside a write: one deletion for the task and all under it.</summary>
    public static async Task<Id<Deletion>> ThrowAwayAsync(ProjectWrite write, TaskItem task, TasksDb db, CancellationToken ct)
    {
        var deletion = Id<Deletion>.New();
        var family = await MoveToProject.FamilyAsync([task.Id], db, ct);
        var names = await db.DavResources.Where(r => family.Contains(r.TaskId)).ToDictionaryAsync(r => r.TaskId, r => r.Name, ct);
        foreach (var each in family.Count == 1 ? [task] : await write.TasksAsync(family, Parts.None, ct))
        {
            if (each.IsDeleted) continue;
            each.Trash(deletion, write.By);
            db.Tombstones.Add(new(write.Project.Id, names.GetValueOrDefault(each.Id) ?? $"{each.Uid}.ics", each.Uid, write.Seq, null, write.By.At) { TaskId = each.Id });
        }

        return deletion;
    }

    public static async Task<TaskView> RestoreAsync(Id<TaskItem> id, TaskDesk desk, TaskReader reader, Actor actor, CancellationToken ct)
    {
        actor.Demand();
        var db = desk.Db;
        await desk.TryAsync(async token =>
        {
            var project = await db.Tasks.Where(t => t.Id == id).Select(t => (Id<Project>?)t.ProjectId).FirstOrDefaultAsync(token) ?? throw Refusal.NotFound();
            if (await db.Projects.AnyAsync(p => p.Id == project && p.DeletedAt != null, token)) throw await GoneAsync(project, db, actor, token);
            var write = await desk.OpenAsync(project, actor, desk.By(actor), token);
            write.Demand(ProjectRole.Writer);
            var deletion = await db.Tasks.Where(t => t.Id == id).Select(t => t.DeletionId).FirstOrDefaultAsync(token) ?? throw Refusal.Conflict("not_deleted", "It is not in the trash.");
            await TakeBackAsync(write, deletion, db, token);
            await desk.CloseAsync(write, token);
            return true;
        }, ct);
        return await reader.ViewAsync(id, actor, ct);
    }

    /// <summary>Inside a write: all that one deletion took of this project.</summary>
    public static async Task TakeBackAsync(ProjectWrite write, Id<Deletion> deletion, TasksDb db, CancellationToken ct)
    {
        var ids = await db.Tasks.Where(t => t.DeletionId == deletion && t.ProjectId == write.Project.Id).Select(t => t.Id).ToListAsync(ct);
        foreach (var task in await write.TasksAsync(ids, Parts.Labels, ct, deleted: true))
        {
            // What it hung under may have been deleted, and stayed so.
            if (task.ParentId is { } parent && !ids.Contains(parent) && !await db.Tasks.AnyAsync(t => t.Id == parent && t.DeletedAt == null, ct)) task.Nest(null, [], 0, write.By);
            task.Restore(deletion, write.By);
        }
    }

    private static async Task<Refusal> GoneAsync(Id<Project> project, TasksDb db, Actor actor, CancellationToken ct) =>
        await db.Access(actor).AnyAsync(a => a.ProjectId == project, ct) ? Refusal.Conflict("parent_gone", "Its project is in the trash. Restore the project first.") : Refusal.NotFound();
}
