using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

// These comparisons are the database's, which knows neither cultures nor StringComparison.
#pragma warning disable CA1309

namespace Atrium.Tasks;

/// <summary>Tasks of one project or of all, by a filter, sorted, in pages.</summary>
internal static class ListTasks
{
    /// <summary>The place of the last row in its order.</summary>
    private sealed record Place(string Sort, string? Text, long? Number, long Id);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("projects/{id}/tasks", OfProjectAsync).Operation("listProjectTasks", "Lists the tasks of a project by a filter", "tasks:read", RateClass.Read, "bad_filter").AllowAnonymous();
        api.MapGet("tasks", AllAsync).Operation("listTasks", "Lists the tasks of all projects you can see by a filter", "tasks:read", RateClass.Read, "bad_filter");
    }

    /// <param name="filter">Such as <c>status:open assignee:me due&lt;=+7d label:garden</c>; words search the text.</param>
    /// <param name="sort"><c>rank, due, priority, title, created, updated</c>; with <c>-</c> from the end.</param>
    public static Task<Slice<TaskCard>> OfProjectAsync(
        Id<Project> id, string? filter, string? sort, int? limit, string? cursor, TasksDb db, TaskReader reader, FilterReader filters, Actor actor, CancellationToken ct) =>
        ReadAsync(db.Tasks.Where(t => t.ProjectId == id), id, filter, sort ?? "rank", new(limit, cursor), db, reader, filters, actor, ct);

    /// <param name="filter">Such as <c>status:open assignee:me due&lt;=+7d label:garden</c>; words search the text.</param>
    /// <param name="sort"><c>rank, due, priority, title, created, updated</c>; with <c>-</c> from the end.</param>
    public static Task<Slice<TaskCard>> AllAsync(
        string? filter, string? sort, int? limit, string? cursor, TasksDb db, TaskReader reader, FilterReader filters, Actor actor, CancellationToken ct) =>
        ReadAsync(db.Tasks, null, filter, sort ?? "due", new(limit, cursor), db, reader, filters, actor, ct);

    /// <summary>The cursor behind a card in the manual order.</summary>
    public static string CursorOf(TaskCard card) => Cursor.Of(new Place("rank", card.Rank, null, card.Id.Value));

    private static async Task<Slice<TaskCard>> ReadAsync(
        IQueryable<TaskItem> tasks, Id<Project>? project, string? filter, string sort, Page page, TasksDb db, TaskReader reader, FilterReader filters, Actor actor, CancellationToken ct)
    {
        if (!string.IsNullOrWhiteSpace(filter)) tasks = tasks.Where(await filters.CompileAsync(Filter.Parse(filter), actor, ct));
        var place = Cursor.Read<Place>(page.Cursor);
        if (place is not null && place.Sort != sort) throw Refusal.Invalid("cursor", "That cursor is of another order.");
        var seen = project is { } one ? await db.SeenAsync(one, actor, ct) : await db.SeenAsync(actor, ct);
        var rows = await After(reader.Rows(tasks, seen, actor), sort, place).Take(page.Size + 1).ToListAsync(ct);

        // An empty page of a project nobody may see is a project that is not there.
        if (rows.Count == 0 && project is { } asked) await db.DemandAsync(asked, actor, ProjectRole.Reader, ct);
        var next = rows.Count > page.Size ? Cursor.Of(PlaceOf(rows[page.Size - 1], sort)) : null;
        return new(await reader.CardsAsync([.. rows.Take(page.Size)], actor, ct), next);
    }

    private static IQueryable<TaskRow> After(IQueryable<TaskRow> rows, string sort, Place? place)
    {
        var id = new Id<TaskItem>(place?.Id ?? 0);
        var text = place?.Text ?? "";
        var number = (int)Math.Clamp(place?.Number ?? 0, int.MinValue, int.MaxValue);
        var at = place?.Number is { } ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : (DateTimeOffset?)null;
        switch (sort)
        {
            case "rank":
                if (place is not null) rows = rows.Where(r => string.Compare(r.Rank, text) > 0 || (r.Rank == text && r.Id > id));
                return rows.OrderBy(r => r.Rank).ThenBy(r => r.Id);
            case "title":
                if (place is not null) rows = rows.Where(r => string.Compare(r.Title, text) > 0 || (r.Title == text && r.Id > id));
                return rows.OrderBy(r => r.Title).ThenBy(r => r.Id);
            case "due":
                if (place is not null) rows = at is null ? rows.Where(r => r.NextDueSort == null && r.Id > id) : rows.Where(r => r.NextDueSort == null || r.NextDueSort > at || (r.NextDueSort == at && r.Id > id));
                return rows.OrderBy(r => r.NextDueSort == null).ThenBy(r => r.NextDueSort).ThenBy(r => r.Id);
            case "-due":
                if (place is not null) rows = at is null ? rows.Where(r => r.NextDueSort == null && r.Id < id) : rows.Where(r => r.NextDueSort == null || r.NextDueSort < at || (r.NextDueSort == at && r.Id < id));
                return rows.OrderBy(r => r.NextDueSort == null).ThenByDescending(r => r.NextDueSort).ThenByDescending(r => r.Id);
            case "priority":
                if (place is not null) rows = rows.Where(r => (r.Priority == 0 ? 10 : r.Priority) > number || ((r.Priority == 0 ? 10 : r.Priority) == number && r.Id > id));
                return rows.OrderBy(r => r.Priority == 0 ? 10 : r.Priority).ThenBy(r => r.Id);
            case "created":
                if (place is not null) rows = rows.Where(r => r.Id > id);
                return rows.OrderBy(r => r.Id);
            case "-created":
                if (place is not null) rows = rows.Where(r => r.Id < id);
                return rows.OrderByDescending(r => r.Id);
            case "updated":
                if (place is not null) rows = rows.Where(r => r.UpdatedAt > at || (r.UpdatedAt == at && r.Id > id));
                return rows.OrderBy(r => r.UpdatedAt).ThenBy(r => r.Id);
            case "-updated":
                if (place is not null) rows = rows.Where(r => r.UpdatedAt < at || (r.UpdatedAt == at && r.Id < id));
                return rows.OrderByDescending(r => r.UpdatedAt).ThenByDescending(r => r.Id);
            default: throw Refusal.Invalid("sort", "Sort by rank, due, priority, title, created or updated, the last two and due also with - before.");
        }
    }

    private static Place PlaceOf(TaskRow row, string sort) => sort switch
    {
        "rank" => new(sort, row.Rank, null, row.Id.Value),
        "title" => new(sort, row.Title, null, row.Id.Value),
        "due" or "-due" => new(sort, null, row.NextDueSort?.UtcTicks, row.Id.Value),
        "priority" => new(sort, null, row.Priority == 0 ? 10 : row.Priority, row.Id.Value),
        "updated" or "-updated" => new(sort, null, row.UpdatedAt.UtcTicks, row.Id.Value),
        _ => new(sort, null, null, row.Id.Value),
    };
}
