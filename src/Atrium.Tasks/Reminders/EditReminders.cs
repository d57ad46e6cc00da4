using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
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
        tasks.MapPost("/tasks/{id}/reminders", async (Id<TaskItem> id, NewReminder request, TaskDesk desk, Actor actor, CancellationToken ct) =>
            {
                var made = await AddAsync(id, request, desk, actor, ct);
                return TypedResults.Created($"/api/tasks/tasks/{id}/reminders/{made.Id}", made);
            })
            .Operation("addReminder", "Adds a reminder: at an instant, or so many seconds before or after start or due", "tasks:write", RateClass.Write, "not_found", "too_many_items");
        tasks.MapPost("/tasks/{id}/reminders/{reminder}/dismiss", DismissAsync).Operation("dismissReminder", "Dismisses a reminder, here and on every phone", "tasks:write", RateClass.Write, "not_found");
        tasks.MapDelete("/tasks/{id}/reminders/{reminder}", async (Id<TaskItem> id, Id<Reminder> reminder, TaskDesk desk, Actor actor, CancellationToken ct) =>
            {
                await RemoveAsync(id, reminder, desk, actor, ct);
                return TypedResults.NoContent();
            })
            .Operation("removeReminder", "Removes a reminder", "tasks:write", RateClass.Write, "not_found");
    }

    public static Task<ReminderView> AddAsync(Id<TaskItem> id, NewReminder request, TaskDesk desk, Actor actor, CancellationToken ct)
    {
        if ((request.At is null) == (request.OffsetSeconds is null)) throw Refusal.Invalid("at", "Say an instant, or a number of seconds: one of the two.");
        return desk.ChangeTaskAsync(
            id, actor, Parts.Reminders,
            (write, task) => Task.FromResult(Show(request.At is { } at ? task.RemindAt(at, write.By) : task.RemindBy(request.Anchor ?? ReminderAnchor.Due, request.OffsetSeconds!.Value, write.By))),
            ct);
    }

    public static Task<ReminderView> DismissAsync(Id<TaskItem> id, Id<Reminder> reminder, TaskDesk desk, Actor actor, CancellationToken ct) => desk.ChangeTaskAsync(
        id, actor, Parts.Reminders,
        (write, task) =>
        {
            task.Acknowledge(reminder, write.By);
            return Task.FromResult(Show(task.Reminders.Find(r => r.Id == reminder)!));
        },
        ct);

    public static Task<bool> RemoveAsync(Id<TaskItem> id, Id<Reminder> reminder, TaskDesk desk, Actor actor, CancellationToken ct) => desk.ChangeTaskAsync(
        id, actor, Parts.Reminders,
        (write, task) =>
        {
            task.RemoveReminder(reminder, write.By);
            return Task.FromResult(true);
        },
        ct);

    private static ReminderView Show(Reminder r) => new(r.Id, r.Anchor, r.At, r.OffsetSeconds, r.AcknowledgedAt is not null);
}
