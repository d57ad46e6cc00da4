using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Makes a task like another, next to it, and notes what it was copied from.</summary>
internal static class DuplicateTask
{
    /// <param name="Checklist">Whether its checklist comes along, unticked.</param>
    /// <param name="Attachments">Whether its files come along.</param>
    public sealed record Request(string? Title = null, bool Checklist = true, bool Attachments = false);

    public static void Map(RouteGroupBuilder tasks) => tasks.MapPost("{id}/duplicate", HandleAsync).Operation("duplicateTask", "Makes a copy of a task beside it", "tasks:write", RateClass.Write);

    public static async Task<TaskView> HandleAsync(Id<TaskItem> id, Request? request, TaskDesk desk, TaskReader reader, Actor actor, CancellationToken ct)
    {
        actor.Demand();
        var db = desk.Db;
        var wish = request ?? new();
        var project = (await db.DemandAsync(id, actor, ProjectRole.Writer, ct)).Project;
        var copy = await desk.ChangeAsync(project, actor, ProjectRole.Writer, async write =>
        {
            var source = await write.TaskAsync(id, Parts.Labels | Parts.Checklist | Parts.Reminders, ct);
            var column = source.IsOpen ? write.Board[source.ColumnId] : write.Board.Demand(Category.Todo);
            var made = await write.AddAsync(wish.Title ?? source.Title, column, ct, await new Neighbour(id, Behind: true).RankAsync(default, project, db, ct));
            var by = write.By;
            made.Describe(source.Description, by);
            made.Prioritise(source.Priority, by);
            made.Schedule(source.Start, source.Due, by, source.Duration);
            made.Assign([.. source.Assignees.Select(a => a.MemberId)], by);
            await write.LabelsAsync(ct);
            made.LabelWith([.. write.Project.Labels.Where(l => source.Labels.Exists(s => s.LabelId == l.Id))], by);
            if (source.Recurrence is { } series) made.Repeat(series.Rule, series.Mode, by, [.. series.Rdates.Select(d => When.Parse(d))], [.. series.Exdates.Select(d => When.Parse(d))]);
            if (source.Places is { } places) made.NeedPeople(places, by);
            foreach (var reminder in source.Reminders)
            {
                if (reminder.At is { } at) made.RemindAt(at, by);
                else made.RemindBy(reminder.Anchor, reminder.OffsetSeconds ?? 0, by);
            }

            if (wish.Checklist) foreach (var item in source.Checklist.OrderBy(i => i.Rank, StringComparer.Ordinal)) made.AddItem(item.Text, by);
            if (wish.Attachments)
                foreach (var file in await db.Files.Where(f => f.TaskId == id).OrderBy(f => f.Id).ToListAsync(ct)) db.Files.Add(new(made.Id, file.FileRef, file.Name, by));
            db.Relations.Add(new(made.Id, id, RelationKind.CopiedFrom));
            return made.Id;
        }, ct, numbers: 1);
        return await reader.ViewAsync(copy, actor, ct);
    }
}
