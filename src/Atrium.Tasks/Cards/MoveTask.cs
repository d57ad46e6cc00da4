using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Where a task is after a move.</summary>
internal sealed record TaskMoved(Id<TaskItem> Id, string? Key, Id<Project> Project, Id<Column> Column, Category Category, string Rank, long Revision, long Seq) : IRevisedView;

/// <summary>Moves a task to a column, to a place in the order, or to another project.</summary>
internal static class MoveTask
{
    /// <param name="Column">A column of its project.</param>
    /// <param name="Project">Another project to take it to.</param>
    /// <param name="After">The task it shall stand behind.</param>
    /// <param name="Before">The task it shall stand before; with neither it goes to the end where the project changes, else keeps its place.</param>
    public sealed record Request(Id<Column>? Column = null, Id<Project>? Project = null, Id<TaskItem>? After = null, Id<TaskItem>? Before = null);

    public static void Map(RouteGroupBuilder tasks) => tasks.MapPost("{id}/move", HandleAsync).Operation(
        "moveTask", "Moves a task to a column, a place in the order, or another project", "tasks:write", RateClass.Write, "stale_revision", "unknown_column", "role_too_low");

    public static async Task<TaskMoved> HandleAsync(Id<TaskItem> id, Request request, [FromHeader(Name = "If-Match")] Etag? ifMatch, TaskDesk desk, TaskNames names, Actor actor, CancellationToken ct)
    {
        actor.Demand();
        if (request.Project is { } project && await desk.Db.Tasks.Where(t => t.Id == id).Select(t => (Id<Project>?)t.ProjectId).FirstOrDefaultAsync(ct) is { } from && from != project)
            return await MoveToProject.HandleAsync(id, from, project, request, ifMatch, desk, names, actor, ct);

        var (parts, neighbour) = (request.Column is null ? Parts.None : Parts.State, Neighbour.Of(request));
        return await desk.TryAsync(
            async token =>
            {
                var write = await desk.OpenOfAsync(id, actor, desk.By(actor), token);
                var (task, rank) = neighbour is null ? (await write.TaskAsync(id, parts, token), null) : await write.TaskBesideAsync(id, neighbour, parts, token);
                ifMatch?.Demand(task.Revision);
                if (rank is not null)
                {
                    write.Demand(ProjectRole.Writer);
                    task.Reorder(rank, write.By);
                }

                if (request.Column is not null) write.DemandStatus(task);
                if (request.Column is { } column) task.MoveTo(column, await write.AtAsync(task, token), write.By);
                await desk.CloseAsync(write, token);
                return Moved(task, write);
            },
            ct);
    }

    public static TaskMoved Moved(TaskItem task, ProjectWrite write) => new(
        task.Id, TaskReader.KeyOf(write.Project.Key, task.Number), task.ProjectId, task.ColumnId, task.Category, task.Rank, task.Revision, write.Seq);
}
