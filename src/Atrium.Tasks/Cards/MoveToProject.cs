using System.Globalization;
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
            var (task, target) = await TakeAsync([id], from, to, request, ifMatch, desk, names, actor, null, token);
            return MoveTask.Moved(task, target);
        },
        ct);

    /// <summary>Inside a transaction: takes several tasks of one project along, each with its subtasks.</summary>
    /// <param name="begins">Told of each task before it moves.</param>
    /// <returns>The first of them, and the write of the project they are in now.</returns>
    public static async Task<(TaskItem Task, ProjectWrite Target)> TakeAsync(
        IReadOnlyCollection<Id<TaskItem>> ids, Id<Project> from, Id<Project> to, MoveTask.Request request, Etag? ifMatch, TaskDesk desk, TaskNames names, Actor actor, Action<Id<TaskItem>>? begins, CancellationToken ct)
    {
        var db = desk.Db;
        var by = desk.By(actor);
        var family = await FamilyAsync(ids, db, ct);

        // Always the lower id first, so that two moves in opposite directions wait for each other rather than for ever.
        ProjectWrite source, target;
        if (from < to)
        {
            source = await desk.OpenAsync(from, actor, by, ct);
            target = await desk.OpenAsync(to, actor, by, ct, family.Count);
        }
        else
        {
            target = await desk.OpenAsync(to, actor, by, ct, family.Count);
            source = await desk.OpenAsync(from, actor, by, ct);
        }

        source.Demand(ProjectRole.Writer);
        target.Demand(ProjectRole.Writer);
        var tasks = await source.TasksAsync(family, Parts.All, ct);
        if (tasks.Count == 0 || !ids.Contains(tasks[0].Id)) throw Refusal.NotFound();
        ifMatch?.Demand(tasks[0].Revision);
        await source.LabelsAsync(ct);
        foreach (var task in tasks)
        {
            begins?.Invoke(task.Id);
            await MoveAsync(task, ids.Contains(task.Id) ? request : new(), source, target, tasks, db, names, ct);
        }

        await desk.CloseAsync(target, ct);
        await desk.CloseAsync(source, ct);
        return (tasks[0], target);
    }

    private static async Task MoveAsync(
        TaskItem task, MoveTask.Request request, ProjectWrite source, ProjectWrite target, IReadOnlyList<TaskItem> family, TasksDb db, TaskNames names, CancellationToken ct)
    {
        var labels = source.Project.Labels.Where(l => task.Labels.Exists(t => t.LabelId == l.Id)).Select(l => l.Name).ToList();
        var parent = family.FirstOrDefault(f => f.Id == task.ParentId);
        var column = request.Column is { } asked ? target.Board[asked] : target.Board.DefaultOf(task.Category) ?? target.Board.Demand(task.IsOpen ? Category.Todo : Category.Done);
        var rank = Neighbour.Of(request) is { } neighbour ? await neighbour.RankAsync(task.Id, target.Project.Id, db, ct) : await target.EndAsync(ct);
        var resource = await db.DavResources.AsTracking().FirstOrDefaultAsync(r => r.TaskId == task.Id, ct);

        // Its files are seen by whoever sees it there.
        db.Publish(new TaskShown(task.Id), task.Id.ToString());
        var before = source.Release(task);
        db.Aliases.Add(task.MoveToProject(source.Project, target.Project, target.TakeNumber(), column, rank, target.By));
        target.Adopt(task, before);
        db.Tombstones.Add(new(source.Project.Id, resource?.Name ?? $"{task.Uid}.ics", task.Uid, source.Seq, $"task:{task.Id}", target.By.At) { TaskId = task.Id });
        resource?.ProjectId = target.Project.Id;
        task.LabelWith(await TaskNames.LabelsAsync(target, labels, ct), target.By);

        var people = task.Assignees.Select(a => a.MemberId).Concat(task.PlaceRows.Select(p => p.MemberId)).Concat(task.Recurrence?.Rotation?.Members ?? []).Distinct().ToList();
        var readers = await names.ReadersAsync(target.Project, people, ct);
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

    /// <summary>Tasks and all their subtasks, parents first.</summary>
    public static async Task<IReadOnlyList<Id<TaskItem>>> FamilyAsync(IReadOnlyCollection<Id<TaskItem>> ids, TasksDb db, CancellationToken ct) =>
#pragma warning disable EF1002
        [.. (await db.Database.SqlQueryRaw<long>(
        $"""
        WITH RECURSIVE family(id, depth) AS (
            SELECT t.id, 0 FROM tasks_task_item t WHERE t.id IN ({string.Join(',', ids.Select(i => i.Value.ToString(CultureInfo.InvariantCulture)))})
            UNION ALL
            SELECT t.id, f.depth + 1 FROM family f JOIN tasks_task_item t ON t.parent_id = f.id WHERE t.deleted_at IS NULL AND f.depth < 30
        )
        SELECT id AS value FROM family GROUP BY id ORDER BY MAX(depth), id
        """).ToListAsync(ct)).Select(v => new Id<TaskItem>(v))];
#pragma warning restore EF1002
}
