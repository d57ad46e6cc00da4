using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Lists what the caller may restore: one line for each act of deleting, newest first.</summary>
internal static class ListTrash
{
    /// <summary>One act of deleting.</summary>
    /// <param name="Kind"><c>task</c> or <c>project</c>.</param>
    /// <param name="Thing">The task or project itself, above what went with it.</param>
    /// <param name="Also">How many subtasks, or sub-projects, went with it.</param>
    /// <param name="Until">When it goes for good.</param>
    public sealed record Line(Id<Deletion> Deletion, string Kind, Thing Thing, string Title, string? Key, string? Project, int Also, DateTimeOffset DeletedAt, DateTimeOffset Until);

    public static void Map(RouteGroupBuilder tasks) => tasks.MapGet("/trash", HandleAsync)
        .Operation("listTrash", "Lists what you may restore, newest first", "tasks:read", RateClass.Read);

    public static async Task<Slice<Line>> HandleAsync(int? limit, string? cursor, TasksDb db, Actor actor, CancellationToken ct)
    {
        actor.Demand();
        var page = new Page(limit, cursor);
        var before = Cursor.Id<Deletion>(cursor);
        var tasks = from t in db.Tasks
                    join p in db.Projects on t.ProjectId equals p.Id
                    join a in db.Access(actor) on t.ProjectId equals a.ProjectId
                    where t.DeletionId != null && p.DeletedAt == null && a.Level >= (int)ProjectRole.Writer && (before == null || t.DeletionId < before)
                        && !db.Tasks.Any(up => up.Id == t.ParentId && up.DeletionId == t.DeletionId)
                    orderby t.DeletionId descending, t.Id
                    select new { t.Id, t.DeletionId, t.Title, t.Number, p.Key, Project = p.Title, t.DeletedAt, Also = db.Tasks.Count(x => x.DeletionId == t.DeletionId) - 1 };
        var projects = from p in db.Projects
                       join a in db.Access(actor) on p.Id equals a.ProjectId
                       where p.DeletionId != null && a.Level >= (int)ProjectRole.Admin && (before == null || p.DeletionId < before)
                           && !db.Projects.Any(up => up.Id == p.ParentId && up.DeletionId == p.DeletionId)
                       orderby p.DeletionId descending
                       select new { p.Id, p.DeletionId, p.Title, p.Key, p.DeletedAt, Also = db.Projects.Count(x => x.DeletionId == p.DeletionId) - 1 };
        var lines = (await tasks.Take(page.Size + 1).ToListAsync(ct))
            .Select(t => new Line(t.DeletionId!.Value, TaskPath.Kind, Thing.Of(TaskPath.Kind, t.Id), t.Title, t.Key is null ? null : $"{t.Key}-{t.Number}", t.Project, t.Also, t.DeletedAt!.Value, Until(t.DeletedAt.Value)))
            .Concat((await projects.Take(page.Size + 1).ToListAsync(ct))
                .Select(p => new Line(p.DeletionId!.Value, ProjectPath.Kind, Thing.Of(ProjectPath.Kind, p.Id), p.Title, p.Key, null, p.Also, p.DeletedAt!.Value, Until(p.DeletedAt.Value))))
            .DistinctBy(l => l.Deletion).OrderByDescending(l => l.Deletion).Take(page.Size + 1).ToList();
        return Slice<Line>.Cut(lines, page.Size, l => l.Deletion.ToString());
    }

    private static DateTimeOffset Until(DateTimeOffset deleted) => deleted.AddDays(PruneTasks.TrashDays);
}
