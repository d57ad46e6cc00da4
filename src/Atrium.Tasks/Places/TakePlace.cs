using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Tasks;

/// <summary>A member takes one of the places of a task that needs people, or joins its queue. Whoever can see the task may.</summary>
internal static class TakePlace
{
    /// <param name="Queue">False to be refused when it is full.</param>
    public sealed record Request(bool? Queue);

    /// <param name="Slot">The place, from 1; null while queueing.</param>
    /// <param name="QueuePosition">How many are served before, and this one; null with a place.</param>
    public sealed record Taken(int? Slot, int? QueuePosition);

    public static void Map(RouteGroupBuilder tasks) => tasks.MapPost("/tasks/{id}/places/me", async (Id<TaskItem> id, Request? request, TaskDesk desk, Actor actor, CancellationToken ct) =>
        {
            var taken = await HandleAsync(id, request?.Queue ?? true, desk, actor, ct);
            return taken.Slot is null ? Results.Json(taken, ApiJson.Options, statusCode: StatusCodes.Status202Accepted) : Results.Json(taken, ApiJson.Options, statusCode: StatusCodes.Status201Created);
        })
        .Operation("takePlace", "Takes a place in a task that needs people, or joins its queue", "tasks:write", RateClass.Write, "places_full", "already_has_place", "no_places")
        .Produces<Taken>(StatusCodes.Status201Created).Produces<Taken>(StatusCodes.Status202Accepted);

    public static async Task<Taken> HandleAsync(Id<TaskItem> id, bool queue, TaskDesk desk, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        return await desk.ChangeTaskAsync(
            id, actor, Parts.Places,
            (write, task) =>
            {
                var taken = task.TakePlace(me, write.By, queue);
                write.Excused.Add(task);
                if (taken.Slot is not null && task.PlacesTaken == task.Places && task.CreatedBy is { } author)
                    desk.Db.Publish(new NotificationRaised(TaskNotices.Place, [author], Thing.Of(TaskPath.Kind, id), me, $"All {task.Places} places of {task.Title} are taken", Once: $"places-full/{id}/{task.Revision}"));
                return Task.FromResult(new Taken(taken.Slot, taken.QueuePosition));
            },
            ct);
    }
}
