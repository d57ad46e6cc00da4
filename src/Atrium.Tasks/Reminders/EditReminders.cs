using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Tasks;

/// <summary>Adds, dismisses and removes reminders of a task.</summary>
internal static class EditReminders
{
    /// <param name="At">An instant; or else <paramref name="OffsetSeconds"/>.</param>
    /// <param name="OffsetSeconds">Negative before, positive after the anchor, which is the due unless said.</param>
    public sealed record NewReminder(DateTimeOffset? At, int? OffsetSeconds, ReminderAnchor? Anchor);

    public static void Map(RouteGroupBuilder tasks)
    {
        tasks.MapAdding<NewReminder, ReminderView>("reminders", AddAsync, r => r.Id.ToString(), "addReminder", "Adds a reminder: at an instant, or so many seconds before or after start or due");
        tasks.MapPost("/tasks/{id}/reminders/{reminder}/dismiss", DismissAsync).Operation("dismissReminder", "Dismisses a reminder, here and on every phone", "tasks:write", RateClass.Write, "not_found");
        tasks.MapRemoving<Reminder>("reminders", RemoveAsync, "removeReminder", "Removes a reminder");
    }

    public static Task<ReminderView> AddAsync(Id<TaskItem> id, NewReminder request, TaskDesk desk, Actor actor, CancellationToken ct)
    {
        if ((request.At is null) == (request.OffsetSeconds is null)) throw Refusal.Invalid("at", "Say an instant, or a number of seconds: one of the two.");
        return desk.ChangeTaskAsync(
            id, actor, Parts.Reminders,
            (write, task) => Show(request.At is { } at ? task.RemindAt(at, write.By) : task.RemindBy(request.Anchor ?? ReminderAnchor.Due, request.OffsetSeconds!.Value, write.By)),
            ct);
    }

    public static Task<ReminderView> DismissAsync(Id<TaskItem> id, Id<Reminder> reminder, TaskDesk desk, Actor actor, CancellationToken ct) => desk.ChangeTaskAsync(
        id, actor, Parts.Reminders,
        (write, task) =>
        {
            task.Acknowledge(reminder, write.By);
            return Show(task.Reminders.Find(r => r.Id == reminder)!);
        },
        ct);

    public static Task RemoveAsync(Id<TaskItem> id, Id<Reminder> reminder, TaskDesk desk, Actor actor, CancellationToken ct) =>
        desk.ChangeTaskAsync(id, actor, Parts.Reminders, (write, task) => task.RemoveReminder(reminder, write.By), ct);

    private static ReminderView Show(Reminder r) => new(r.Id, r.Anchor, r.At, r.OffsetSeconds, r.AcknowledgedAt is not null);
}
