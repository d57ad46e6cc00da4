using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>
/// Takes a task with all its subtasks to another project: new numbers there, the old ones lead to it for ever, labels of the same name are
/// put on again, and who cannot read the new project is let go.
/// </summary>
internal static class MoveToProject
{
    public static Task<TaskMoved> HandleAsync(
        Id<TaskItem> id, Id<Project> from, Id<Project> to, MoveTask.Request request, Etag? ifMatch, TaskDesk desk, TaskNames names, Actor actor, CancellationToken ct) => desk.TryAsync(
        async token =>
        {
            var db = desk.Db;
            var by = desk.By(actor);
            var family = await FamilyAsync(id, db, token);

            // Always the lower id first, so that two moves in opposite directions wait for each other rather than for ever.
            ProjectWrite source, target;
            if (from < to)
            {
                source = await desk.OpenAsync(from, actor, by, token);
                target = await desk.OpenAsync(to, actor, by, token, family.Count);
            }
            else
            {
                target = await desk.OpenAsync(to, actor, by, token, family.Count);
                source = await desk.OpenAsync(from, actor, by, token);
            }

            source.Demand(ProjectRole.Writer);
            target.Demand(ProjectRole.Writer);
            var tasks = await source.TasksAsync(family, Parts.All, token);
            if (tasks.Count == 0 || tasks[0].Id != id) throw Refusal.NotFound();
            ifMatch?.Demand(tasks[0].Revision);
            await source.LabelsAsync(token);
            foreach (var task in tasks) await MoveAsync(task, task.Id == id ? request : new(), source, target, tasks, db, names, token);
            await desk.CloseAsync(target, token);
            await desk.CloseAsync(source, token);
            return MoveTask.Moved(tasks[0], target);
        },
        ct);

    private static async Task MoveAsync(
        TaskItem task, MoveTask.Request request, ProjectWrite source, ProjectWrite target, IReadOnlyList<TaskItem> family, TasksDb db, TaskNames names, CancellationToken ct)
    {
        var labels = source.Project.Labels.Where(l => task.Labels.Exists(t => t.LabelId == l.Id)).Select(l => l.Name).ToList();
        var parent = family.FirstOrDefault(f => f.Id == task.ParentId);
        var column = request.Column is { } asked ? target.Board[asked] : target.Board.DefaultOf(task.Category) ?? target.Board.Demand(task.IsOpen ? Category.Todo : Category.Done);
        var rank = request.After is null && request.Before is null ? await target.EndAsync(ct) : await MoveTask.RankAsync(task.Id, target.Project.Id, request, db, ct);
        var resource = await db.DavResources.AsTracking().FirstOrDefaultAsync(r => r.TaskId == task.Id, ct);

        var before = source.Release(task);
        db.Aliases.Add(task.MoveToProject(source.Project, target.Project, target.TakeNumber(), column, rank, target.By));
        target.Adopt(task, before);
        db.Tombstones.Add(new(source.Project.Id, resource?.Name ?? $"{task.Uid}.ics", task.Uid, source.Seq, $"task:{task.Id}", target.By.At) { TaskId = task.Id });
        resource?.ProjectId = target.Project.Id;
        task.LabelWith(await TaskNames.LabelsAsync(target, labels, ct), target.By);

        var people = task.Assignees.Select(a => a.MemberId).Concat(task.PlaceRows.Select(p => p.MemberId)).Concat(task.Recurrence?.Rotation?.Members ?? []).Distinct().ToList();
        var readers = target.Project.IsPersonal ? [target.Project.PersonalOf!.Value] : await db.ReadersAsync(target.Project, people, ct);
        foreach (var blind in people.Where(p => !readers.Contains(p))) Leave(task, blind, target.By);

        // The move itself has to be in the database before a subtask can find its parent there.
        await db.SaveChangesAsync(ct);
        if (parent is not null) await names.NestAsync(target, task, parent.Id, ct);
    }

    /// <summary>Lets someone go; a rotation of two that loses one ends.</summary>
    public static void Leave(TaskItem task, Id<Member> member, Change by)
    {
        if (task.Recurrence?.Rotation is { Members.Count: <= 2 } rotation && rotation.Members.Contains(member)) task.Rotate(null, by);
        task.LetGo(member, by);
    }

    /// <summary>A task and its subtasks, parents first.</summary>
    public static async Task<IReadOnlyList<Id<TaskItem>>> FamilyAsync(Id<TaskItem> id, TasksDb db, CancellationToken ct) => [.. (await db.Database.SqlQueryRaw<long>(
        """
        WITH RECURSIVE family(id, depth) AS (
            SELECT {0} AS id, 0 AS depth
            UNION ALL
            SELECT t.id, f.depth + 1 FROM family f JOIN tasks_task_item t ON t.parent_id = f.id WHERE t.deleted_at IS NULL AND f.depth < 30
        )
        SELECT id AS value FROM family ORDER BY depth, id
        """,
        id.Value).ToListAsync(ct)).Select(v => new Id<TaskItem>(v))];
}
