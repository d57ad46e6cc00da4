using Atrium.Kernel;
using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Brings back a deleted task with all that went with it, and nothing else.</summary>
internal static class RestoreTask
{
    /// <exception cref="Refusal"><c>parent_gone</c>: its project was deleted. <c>not_deleted</c>. <c>uid_in_use</c>: a phone made it anew meanwhile.</exception>
    public static async Task HandleAsync(Id<TaskItem> id, TasksDb db, Actor actor, CancellationToken ct)
    {
        var found = await (from t in db.Tasks
                           join p in db.Projects on t.ProjectId equals p.Id
                           join a in db.Access(actor) on t.ProjectId equals a.ProjectId
                           where t.Id == id
                           select new { t.DeletionId, t.ProjectId, a.Level, ProjectDeleted = p.DeletedAt != null }).FirstOrDefaultAsync(ct) ?? throw Refusal.NotFound();
        Rights.Demand((ProjectRole)found.Level, ProjectRole.Writer);
        if (found.ProjectDeleted) throw Refusal.Conflict("parent_gone", "Its project was deleted. Restore that first.");
        if (found.DeletionId is not { } deletion) throw NotDeleted();
        try
        {
            await db.WriteAsync(token => RestoreAsync(deletion, found.ProjectId, db, actor, token), ct);
        }
        catch (UniqueViolation violation) when (violation.Concerns("uid"))
        {
            throw Refusal.Conflict("uid_in_use", "A task with the same UID was made here meanwhile.");
        }
    }

    /// <summary>Takes the project's row first, as a purge does: of two at once one finds nothing left to do.</summary>
    private static async Task RestoreAsync(Id<Deletion> deletion, Id<Project> project, TasksDb db, Actor actor, CancellationToken ct)
    {
        var seq = await db.TakeSeqAsync(project, ct);
        var tasks = await db.Tasks.AsTracking().AsSplitQuery().Include(t => t.Reminders).Include(t => t.Assignees).Include(t => t.Recurrence)
            .Where(t => t.ProjectId == project && t.DeletionId == deletion).ToListAsync(ct);
        if (tasks.Count == 0) throw NotDeleted();
        var by = Change.By(actor, db.House.Clock, RandomKey.New(16));
        var back = tasks.Select(t => t.Id).ToHashSet();
        var parents = tasks.Select(t => t.ParentId).OfType<Id<TaskItem>>().Where(p => !back.Contains(p)).ToList();
        var alive = (await db.Tasks.Where(t => parents.Contains(t.Id) && t.DeletedAt == null).Select(t => t.Id).ToListAsync(ct)).ToHashSet();
        foreach (var task in tasks)
        {
            task.Restore(deletion, by);
            if (task.ParentId is { } parent && !back.Contains(parent) && !alive.Contains(parent)) task.Nest(null, [], 0, by);
            Coming.Announce(db, task);
            db.AddRange(task.Stamp(seq));
        }

        db.Announce(ProjectPath.Topic(project), seq);
    }

    private static Refusal NotDeleted() => Refusal.Conflict("not_deleted", "It was not deleted, or restored meanwhile.");
}
