using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Tasks;

/// <summary>A member leaves their place or the queue. A freed place goes to the first who waits, in the same transaction, and they are told.</summary>
internal static class LeavePlace
{
    public static void Map(RouteGroupBuilder tasks) => tasks.MapDelete("/tasks/{id}/places/me", async (Id<TaskItem> id, TaskDesk desk, Actor actor, CancellationToken ct) =>
        {
            await HandleAsync(id, desk, actor, ct);
            return TypedResults.NoContent();
        })
        .Operation("leavePlace", "Leaves your place in a task, or its queue", "tasks:write", RateClass.Write, "not_found");

    public static async Task HandleAsync(Id<TaskItem> id, TaskDesk desk, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        await desk.ChangeTaskAsync(
            id, actor, Parts.Places,
            (write, task) =>
            {
                Tell(desk.Db, task, task.LeavePlace(me, write.By), me);
                write.Excused.Add(task);
                return Task.FromResult(true);
            },
            ct);
    }

    /// <summary>Tells those who came up from the queue.</summary>
    public static void Tell(TasksDb db, TaskItem task, IReadOnlyList<Id<Member>> promoted, Id<Member>? by)
    {
        if (promoted.Count > 0)
            db.Publish(new NotificationRaised(TaskNotices.Place, promoted, Thing.Of(TaskPath.Kind, task.Id), by, $"You have a place now: {task.Title}", Once: $"place/{task.Id}/{task.Revision}"));
    }
}
