using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Tasks.Pages;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Tasks;

/// <summary>What a member sees across projects: today, upcoming, theirs, watched, by filter; the quick line; filters and trash.</summary>
internal static class MinePages
{
    private const string Mine = "is:mine and status:open";

    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/tasks", ([AsParameters] ViewTools t) => TodayAsync(null, null, t));
        pages.MapGet("/tasks/upcoming", UpcomingAsync);
        pages.MapGet("/tasks/mine", ([AsParameters] ViewTools t) => PageAsync(t, async () =>
            new("Assigned to me", "/tasks/mine", ByProject(await FindAsync(Mine, "due", t))) { Empty = "Nothing is assigned to you", Quick = true }));
        pages.MapGet("/tasks/watching", ([AsParameters] ViewTools t) => PageAsync(t, async () =>
            new("Watching", "/tasks/watching", ByProject(await FindAsync("is:watched and status:open", "-updated", t))) { Empty = "You watch no tasks. Watch one on its page, to hear of every change" }));
        pages.MapGet("/tasks/find", FilteredAsync);
        pages.MapGet("/tasks/new", (string? project, [AsParameters] ViewTools t) => NewAsync(project, null, null, t));
        pages.MapPost("/tasks/quick", QuickAsync).Rate(RateClass.Write);
        pages.MapPost("/tasks/quick/preview", PreviewAsync);
        pages.MapGet("/tasks/filters", (string? query, string? project, [AsParameters] ViewTools t) => FiltersAsync(query, project, FormState.Fresh, t));
        pages.MapPost("/tasks/filters", SaveFilterAsync).Rate(RateClass.Write);
        pages.MapPost("/tasks/filters/{id}/remove", async (Id<SavedFilter> id, [AsParameters] ViewTools t) =>
        {
            await SavedFilters.RemoveAsync(id, t.Db, t.Actor, t.Ct);
            return PageForms.SeeOther(t.Http, "/tasks/filters");
        }).Rate(RateClass.Write);
        pages.MapGet("/tasks/trash", (string? cursor, [AsParameters] ViewTools t) => TrashAsync(cursor, FormState.Fresh, t));
        pages.MapPost("/tasks/trash/restore", RestoreAsync).Rate(RateClass.Write);
        pages.MapPost("/tasks/trash/{deletion:long}/purge", (Id<Deletion> deletion, [AsParameters] ViewTools t) => PageForms.SendAsync(
            t.Http,
            async _ =>
            {
                await PurgeTrash.HandleAsync(deletion, t.Db, t.Actor, t.Ct);
                return "/tasks/trash";
            },
            (state, _) => TrashAsync(null, state, t))).Rate(RateClass.Write);
    }

    private static async Task<IReadOnlyList<TaskCard>> FindAsync(string filter, string sort, ViewTools t) =>
        (await ListTasks.AllAsync(filter, sort, 100, null, t.Db, t.Reader, t.Filters, t.Actor, t.Ct)).Items;

    private static IReadOnlyList<(string, IReadOnlyList<TaskCard>)> ByProject(IReadOnlyList<TaskCard> cards) =>
        [.. cards.GroupBy(c => c.Project.Id).Select(g => (g.First().Project.Title, (IReadOnlyList<TaskCard>)[.. g]))];

    /// <summary>Shows a list, where it stands read before its tasks were: what changes meanwhile is heard.</summary>
    private static async Task<IResult> PageAsync(ViewTools t, Func<Task<MineModel>> read, string? line = null, string? error = null)
    {
        var me = t.Actor.Demand();
        var stands = await MineTopic.StandsAsync(t.Db, t.Actor, t.Ct);
        return PageForms.Page<MinePage>(t.Http, new { Model = (await read()).Live(MineTopic.Of(me), stands), Line = line, Error = error });
    }

    private static async Task<IResult> TodayAsync(string? line, string? error, ViewTools t)
    {
        await t.Personal.EnsureAsync(t.Actor, t.Ct);
        return await PageAsync(t, () => TodaysAsync(t), line, error);
    }

    private static async Task<MineModel> TodaysAsync(ViewTools t)
    {
        var zone = Zones.Of(t.Actor);
        var today = BoardPages.Today(t);
        var days = (await FindAsync($"{Mine} and due <= +7d", "due", t)).Select(c => (Card: c, Day: c.NextDue!.DayIn(zone).ToDateOnly())).ToList();
        var places = (await FindAsync("is:mine and status:open and due:none", "due", t)).Where(c => c.Places?.Mine is > 0).ToList();
        return new("Today", "/tasks",
        [
            ("Overdue", [.. days.Where(d => d.Card.Overdue).Select(d => d.Card)]),
            ("Today", [.. days.Where(d => !d.Card.Overdue && d.Day <= today).Select(d => d.Card)]),
            ("Next seven days", [.. days.Where(d => !d.Card.Overdue && d.Day > today).Select(d => d.Card)]),
            ("You have a place", places),
        ])
        { Quick = true };
    }

    private static Task<IResult> UpcomingAsync([AsParameters] ViewTools t) => PageAsync(t, async () =>
    {
        var zone = Zones.Of(t.Actor);
        var reader = new Reader(t.Actor.Culture, t.Actor.TimeZone, t.Clock.GetUtcNow());
        var cards = await FindAsync($"{Mine} and due >= today", "due", t);
        return new("Upcoming", "/tasks/upcoming", [.. cards.GroupBy(c => c.NextDue!.DayIn(zone)).Select(g => (reader.Day(g.Key.ToDateOnly()), (IReadOnlyList<TaskCard>)[.. g]))]) { Empty = "Nothing ahead" };
    });

    private static Task<IResult> FilteredAsync(string? filter, [AsParameters] ViewTools t)
    {
        var check = SavedFilters.Check(filter);
        return check.Ok
            ? PageAsync(t, async () => new("Found", $"/tasks/find?filter={Uri.EscapeDataString(filter ?? "")}", ByProject(await FindAsync(filter ?? "", "due", t))) { Empty = "Nothing matches" })
            : Task.FromResult(PageForms.Page<WordPage>(t.Http, new { Title = "Filter", Text = check.Message ?? "The filter cannot be read.", Href = "/tasks/filters" }));
    }

    private static async Task<IResult> NewAsync(string? project, string? line, string? error, ViewTools t)
    {
        var list = await ReadProjects.ListAsync(t.Projects, t.Personal, t.Actor, t.Ct);
        return PageForms.Page<NewTaskPage>(t.Http, new { Model = new ProjectsModel(list.Items, false), Line = line, Error = error, Project = project });
    }

    private static Task<IResult> QuickAsync([AsParameters] ViewTools t)
    {
        var (line, project, back) = ((string?)null, (string?)null, (string?)null);
        return PageForms.SendAsync(
            t.Http,
            async form =>
            {
                (line, project, back) = (form.Text("line"), form.Said("project"), form.Said("back"));
                var added = await QuickAdd.HandleAsync(
                    new(line ?? "", form.Number("project") is { } id ? new Id<Project>(id) : null), t.Desk, t.Names, t.Personal, t.Members, t.Reader, t.Actor, t.Ct);
                return back is null ? added.Task!.Href : form.Back("/tasks");
            },
            (_, refusal) => back is null ? NewAsync(project, line, refusal.Message, t) : TodayAsync(line, refusal.Message, t));
    }

    private static async Task<IResult> PreviewAsync([AsParameters] ViewTools t)
    {
        var form = await t.Http.Request.ReadFormAsync(t.Ct);
        var seen = await QuickAdd.HandleAsync(new(form.Text("line") ?? "", DryRun: true), t.Desk, t.Names, t.Personal, t.Members, t.Reader, t.Actor, t.Ct);
        return PageForms.Page<QuickChips>(t.Http, new { Model = new QuickModel(seen) });
    }

    private static async Task<IResult> FiltersAsync(string? query, string? project, FormState state, ViewTools t)
    {
        var filters = await SavedFilters.ListAsync(t.Db, t.Actor, t.Ct);
        var projects = await t.Projects.ListAsync(t.Actor, false, t.Ct);
        var at = projects.FirstOrDefault(p => p.Key == project && project is not null)?.Id.ToString() ?? project;
        return PageForms.Page<FiltersPage>(t.Http, new { Model = new FiltersModel(filters.Items, projects, query, at), State = state });
    }

    private static Task<IResult> SaveFilterAsync([AsParameters] ViewTools t) => PageForms.SendAsync(
        t.Http,
        async form =>
        {
            await SavedFilters.AddAsync(new(form.Text("name") ?? "", form.Text("query") ?? "", form.Number("shared_with") is { } id ? new Id<Project>(id) : null), t.Db, t.Actor, t.Ct);
            return "/tasks/filters";
        },
        (state, _) => FiltersAsync(null, null, state, t));

    private static async Task<IResult> TrashAsync(string? cursor, FormState state, ViewTools t) =>
        PageForms.Page<TrashPage>(t.Http, new { Model = new TrashModel(await ListTrash.HandleAsync(50, cursor, t.Db, t.Actor, t.Ct)), State = state });

    private static Task<IResult> RestoreAsync([AsParameters] ViewTools t) => PageForms.SendAsync(
        t.Http,
        async form =>
        {
            if (!Thing.TryParse(form.Text("thing"), null, out var thing)) throw Refusal.NotFound();
            if (thing.Kind == "project") await TrashProject.RestoreAsync(thing.As<Project>(), t.ProjectDesk, t.Projects, t.Actor, t.Ct);
            else await TrashTask.RestoreAsync(thing.As<TaskItem>(), t.Desk, t.Reader, t.Actor, t.Ct);
            return "/tasks/trash";
        },
        (state, _) => TrashAsync(null, state, t));
}
