using System.Text.Json;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Tasks.Pages;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Tasks;

/// <summary>Projects: the list of them, a new one, and the settings of one.</summary>
internal static class ProjectPages
{
    public static void Map(RouteGroupBuilder pages)
    {
        pages.MapGet("/tasks/projects", async (bool? archived, [AsParameters] ProjectTools t) => PageForms.Page<ProjectsPage>(t.Http, new { Model = await ListAsync(archived == true, t) }));
        pages.MapGet("/tasks/projects/new", ([AsParameters] ProjectTools t) => NewAsync(FormState.Fresh, t));
        pages.MapPost("/tasks/projects/new", CreateAsync).Rate(RateClass.Write);
        pages.MapGet("/tasks/p/{key}/settings", (string key, [AsParameters] ProjectTools t) => SettingsAsync(key, FormState.Fresh, t));
        Act(pages, "", EditAsync);
        Act(pages, "/columns", async (id, form, t) => await ProjectColumnsApi.AddAsync(id, new(form.Text("name") ?? "", Enum.TryParse<Category>(form.Text("category"), out var category) ? category : Category.Doing), t.Desk, t.Reader, t.Actor, t.Ct));
        ActOn<Column>(pages, "/columns/{part}", ColumnAsync);
        Act(pages, "/labels", async (id, form, t) => await ProjectLabelsApi.AddAsync(id, new(form.Text("name")), t.Desk, t.Reader, t.Actor, t.Ct));
        ActOn<Label>(pages, "/labels/{part}", async (_, label, form, t) => await (form.Text("act") == "delete"
            ? ProjectLabelsApi.RemoveAsync(label, t.Desk, t.Reader, t.Actor, t.Ct)
            : ProjectLabelsApi.EditAsync(label, new(form.Text("name"), form.Text("color")), t.Desk, t.Reader, t.Actor, t.Ct)));
        Act(pages, "/people", PersonAsync);
        Act(pages, "/archive", (id, form, t) => EditProject.ArchiveAsync(id, form.Text("archive") == "true", t.Desk, t.Reader, t.Actor, t.Ct));
        pages.MapPost("/tasks/p/{key}/settings/duplicate", (string key, [AsParameters] ProjectTools t) => GoAsync(key, t, async id =>
        {
            var source = await t.Reader.ViewAsync(id, t.Actor, t.Ct);
            return $"{Words.Href(await DuplicateProject.HandleAsync(id, new($"{source.Title} (copy)"), t.Desk, t.Reader, t.Actor, t.Ct))}/settings";
        })).Rate(RateClass.Write);
        pages.MapPost("/tasks/p/{key}/settings/trash", (string key, [AsParameters] ProjectTools t) => GoAsync(key, t, async id =>
        {
            await TrashProject.DeleteAsync(id, t.Desk, t.Search, t.Actor, t.Ct);
            return "/tasks/projects";
        })).Rate(RateClass.Write);
    }

    private static async Task<ProjectsModel> ListAsync(bool archived, ProjectTools t) => new((await ReadProjects.ListAsync(t.Reader, t.Personal, t.Actor, t.Ct, archived)).Items, archived);

    private static async Task<IResult> NewAsync(FormState state, ProjectTools t) => PageForms.Page<NewProjectPage>(t.Http, new { Model = await ListAsync(false, t), State = state });

    private static Task<IResult> CreateAsync([AsParameters] ProjectTools t) => PageForms.SendAsync(
        t.Http,
        async form =>
        {
            var request = new CreateProject.Request(
                form.Text("title") ?? "", form.Said("key")?.ToUpperInvariant(), null, form.Said("description"),
                form.Number("parent") is { } parent ? new Id<Project>(parent) : null, Enum.TryParse<Visibility>(form.Text("visibility"), true, out var visibility) ? visibility : null);
            return $"{Words.Href(await CreateProject.HandleAsync(request, t.Desk, t.Reader, t.Actor, t.Ct))}/board";
        },
        (state, _) => NewAsync(state, t));

    private static async Task<IResult> SettingsAsync(string key, FormState state, ProjectTools t)
    {
        var project = await t.Reader.ViewAsync(await t.Reader.FindAsync(key, t.Ct), t.Actor, t.Ct);
        Rights.Demand(project.Role, ProjectRole.Admin);
        var taken = project.Members.Select(m => m.Principal).ToHashSet(StringComparer.Ordinal);
        var groups = (await t.Groups.OfMemberAsync(t.Actor.Demand(), t.Ct)).Concat(await t.Groups.SearchAsync("", 50, t.Actor, t.Ct)).DistinctBy(g => g.Id)
            .Select(g => (Principal: Principal.Of(g.Id), Title: $"{g.Name} ({Words.Count(g.Members, "member")})")).Where(g => !taken.Contains(g.Principal)).OrderBy(g => g.Title, StringComparer.CurrentCultureIgnoreCase).ToList();
        var below = (await t.Db.BelowAsync(project.Id, t.Ct)).ToHashSet();
        var parents = (await t.Reader.ListAsync(t.Actor, false, t.Ct)).Where(p => p is { Personal: false, Role: ProjectRole.Admin } && !below.Contains(p.Id)).ToList();
        return PageForms.Page<SettingsPage>(t.Http, new { Model = new SettingsModel(project, groups, parents, t.House.Of($"/dav/calendars/users/{t.Actor.Handle}/{Uri.EscapeDataString(project.CalendarName)}/"), state.Value("form")), State = state });
    }

    private static Task EditAsync(Id<Project> id, IFormCollection form, ProjectTools t)
    {
        var fields = form.Where(f => f.Key is "title" or "key" or "description" or "color" or "visibility" or "parent")
            .ToDictionary(f => f.Key, f => f.Key == "key" ? f.Value.ToString().ToUpperInvariant() : f.Key == "parent" && f.Value.ToString().Length == 0 ? null : f.Value.ToString());
        return EditProject.HandleAsync(id, JsonSerializer.SerializeToElement(fields, ApiJson.Options), null, t.Desk, t.Reader, t.Actor, t.Ct);
    }

    private static async Task ColumnAsync(Id<Project> id, Id<Column> column, IFormCollection form, ProjectTools t)
    {
        var columns = (await t.Reader.ViewAsync(id, t.Actor, t.Ct)).Columns.Select(c => c.Id).ToList();
        var at = columns.IndexOf(column);
        if (at < 0) throw Refusal.NotFound();
        object? patch = form.Text("act") switch
        {
            "up" => new { after = at < 2 ? null : columns[at - 2].ToString() },
            "down" => new { after = columns[Math.Min(at + 1, columns.Count - 1)].ToString() },
            "delete" => null,
            _ => new { name = form.Text("name"), wip_limit = form.Number("wip_limit") },
        };
        if (patch is null) await ProjectColumnsApi.RemoveAsync(column, form.Number("to") is { } to ? new Id<Column>(to) : null, t.Tasks, t.Reader, t.Actor, t.Ct);
        else await ProjectColumnsApi.EditAsync(column, JsonSerializer.SerializeToElement(patch), t.Desk, t.Reader, t.Actor, t.Ct);
    }

    private static async Task PersonAsync(Id<Project> id, IFormCollection form, ProjectTools t)
    {
        var principal = form.Said("principal");
        if (form.Said("handle") is { } handle)
        {
            var found = (await t.Members.FindAsync([handle.TrimStart('@')], t.Ct)).Values.FirstOrDefault() ?? throw Refusal.Invalid("handle", "Nobody here has that handle.");
            principal = Thing.Of("member", found.Id).ToString();
        }

        if (principal is null) throw Refusal.Invalid("handle", "Write a handle, or choose a group.");
        if (form.Text("act") == "remove") await ProjectMembersApi.RemoveAsync(id, principal, t.Desk, t.Actor, t.Ct);
        else await ProjectMembersApi.SetAsync(id, principal, new(Enum.TryParse<ProjectRole>(form.Text("role"), out var role) ? role : ProjectRole.Reader), t.Desk, t.Reader, t.Members, t.Groups, t.Actor, t.Ct);
    }

    private static void Act(RouteGroupBuilder pages, string path, Func<Id<Project>, IFormCollection, ProjectTools, Task> act) =>
        pages.MapPost("/tasks/p/{key}/settings" + path, (string key, [AsParameters] ProjectTools t) => DoAsync(key, t, (id, form) => act(id, form, t))).Rate(RateClass.Write);

    private static void ActOn<T>(RouteGroupBuilder pages, string path, Func<Id<Project>, Id<T>, IFormCollection, ProjectTools, Task> act) =>
        pages.MapPost("/tasks/p/{key}/settings" + path, (string key, Id<T> part, [AsParameters] ProjectTools t) => DoAsync(key, t, (id, form) => act(id, part, form, t))).Rate(RateClass.Write);

    private static Task<IResult> DoAsync(string key, ProjectTools t, Func<Id<Project>, IFormCollection, Task> act) => PageForms.SendAsync(
        t.Http,
        async form =>
        {
            var id = await t.Reader.FindAsync(key, t.Ct);
            await act(id, form);
            return $"{Words.Href(await t.Reader.ViewAsync(id, t.Actor, t.Ct))}/settings";
        },
        (state, _) => SettingsAsync(key, state, t));

    private static Task<IResult> GoAsync(string key, ProjectTools t, Func<Id<Project>, Task<string>> act) => PageForms.SendAsync(
        t.Http, async _ => await act(await t.Reader.FindAsync(key, t.Ct)), (state, _) => SettingsAsync(key, state, t));
}
