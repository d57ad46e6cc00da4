using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>
/// A reminder's moment has come for someone. Lies in the outbox until then; a task that changed meanwhile has another fingerprint, and the
/// message says nothing.
/// </summary>
[EventName("tasks.reminder_coming")]
internal sealed record ReminderComing(Id<TaskItem> Task, Id<Reminder> Reminder, string Fingerprint);

/// <summary>A task may be overdue for someone from now on.</summary>
/// <param name="Due">The due it was said of; another one makes the message void.</param>
[EventName("tasks.overdue_coming")]
internal sealed record OverdueComing(Id<TaskItem> Task, string Due);

/// <summary>When something of a task comes due was decided anew.</summary>
[EventName("tasks.dates_changed")]
internal sealed record DatesChanged(Id<TaskItem> Task);

/// <summary>Puts what will happen to a task by itself into the outbox.</summary>
internal static class Coming
{
    /// <summary>The fields that decide when someone is reminded.</summary>
    private static readonly HashSet<string> Deciding = [Field.Created, Field.Start, Field.Due, Field.Reminders, Field.Recurrence, Field.Occurrence, Field.Deleted, Field.Assignees];

    /// <summary>Whether what was done to a task decides when someone is reminded; a move among open columns does not.</summary>
    public static bool IsDecidedBy(TaskItem task, TaskBefore before, IEnumerable<string> fields) =>
        task.IsOpen && !task.IsDeleted && (before.Category > Category.Doing || fields.Any(Deciding.Contains));

    /// <summary>
    /// Publishes the next moments of a task. A message too many does nothing, so it need not know what lies there already.
    /// </summary>
    public static void Announce(TasksDb db, TaskItem task)
    {
        if (!task.IsOpen || task.IsDeleted) return;
        foreach (var reminder in task.Reminders)
            if (At(reminder, task, 14) is { } at && At(reminder, task, -12) > db.Now && reminder.DueFor(task, DateTimeZone.Utc) is { } due)
                db.Publish(new ReminderComing(task.Id, reminder.Id, due.Fingerprint), due: at);

        // Nobody is told at once that what they just wrote down was due last month.
        if (task.NextDue is { } next && next.Sort > db.Now.AddDays(-1)) db.Publish(new OverdueComing(task.Id, next.ToString()), due: next.Sort - (next.Fixed() is null ? MyTasks.ZoneWidth : TimeSpan.Zero));
    }

    /// <summary>Its moment in the zone so many hours east; with 14 the first on earth, with -12 the last.</summary>
    private static DateTimeOffset? At(Reminder reminder, TaskItem task, int hours) =>
        reminder.InstantFor(task, DateTimeZone.ForOffset(Offset.FromHours(hours)))?.ToDateTimeOffset();
}
