using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>Does to one task what a bulk change says.</summary>
internal static class ApplyBulk
{
    public static async Task RunAsync(TaskItem task, BulkChange.Change change, ProjectWrite write, TaskDesk desk, CancellationToken ct)
    {
        if (change.Priority is { } priority) task.Prioritise(priority, write.By);
        if (change.Due is not null || change.ClearDue) task.Schedule(Before(task.Start, change.Due), change.Due, write.By);
        if (change.ShiftDays is { } days) task.Schedule(task.Start?.PlusDays(days), task.Due?.PlusDays(days), write.By, task.Duration);
        await AssignAsync(task, change, write, desk, ct);
        Label(task, change, write);
        if (change.Status is { } status) task.MoveTo(ColumnOf(status, write.Board, write.Project).Id, await write.AtAsync(task, ct), write.By);
    }

    /// <summary>A start that would come after the new due, or is of another kind, goes.</summary>
    private static When? Before(When? start, When? due) => start is null || due is null || (start.HasTime == due.HasTime && start.Sort <= due.Sort) ? start : null;

    private static async Task AssignAsync(TaskItem task, BulkChange.Change change, ProjectWrite write, TaskDesk desk, CancellationToken ct)
    {
        if (change.AddAssignees is null && change.RemoveAssignees is null) return;
        var added = change.AddAssignees ?? [];
        var readers = await desk.ReadersAsync(write.Project, added, ct);
        if (added.Any(m => !readers.Contains(m))) throw Refusal.Invalid(Field.Assignees, "Somebody assigned cannot see this project.", "assignee_cannot_read");
        task.Assign([.. task.Assignees.Select(a => a.MemberId).Except(change.RemoveAssignees ?? []).Union(added)], write.By);
    }

    private static void Label(TaskItem task, BulkChange.Change change, ProjectWrite write)
    {
        if (change.AddLabels is null && change.RemoveLabels is null) return;
        var project = write.Project;
        var gone = (change.RemoveLabels ?? []).Select(project.FindLabel).OfType<Label>().Select(l => l.Id).ToHashSet();
        var labels = project.Labels.Where(l => task.Labels.Exists(t => t.LabelId == l.Id) && !gone.Contains(l.Id)).ToList();
        foreach (var name in change.AddLabels ?? [])
        {
            if (project.FindLabel(name) is null) write.Demand(ProjectRole.Writer);
            labels.Add(project.FindLabel(name) ?? project.AddLabel(name, null));
        }

        task.LabelWith([.. labels.Distinct()], write.By);
    }

    private static Column ColumnOf(string status, Board board, Project project) =>
        project.Columns.Find(c => c.Name.Equals(status, StringComparison.OrdinalIgnoreCase))
        ?? (Enum.TryParse<Category>(status, ignoreCase: true, out var category) && Enum.IsDefined(category) ? board.Demand(category) : throw Refusal.Invalid("status", $"This project has no column “{status}”.", "unknown_column"));
}
