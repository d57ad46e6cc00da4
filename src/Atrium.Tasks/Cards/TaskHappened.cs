using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Atrium.Kernel.Text;

namespace Atrium.Tasks;

/// <summary>What one act did to a task: the one message from which webhooks and notifications are made.</summary>
/// <param name="Types">Event names: <c>task.created</c>, <c>task.moved</c> …</param>
/// <param name="Fields">The fields that changed.</param>
/// <param name="Assigned">Who is newly assigned.</param>
/// <param name="Mentioned">Handles newly mentioned in the description.</param>
[EventName("tasks.task_happened")]
internal sealed record TaskHappened(
    Id<TaskItem> Task, Id<Project> Project, Id<Member>? Actor, DateTimeOffset At, long Seq, long Revision,
    IReadOnlyList<string> Types, IReadOnlyList<string> Fields, IReadOnlyList<Id<Member>> Assigned, IReadOnlyList<string> Mentioned)
{
    /// <summary>Reads from a task, before its history is stamped, what happened to it; null when nothing that anyone is told.</summary>
    public static TaskHappened? From(TaskItem task, TaskBefore before, ProjectWrite write)
    {
        var fields = task.Changed;
        var assigned = task.Assignees.Select(a => a.MemberId).Except(before.Assignees).ToList();
        var types = Named(task, before, fields, assigned).ToList();
        if (types.Count == 0) return null;
        var mentioned = fields.Contains(Field.Description) ? Markup.MentionsIn(task.Description).Except(Markup.MentionsIn(before.Description)).ToList() : [];
        return new(task.Id, write.Project.Id, write.By.Actor, write.By.At, write.Seq, task.Revision, types, [.. fields], assigned, mentioned);
    }

    private static IEnumerable<string> Named(TaskItem task, TaskBefore before, IReadOnlyList<string> fields, List<Id<Member>> assigned)
    {
        if (before.IsNew && fields.Contains(Field.Created))
        {
            yield return "task.created";
            if (assigned.Count > 0) yield return "task.assigned";
            yield break;
        }

        if (fields.Contains(Field.Deleted))
        {
            yield return task.IsDeleted ? "task.deleted" : "task.restored";
            yield break;
        }

        var over = task.News.LastOrDefault(a => a.Field == Field.Occurrence);
        var wasOpen = before.Category <= Category.Doing;
        if (over is { New: "done" } || (wasOpen && task.Category == Category.Done)) yield return "task.completed";
        else if ((over is not null && over.New is not ("cancelled" or "advanced")) || (!wasOpen && task.IsOpen)) yield return "task.reopened";
        if (task.ColumnId != before.Column || task.ProjectId != before.Project || task.Rank != before.Rank) yield return "task.moved";
        if (assigned.Count > 0) yield return "task.assigned";
        if (fields.Any(f => f is not (Field.Column or Field.Project or Field.Occurrence or Field.Place))) yield return "task.changed";
        if (task.News.Any(a => a.Field == Field.Place && a.New is not null)) yield return "task.place_taken";
        if (task.News.Any(a => a.Field == Field.Place && a.Old is not null)) yield return "task.place_left";
    }
}
