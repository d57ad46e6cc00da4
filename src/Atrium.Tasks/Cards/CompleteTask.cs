using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>One instance of a series that is over.</summary>
internal sealed record OccurrenceView(Id<Occurrence> Id, When RecurrenceId, OccurrenceOutcome Outcome, PersonView? By, DateTimeOffset At);

/// <summary>What completing, skipping or reopening came to.</summary>
/// <param name="Occurrence">The instance recorded, of a series.</param>
/// <param name="Advanced">True when the series goes on and the task stays open.</param>
internal sealed record TaskCompleted(OccurrenceView? Occurrence, bool Advanced, TaskView Task) : IRevisedView
{
    public long Revision => Task.Revision;
}

/// <summary>Finishes a task, takes that back, or leaves an instance of a series out. Doing it twice does it once.</summary>
internal static class CompleteTask
{
    /// <param name="Column">The done column meant.</param>
    /// <param name="Instance">
    /// The due the caller saw, as <see cref="When"/> writes it. A series that has moved on from it since was completed by somebody else: the
    /// task is answered as it is.
    /// </param>
    public sealed record Request(Id<Column>? Column = null, When? Instance = null);

    public static void Map(RouteGroupBuilder tasks)
    {
        tasks.MapPost("{id}/complete", CompleteAsync).Operation("completeTask", "Completes a task; a series goes on with its next date", "tasks:write", RateClass.Write, "stale_revision");
        tasks.MapPost("{id}/reopen", ReopenAsync).Operation("reopenTask", "Takes completing back; a series gets its last date back", "tasks:write", RateClass.Write, "stale_revision");
        tasks.MapPost("{id}/skip", SkipAsync).Operation("skipTask", "Leaves this date of a series out", "tasks:write", RateClass.Write, "not_recurring");
    }

    public static async Task<TaskCompleted> CompleteAsync(
        Id<TaskItem> id, Request? request, [FromHeader(Name = "If-Match")] Etag? ifMatch, TaskDesk desk, TaskReader reader, Actor actor, CancellationToken ct)
    {
        // Which instance is meant is settled before waiting for anybody who does the same.
        var seen = request?.Instance ?? (ifMatch is null ? await desk.Db.Tasks.Where(t => t.Id == id && t.Recurrence != null).Select(t => t.Due ?? t.Start).FirstOrDefaultAsync(ct) : null);
        return await ActAsync(id, actor, desk, reader, async (write, task) =>
        {
            // Somebody was first: nothing to do twice.
            if (task.Recurrence is not null && ((seen is not null && seen != task.Anchor) || (ifMatch is { Revision: { } read } && read != task.Revision && await AdvancedSinceAsync(task, read, desk.Db, ct)))) return null;
            ifMatch?.Demand(task.Revision);
            return task.Complete(await write.AtAsync(task, ct), write.By, request?.Column is { } column ? Done(write.Board[column]) : null);
        }, ct);
    }

    public static Task<TaskCompleted> ReopenAsync(
        Id<TaskItem> id, Request? request, [FromHeader(Name = "If-Match")] Etag? ifMatch, TaskDesk desk, TaskReader reader, Actor actor, CancellationToken ct) => ActAsync(
        id, actor, desk, reader, async (write, task) =>
        {
            ifMatch?.Demand(task.Revision);
            return task.Reopen(await write.AtAsync(task, ct), write.By, request?.Column is { } column ? write.Board[column] : null);
        }, ct);

    public static Task<TaskCompleted> SkipAsync(Id<TaskItem> id, [FromHeader(Name = "If-Match")] Etag? ifMatch, TaskDesk desk, TaskReader reader, Actor actor, CancellationToken ct) => ActAsync(
        id, actor, desk, reader, async (write, task) =>
        {
            ifMatch?.Demand(task.Revision);
            write.Demand(ProjectRole.Writer);
            return task.Skip(await write.AtAsync(task, ct), write.By);
        }, ct);

    private static async Task<TaskCompleted> ActAsync(
        Id<TaskItem> id, Actor actor, TaskDesk desk, TaskReader reader, Func<ProjectWrite, TaskItem, Task<Outcome?>> act, CancellationToken ct)
    {
        actor.Demand();
        var outcome = await desk.ChangeTaskAsync(id, actor, Parts.State | Parts.Places, async (write, task) =>
        {
            write.DemandStatus(task);
            var came = await act(write, task);
            if (came?.Turn is { } turn) desk.TellTurn(task, turn, write);
            return came;
        }, ct);
        var view = await reader.ViewAsync(id, actor, ct);
        var occurrence = outcome?.Occurrence is { } o ? new OccurrenceView(o.Id, When.Parse(o.RecurrenceId), o.Outcome, view.CompletedBy ?? Me(actor), o.At) : null;
        return new(occurrence, outcome?.Advanced ?? false, view);
    }

    private static async Task<bool> AdvancedSinceAsync(TaskItem task, long read, TasksDb db, CancellationToken ct) =>
        await db.Activities.AnyAsync(a => a.TaskId == task.Id && a.Revision > read && a.Field == Field.Occurrence, ct);

    private static Column Done(Column column) => column.Category == Category.Done ? column : throw Refusal.Invalid(Field.Column, "That is not a column for done tasks.", "unknown_column");

    private static PersonView? Me(Actor actor) => actor.MemberId is { } me ? new(me, actor.Handle ?? "", actor.Handle ?? "", null) : null;
}
