using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Finds the project an import goes to, or makes it.</summary>
internal sealed class ImportTargets(TasksDb db, ProjectDesk desk)
{
    /// <summary>The project of this id, key or title; null when it has to be made. By title only those the actor administers are found.</summary>
    /// <exception cref="Refusal">Forbidden (<c>role_too_low</c>) when the actor is no admin of the one named.</exception>
    public async Task<Project?> FindAsync(string wanted, Actor actor, CancellationToken ct)
    {
        var name = wanted.Trim();
        var key = name.ToUpperInvariant();
        var id = Id<Project>.TryParse(name, null, out var parsed) ? parsed : default;
        var lower = name.ToLowerInvariant();
        var found = await (from p in db.Projects
                           join a in db.Access(actor) on p.Id equals a.ProjectId
                           where p.DeletedAt == null && (p.Id == id || p.Key == key || (a.Level == (int)ProjectRole.Admin && p.Title.ToLower() == lower))
                           orderby p.Id
                           select new { Project = p, a.Level }).ToListAsync(ct);
        var best = found.Find(f => f.Project.Id == id) ?? found.Find(f => f.Project.Key == key) ?? found.Find(f => f.Project.ArchivedAt is null);
        if (best is null) return null;
        Rights.Demand((ProjectRole)best.Level, ProjectRole.Admin);
        return best.Project.ArchivedAt is null ? best.Project : throw Refusal.Conflict("archived", "This project is archived. Unarchive it to change anything.");
    }

    /// <summary>Makes a private project of that title with the plan's columns. Two runs at once make one.</summary>
    /// <param name="people">Members the file names: they worked there, so they are let in as writers.</param>
    public async Task<Project> MakeAsync(string title, ImportPlan plan, IReadOnlyCollection<Id<Member>> people, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        return await db.WriteAsync(
            async token =>
            {
                // SQLite has one writer at a time; PostgreSQL is asked to let one through for this member.
                if (!db.House.IsSqlite) await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({me.Value})", token);
                if (await FindAsync(title, actor, token) is { } there) return there;
                Limits.Demand(await db.Projects.CountAsync(p => p.CreatedBy == me && p.DeletedAt == null && p.PersonalOf == null, token) + 1, Limits.ProjectsOfMember, "project", "projects");
                var project = new Project(Title(title), await CreateProject.FreeKeyAsync(title, db, token), me, db.Now) { CalendarName = RandomKey.New(16) };
                foreach (var member in people.Where(m => m != me)) project.SetMember(Principal.Of(member), ProjectRole.Writer);
                project.Show(Visibility.Private, Audience.NewSet());
                LayColumns(project, plan);
                db.Projects.Add(project);
                await db.SaveChangesAsync(token);
                await ProjectAudience.SyncAsync(project.Id, db, token);
                await desk.IndexAsync(project, token);
                db.Tell("project.created", project, actor);
                return project;
            },
            ct);
    }

    /// <summary>A project that is still empty takes over what our own export says of the project itself.</summary>
    public static void LayOut(Project project, ImportPlan plan)
    {
        if (plan.Project is not { } own) return;
        LayColumns(project, plan);
        foreach (var column in plan.Columns.Where(c => plan.Defaults.Contains(c.SourceId)))
            if (project.Columns.Find(c => c.Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase)) is { } kept)
                project.MakeDefault(kept.Id);
        if (own.Color.Length > 0) project.Paint(own.Color);
        if (project.Description.Length == 0) project.Describe(own.Description);
    }

    /// <summary>The plan's columns in its order, in place of the sample ones.</summary>
    private static void LayColumns(Project project, ImportPlan plan)
    {
        var samples = project.Columns.ToList();
        foreach (var column in plan.Columns)
            if (!samples.Exists(s => s.Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase)))
                project.AddColumn(column.Name, column.Category);
        foreach (var column in plan.Columns)
            if (project.Columns.Find(c => c.Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase)) is { } kept)
                project.MoveColumn(kept.Id, null);
        foreach (var sample in samples.Where(s => !plan.Columns.Any(c => c.Name.Equals(s.Name, StringComparison.OrdinalIgnoreCase)) && (s.Category == Category.Doing || project.Columns.Count(c => c.Category == s.Category) > 1)))
            project.RemoveColumn(sample.Id, null, isEmpty: true);
    }

    private static string Title(string title) => title.Trim() is var t && t.Length > Limits.Name ? t[..Limits.Name] : t;
}
