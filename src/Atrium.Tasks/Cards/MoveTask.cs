using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

// These comparisons are the database's, which knows neither cultures nor StringComparison.
#pragma warning disable CA1309

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

        return await desk.ChangeTaskAsync(id, actor, request.Column is null ? Parts.None : Parts.State, async (write, task) =>
        {
            ifMatch?.Demand(task.Revision);
            if (request.After is not null || request.Before is not null)
            {
                write.Demand(ProjectRole.Writer);
                task.Reorder(await RankAsync(task.Id, write.Project.Id, request, desk.Db, ct), write.By);
            }

            if (request.Column is not null) write.DemandStatus(task);
            if (request.Column is { } column) task.MoveTo(column, await write.AtAsync(task, ct), write.By);
            return Moved(task, write);
        }, ct);
    }

    public static TaskMoved Moved(TaskItem task, ProjectWrite write) => new(
        task.Id, TaskReader.KeyOf(write.Project.Key, task.Number), task.ProjectId, task.ColumnId, task.Category, task.Rank, task.Revision, write.Seq);

    /// <summary>A rank next to a neighbour; one statement.</summary>
    public static async Task<string> RankAsync(Id<TaskItem> self, Id<Project> project, Request request, TasksDb db, CancellationToken ct)
    {
        var beside = request.After ?? request.Before;
        var behind = request.After is not null;
        var order = db.Tasks.Where(t => t.ProjectId == project && t.Id != self);
        var found = await order.Where(t => t.Id == beside).Select(t => new
        {
            t.Rank,
            Next = behind
                ? order.Where(o => string.Compare(o.Rank, t.Rank) > 0).OrderBy(o => o.Rank).Select(o => o.Rank).FirstOrDefault()
                : order.Where(o => string.Compare(o.Rank, t.Rank) < 0).OrderByDescending(o => o.Rank).Select(o => o.Rank).FirstOrDefault(),
        }).FirstOrDefaultAsync(ct) ?? throw Refusal.Invalid(behind ? "after" : "before", "That task is not in this project.", "unknown_neighbour");
        var rank = behind ? Rank.Between(found.Rank, found.Next) : Rank.Between(found.Next, found.Rank);
        if (!Rank.IsTooLong(rank)) return rank;
        await db.SpreadRanksAsync(project, ct);
        return await RankAsync(self, project, request, db, ct);
    }
}
