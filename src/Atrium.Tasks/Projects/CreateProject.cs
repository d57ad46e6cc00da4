using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Makes a project with three columns; its maker is its admin.</summary>
internal static class CreateProject
{
    /// <param name="Key">A letter and one to nine more letters or digits, the start of its tasks' keys (<c>CLUB-12</c>); made up unless given.</param>
    /// <param name="Color"><c>#rrggbb</c>.</param>
    /// <param name="Description">Markdown.</param>
    /// <param name="Parent">The project it hangs under.</param>
    /// <param name="Visibility">Who may read it beside its members: <c>private</c> unless said.</param>
    public sealed record Request(string Title, string? Key = null, string? Color = null, string? Description = null, Id<Project>? Parent = null, Visibility? Visibility = null);

    public static void Map(RouteGroupBuilder projects) => projects.MapPost("", HandleAsync)
        .Operation("createProject", "Makes a project", "tasks:write", RateClass.Write, "key_taken", "bad_key", "too_many_items");

    public static async Task<ProjectView> HandleAsync(Request request, ProjectDesk desk, ProjectReader reader, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        if (actor.Role < Role.Member) throw Refusal.Forbidden("Guests take part in projects of others.");
        var id = await AddAsync(request, me, desk, actor, ct);
        return await reader.ViewAsync(id, actor, ct);
    }

    /// <summary>A key that was made up here may be taken by who makes a project at the same moment: then another is made up.</summary>
    private static async Task<Id<Project>> AddAsync(Request request, Id<Member> me, ProjectDesk desk, Actor actor, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(request, me, desk, actor, ct);
            }
            catch (Refusal taken) when (taken.Code == "key_taken" && request.Key is null && attempt < 8)
            {
            }
        }
    }

    private static Task<Id<Project>> TryAsync(Request request, Id<Member> me, ProjectDesk desk, Actor actor, CancellationToken ct) => desk.GuardAsync(
            async token =>
            {
                var db = desk.Db;
                Limits.Demand(await db.Projects.CountAsync(p => p.CreatedBy == me && p.DeletedAt == null, token) + 1, Limits.ProjectsOfMember, "title", "projects of your own");
                var project = new Project(request.Title, request.Key ?? await FreeKeyAsync(request.Title, db, token), me, db.Now) { CalendarName = Id<Project>.New().ToString() };
                if (request.Color is not null) project.Paint(request.Color);
                if (request.Description is not null) project.Describe(request.Description);
                project.Show(request.Visibility ?? Visibility.Private, Audience.NewSet());
                if (request.Parent is { } parent) await NestAsync(project, parent, 0, db, actor, token);
                db.Projects.Add(project);
                await db.SaveChangesAsync(token);
                await ProjectAudience.SyncAsync(project.Id, db, token);
                await desk.IndexAsync(project, token);
                db.Tell("project.created", project, actor);
                return project.Id;
            },
            ct);

    /// <summary>Puts a project under another, whose admin the actor must be.</summary>
    public static async Task NestAsync(Project project, Id<Project> parent, int height, TasksDb db, Actor actor, CancellationToken ct)
    {
        await db.DemandAsync(parent, actor, ProjectRole.Admin, ct);
        var lineage = await db.LineageAsync(parent, ct);
        if (lineage.Any(p => p.IsPersonal)) throw Refusal.Invalid("parent", "A personal list has no projects inside.");
        project.Nest(parent, [.. lineage.Select(p => p.Id)], height);
    }

    /// <summary>A key from the first letters of a title that nobody has: CLUB, CLUB2.</summary>
    public static async Task<string> FreeKeyAsync(string title, TasksDb db, CancellationToken ct)
    {
        var words = Kernel.Text.Folding.Fold(title).ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(w => new string([.. w.Where(char.IsAsciiLetterOrDigit)])).Where(w => w.Length > 0).ToList();
        var stem = words.Count > 1 ? string.Concat(words.Select(w => w[0])) : words.FirstOrDefault() ?? "";
        stem = new string([.. stem.SkipWhile(c => !char.IsAsciiLetterUpper(c)).Take(6)]);
        if (stem.Length < 2) stem = (stem + "PR")[..2];
        var taken = await db.Projects.Where(p => p.Key != null && p.Key.StartsWith(stem)).Select(p => p.Key!).ToListAsync(ct);
        return Enumerable.Range(1, 9_999).Select(n => n == 1 ? stem : $"{stem}{n}").First(k => !taken.Contains(k));
    }
}
