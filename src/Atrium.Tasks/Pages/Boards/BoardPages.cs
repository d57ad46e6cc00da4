using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Tasks.Pages;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>A project seen as board, list, table, calendar and history, and the forms these share.</summary>
internal static class BoardPages
{
    private const int MostInCalendar = 1000;

    public static void Map(RouteGroupBuilder pages)
    {
        var project = pages.MapGroup("/tasks/p/{key}");
        project.MapGet("", (string key) => Results.Redirect($"/tasks/p/{key}/board")).AllowAnonymous();
        project.MapGet("/board", (string key, string? filter, Id<Column>? open, [AsParameters] ViewTools t) => BoardAsync(key, filter, open, FormState.Fresh, t)).AllowAnonymous();
        project.MapGet("/list", (string key, string? filter, string? sort, string? cursor, [AsParameters] ViewTools t) => ListAsync(key, filter, sort, cursor, ProjectTab.List, t)).AllowAnonymous();
        project.MapGet("/table", (string key, string? filter, string? sort, string? cursor, [AsParameters] ViewTools t) => ListAsync(key, filter, sort, cursor, ProjectTab.Table, t)).AllowAnonymous();
        project.MapGet("/calendar", CalendarAsync).AllowAnonymous();
        project.MapGet("/history", HistoryAsync);
        project.MapPost("/tasks", CreateAsync).Rate(RateClass.Write);
    }

    private static async Task<ProjectView> FindAsync(string key, ViewTools t) => await t.Projects.ViewAsync(await t.Projects.FindAsync(key, t.Ct), t.Actor, t.Ct);

    /// <summary>Filters saved for this project, or by the reader for themselves.</summary>
    private static async Task<IReadOnlyList<(string Name, string Query)>> SavedAsync(ProjectView project, ViewTools t) => t.Actor.IsMember
        ? [.. (await SavedFilters.ListAsync(t.Db, t.Actor, t.Ct)).Items.Where(f => f.SharedWith == project.Id || f.SharedWith is null).Take(6).Select(f => (f.Name, f.Query))]
        : [];

    /// <summary>Where selected tasks may be moved to.</summary>
    private static async Task<IReadOnlyList<ProjectItemView>> ElsewhereAsync(ProjectView project, ViewTools t) =>
        project is { Role: >= ProjectRole.Writer, ArchivedAt: null } ? [.. (await t.Projects.ListAsync(t.Actor, false, t.Ct)).Where(p => p.Role >= ProjectRole.Writer && p.Id != project.Id)] : [];

    private static async Task<IResult> BoardAsync(string key, string? filter, Id<Column>? open, FormState state, ViewTools t)
    {
        var project = await FindAsync(key, t);
        filter = string.IsNullOrWhiteSpace(filter) ? null : filter;
        if (SavedFilters.Check(filter) is { Ok: false } wrong) (filter, state) = (null, Wrong(filter, wrong));
        var board = await GetBoard.HandleAsync(project.Id, filter, open, t.Db, t.Reader, t.Filters, t.Actor, t.Ct);
        return PageForms.Page<BoardPage>(t.Http, new { Model = new BoardModel(project, board, filter, await SavedAsync(project, t)) { Elsewhere = await ElsewhereAsync(project, t), Open = open }, State = state });
    }

    private static async Task<IResult> ListAsync(string key, string? filter, string? sort, string? cursor, ProjectTab tab, ViewTools t)
    {
        var project = await FindAsync(key, t);
        var state = FormState.Fresh;
        if (SavedFilters.Check(filter) is { Ok: false } wrong) (filter, state) = (null, Wrong(filter, wrong));
        filter = string.IsNullOrWhiteSpace(filter) ? null : filter;
        var found = await ListTasks.OfProjectAsync(project.Id, filter, sort, 100, cursor, t.Db, t.Reader, t.Filters, t.Actor, t.Ct);
        var model = new ListModel(project, found, filter, sort ?? "rank", await SavedAsync(project, t), t.Http.Request.Query["show"].OfType<string>().ToArray()) { Elsewhere = await ElsewhereAsync(project, t) };
        return tab == ProjectTab.Table ? PageForms.Page<TablePage>(t.Http, new { Model = model, State = state }) : PageForms.Page<ListPage>(t.Http, new { Model = model, State = state });
    }

    private static async Task<IResult> CalendarAsync(string key, string? filter, string? at, string? span, [AsParameters] ViewTools t)
    {
        var project = await FindAsync(key, t);
        var today = Today(t);
        var day = DateOnly.TryParseExact(at, "yyyy-MM-dd", out var asked) ? asked : today;
        var week = span == "week";
        var first = week ? Monday(day) : Monday(new DateOnly(day.Year, day.Month, 1));
        var last = first.AddDays(week ? 6 : 41);
        filter = string.IsNullOrWhiteSpace(filter) || !SavedFilters.Check(filter).Ok ? null : filter;
        var range = $"due >= {first:yyyy-MM-dd} and due < {last.AddDays(1):yyyy-MM-dd}";
        var found = new List<TaskCard>();
        string? cursor = null;
        do
        {
            var slice = await ListTasks.OfProjectAsync(project.Id, filter is null ? range : $"({filter}) and {range}", "due", 100, cursor, t.Db, t.Reader, t.Filters, t.Actor, t.Ct);
            found.AddRange(slice.Items);
            cursor = slice.Next;
        }
        while (cursor is not null && found.Count < MostInCalendar);
        var events = filter is null ? await ListEvents.HandleAsync(project.Id, first, last, t.Db, t.Actor, t.Ct) : [];
        return PageForms.Page<CalendarPage>(t.Http, new { Model = new CalendarModel(project, found, filter, day, first, last, week, today, await SavedAsync(project, t)) { Events = events } });
    }

    private static async Task<IResult> HistoryAsync(string key, string? cursor, [AsParameters] ViewTools t)
    {
        var project = await FindAsync(key, t);
        var found = await TaskHistory.OfProjectAsync(project.Id, 50, cursor, t.Db, t.Members, t.Actor, t.Ct);
        return PageForms.Page<HistoryPage>(t.Http, new { Model = new HistoryModel(project, found) });
    }

    private static Task<IResult> CreateAsync(string key, [AsParameters] ViewTools t) => PageForms.SendAsync(
        t.Http,
        async form =>
        {
            var id = await t.Projects.FindAsync(key, t.Ct);
            var fields = new List<(string, object?)> { (Field.Title, form.Text("title")) };
            foreach (var name in (string[])[Field.Column, Field.Parent])
                if (form.Said(name) is { } value) fields.Add((name, value));
            await CreateTask.HandleAsync(id, TaskEdit.Of(null, fields), t.Desk, t.Editing, t.Reader, t.Actor, t.Ct);
            return form.Back($"/tasks/p/{key}/board");
        },
        (state, _) => BoardAsync(key, null, null, state, t));

    private static FormState Wrong(string? filter, FilterCheck wrong) =>
        FormState.Of([KeyValuePair.Create("filter", filter)], [new("", $"The filter cannot be read{(wrong.At is { } at ? $" at character {at + 1}" : "")}: {wrong.Message}")]);

    internal static DateOnly Today(ViewTools t)
    {
        var day = Instant.FromDateTimeOffset(t.Clock.GetUtcNow()).InZone(Zones.Of(t.Actor)).Date;
        return new(day.Year, day.Month, day.Day);
    }

    private static DateOnly Monday(DateOnly day) => day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
}
