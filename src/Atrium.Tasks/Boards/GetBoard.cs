using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>A project as a board: all columns with their first cards, in five statements however large it is.</summary>
internal static class GetBoard
{
    private const int Most = 50;
    private const int MostOfOne = 500;

    public static void Map(RouteGroupBuilder projects) => projects.MapGet("{id}/board", HandleAsync)
        .Operation("getBoard", "Shows a project's columns with the first fifty cards of each", "tasks:read", RateClass.Read, "bad_filter").AllowAnonymous();

    /// <param name="open">A column to be shown with up to five hundred cards.</param>
    public static async Task<BoardView> HandleAsync(Id<Project> id, string? filter, Id<Column>? open, TasksDb db, TaskReader reader, FilterReader filters, Actor actor, CancellationToken ct)
    {
        var project = await db.Projects.Include(p => p.Columns).Where(p => p.Id == id && p.DeletedAt == null)
            .Join(db.Access(actor), p => p.Id, a => a.ProjectId, (p, a) => new { Project = p, a.Level }).FirstOrDefaultAsync(ct) ?? throw Refusal.NotFound();
        var condition = string.IsNullOrWhiteSpace(filter) ? null : await filters.CompileAsync(Filter.Parse(filter), actor, ct);

        IQueryable<TaskItem> first;
        if (condition is null)
        {
            // The window function cuts each column by its own index range; LINQ has no way to say so.
            first = db.Tasks.FromSqlRaw(
                """
                SELECT t.* FROM tasks_task_item t JOIN (
                    SELECT w.id, w.column_id, ROW_NUMBER() OVER (PARTITION BY w.column_id ORDER BY w.rank) AS place
                    FROM tasks_task_item w WHERE w.project_id = {0} AND w.deleted_at IS NULL
                ) o ON o.id = t.id WHERE o.place <= {1} OR (o.column_id = {2} AND o.place <= {3})
                """,
                id.Value, Most, open?.Value ?? 0, MostOfOne);
        }
        else
        {
            first = db.Tasks.Where(t => t.ProjectId == id).Where(condition);
        }

        var rows = await reader.Rows(first, SeenProjects.One(id, (ProjectRole)project.Level), actor).OrderBy(r => r.Rank).Take((Most * Limits.Columns) + MostOfOne).ToListAsync(ct);
        var totals = condition is null
            ? await db.Tasks.Where(t => t.ProjectId == id && t.DeletedAt == null).GroupBy(t => t.ColumnId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct)
            : rows.GroupBy(r => r.ColumnId).ToDictionary(g => g.Key, g => g.Count());
        var shown = rows.GroupBy(r => r.ColumnId).SelectMany(g => g.Take(g.Key == open ? MostOfOne : Most)).ToList();
        var cards = (await reader.CardsAsync(shown, actor, ct)).ToLookup(c => c.Column.Id);
        var p = project.Project;
        return new(
            new(p.Id, p.Key, p.Title, p.Color), (ProjectRole)project.Level, p.Seq,
            [.. p.Columns.OrderBy(c => c.Rank, StringComparer.Ordinal).Select(c => new BoardColumnView(
                c.Id, c.Name, c.Category, c.WipLimit, totals.GetValueOrDefault(c.Id), [.. cards[c.Id]],
                totals.GetValueOrDefault(c.Id) > (c.Id == open ? MostOfOne : Most) && cards[c.Id].LastOrDefault() is { } last ? ListTasks.CursorOf(last) : null))]);
    }
}
