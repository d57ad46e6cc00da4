using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Tasks;

/// <summary>How what hangs on a task (lines of a checklist, reminders) is added and removed over the API, all alike.</summary>
internal static class PartRoutes
{
    /// <summary>POST: 201 with the part's address.</summary>
    public static RouteHandlerBuilder MapAdding<TNew, TPart>(
        this RouteGroupBuilder tasks, string parts, Func<Id<TaskItem>, TNew, TaskDesk, Actor, CancellationToken, Task<TPart>> add, Func<TPart, string> idOf, string name, string summary) =>
        tasks.MapPost($"/tasks/{{id}}/{parts}", async (Id<TaskItem> id, TNew request, TaskDesk desk, Actor actor, CancellationToken ct) =>
            {
                var made = await add(id, request, desk, actor, ct);
                return TypedResults.Created($"/api/tasks/tasks/{id}/{parts}/{idOf(made)}", made);
            })
            .Operation(name, summary, "tasks:write", RateClass.Write, "not_found", "too_many_items");

    /// <summary>DELETE: 204.</summary>
    public static RouteHandlerBuilder MapRemoving<TPart>(
        this RouteGroupBuilder tasks, string parts, Func<Id<TaskItem>, Id<TPart>, TaskDesk, Actor, CancellationToken, Task> remove, string name, string summary) =>
        tasks.MapDelete($"/tasks/{{id}}/{parts}/{{part}}", async (Id<TaskItem> id, Id<TPart> part, TaskDesk desk, Actor actor, CancellationToken ct) =>
            {
                await remove(id, part, desk, actor, ct);
                return TypedResults.NoContent();
            })
            .Operation(name, summary, "tasks:write", RateClass.Write, "not_found");
}
