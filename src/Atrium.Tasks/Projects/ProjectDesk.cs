using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Search;
using Atrium.Kernel.Text;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>The one way a project itself is changed: authorise, load, change, then revision, seq, search and live wake-up in one transaction.</summary>
internal sealed class ProjectDesk(TasksDb db, ISearch search)
{
    public TasksDb Db => db;

    /// <param name="ifMatch">The revision that was edited; null to change whatever is there.</param>
    /// <param name="archived">True where an archived project may be changed too.</param>
    /// <param name="tree">True where projects change how they hang in each other: one such change at a time.</param>
    public Task<T> ChangeAsync<T>(Id<Project> id, Actor actor, Etag? ifMatch, Func<Project, Task<T>> work, CancellationToken ct, ProjectRole least = ProjectRole.Admin, bool archived = false, bool tree = false) => GuardAsync(
        async token =>
        {
            if (tree) await db.LockTreeAsync(token);
            if (await db.CountAsync(id, 0, actor, token) is not { Role: { } role } counted) throw Refusal.NotFound();
            var project = await db.Projects.AsTracking().Include(p => p.Columns).Include(p => p.Labels).Include(p => p.Members).AsSplitQuery()
                .FirstOrDefaultAsync(p => p.Id == id && p.DeletedAt == null, token) ?? throw Refusal.NotFound();
            Rights.Demand(role, least);
            if (!archived && project.ArchivedAt is not null) throw Refusal.Conflict("archived", "This project is archived. Unarchive it to change anything.");
            ifMatch?.Demand(project.Revision);
            project.Counted(counted.Seq, counted.NextNumber);
            var result = await work(project);
            await db.SaveChangesAsync(token);
            await search.IndexAsync(db, [Document(project)], token);
            db.Announce($"project:{id}", counted.Seq, data: new { project = id, by = actor.MemberId });
            return result;
        },
        ct);

    /// <summary>A transaction whose half-done rest nobody saves later; a taken key is said so.</summary>
    public async Task<T> GuardAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        try
        {
            return await db.WriteAsync(work, ct);
        }
        catch (UniqueViolation taken) when (taken.Index.Contains("tasks_project", StringComparison.Ordinal) && taken.Index.EndsWith("key", StringComparison.Ordinal) | taken.Index.Contains(".key", StringComparison.Ordinal))
        {
            db.ChangeTracker.Clear();
            throw Refusal.Conflict("key_taken", "Another project has that key.");
        }
        catch
        {
            db.ChangeTracker.Clear();
            throw;
        }
    }

    public Task IndexAsync(Project project, CancellationToken ct) => search.IndexAsync(db, [Document(project)], ct);

    public static SearchDocument Document(Project project) => new(
        Thing.Of("project", project.Id), TasksDb.Name, project.Audience, $"{project.Key} {project.Title}".Trim(), Markup.Render(project.Description).Plain,
        $"/tasks/p/{project.Key ?? project.Id.ToString()}", project.CreatedAt, []);
}
