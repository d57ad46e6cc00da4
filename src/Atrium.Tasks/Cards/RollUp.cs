using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Lets the percent of parents follow what is under them.</summary>
internal static class RollUp
{
    private static readonly string[] Moving = [Field.Percent, Field.Column, Field.Checklist, Field.Parent, Field.Deleted, Field.Created, Field.Occurrence];

    /// <summary>From the tasks changed upwards, as far as a percent really changes.</summary>
    public static async Task RunAsync(ProjectWrite write, TasksDb db, CancellationToken ct)
    {
        var waiting = new Queue<Id<TaskItem>>();
        foreach (var task in write.Tasks.ToList()) Enqueue(task);
        for (var steps = 0; waiting.TryDequeue(out var id) && steps < Limits.Bulk + Limits.Depth; steps++)
        {
            var task = write.Tasks.FirstOrDefault(t => t.Id == id);
            if (task is null)
            {
                if (!await db.Tasks.AnyAsync(t => t.Id == id && t.ProjectId == write.Project.Id && t.DeletedAt == null, ct)) continue;
                task = await write.TaskAsync(id, Parts.Checklist, ct);
                write.Excused.Add(task);
            }

            if (task.PercentManual || !task.IsOpen || task.IsDeleted) continue;
            await write.LoadAsync(task, Parts.Checklist, ct);
            var before = task.Percent;
            task.RollUp(Progress.Of(await ChildrenAsync(id, write, db, ct)), write.By);
            if (task.Percent != before && task.ParentId is { } parent) waiting.Enqueue(parent);
        }

        void Enqueue(TaskItem task)
        {
            if (!task.Changed.Any(Moving.Contains)) return;
            var was = write.Before(task);
            if (task.Changed.Contains(Field.Checklist) && !was.IsNew) waiting.Enqueue(task.Id);
            foreach (var parent in new[] { task.ParentId, was.Parent }.OfType<Id<TaskItem>>().Distinct()) waiting.Enqueue(parent);
        }
    }

    /// <summary>The subtasks as this transaction will leave them.</summary>
    private static async Task<IEnumerable<TaskItem>> ChildrenAsync(Id<TaskItem> parent, ProjectWrite write, TasksDb db, CancellationToken ct)
    {
        var stored = await db.Tasks.Where(t => t.ParentId == parent && t.DeletedAt == null).ToListAsync(ct);
        var here = write.Tasks.ToDictionary(t => t.Id);
        return stored.Where(t => !here.ContainsKey(t.Id)).Concat(here.Values.Where(t => t.ParentId == parent));
    }
}
