using Atrium.Contracts.Social;
using Atrium.Kernel;
using Atrium.Kernel.Files;
using Atrium.Kernel.Http;
using Atrium.Kernel.Outbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Removes what one deletion took, for good.</summary>
internal static class PurgeTrash
{
    public static void Map(RouteGroupBuilder tasks) => tasks.MapDelete("/trash/{deletion}", async (Id<Deletion> deletion, TasksDb db, Actor actor, CancellationToken ct) =>
        {
            await HandleAsync(deletion, db, actor, ct);
            return TypedResults.NoContent();
        })
        .Operation("purgeTrash", "Removes something from the trash for good", "tasks:admin", RateClass.Write, "not_found");

    public static async Task HandleAsync(Id<Deletion> deletion, TasksDb db, Actor actor, CancellationToken ct)
    {
        var level = await (from t in db.Tasks
                           join a in db.Access(actor) on t.ProjectId equals a.ProjectId
                           where t.DeletionId == deletion
                           select (int?)a.Level).Concat(
                    from p in db.Projects
                    join a in db.Access(actor) on p.Id equals a.ProjectId
                    where p.DeletionId == deletion
                    select (int?)a.Level).MinAsync(ct);
        Rights.Demand((ProjectRole?)level, ProjectRole.Admin);
        await PurgeAsync(deletion, db, ct);
    }

    /// <summary>The projects' rows are taken first, lowest id first, as every change does: a restore at the same time is before or after, never between.</summary>
    public static Task PurgeAsync(Id<Deletion> deletion, TasksDb db, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            var projects = await db.Tasks.Where(t => t.DeletionId == deletion).Select(t => t.ProjectId).Union(db.Projects.Where(p => p.DeletionId == deletion).Select(p => p.Id)).ToListAsync(token);
            foreach (var project in projects.Order()) await db.TakeSeqAsync(project, token);
            var files = await db.Files.Where(f => db.Tasks.Any(t => t.Id == f.TaskId && (t.DeletionId == deletion || db.Projects.Any(p => p.Id == t.ProjectId && p.DeletionId == deletion)))).Select(f => f.FileRef).ToListAsync(token);
            var gone = await db.Tasks.Where(t => t.DeletionId == deletion || db.Projects.Any(p => p.Id == t.ProjectId && p.DeletionId == deletion)).Select(t => t.Id).ToListAsync(token);
            await db.Projects.Where(p => p.DeletionId == deletion).ExecuteDeleteAsync(token);
            await db.Tasks.Where(t => t.DeletionId == deletion).ExecuteDeleteAsync(token);
            foreach (var file in files) db.Publish(new FileLetGo(new(file)));
            foreach (var task in gone) db.Publish(new DiscussedThingGone(Thing.Of("task", task)), $"task:{task}");
        },
        ct);
}

/// <summary>A task no longer holds a file.</summary>
[EventName("tasks.file_let_go")]
internal sealed record FileLetGo(Id<FileRecord> File);

/// <summary>Lets the platform's file go.</summary>
internal sealed class ReleaseTaskFile(FileDesk files) : IEffect<FileLetGo>
{
    public Task HandleAsync(FileLetGo happened, Delivery delivery, CancellationToken ct) => files.ReleaseAsync(happened.File, ct);
}
