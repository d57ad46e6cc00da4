using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Files;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Files of a task: added by upload or by the id of one uploaded before, listed, removed; a picture may be its cover.</summary>
internal static class EditAttachments
{
    /// <param name="File">A file uploaded to <c>/api/files</c> within the last day.</param>
    public sealed record Request(Id<FileRecord> File);

    /// <param name="Cover">A file of the task; null for no cover.</param>
    public sealed record CoverRequest(Id<TaskFile>? Cover);

    public sealed record View(Id<TaskFile> Id, string Name, string Url, string ContentType, long Length, int? Width, int? Height, bool IsCover, Id<Member>? AddedBy, DateTimeOffset AddedAt);

    public static void Map(RouteGroupBuilder tasks)
    {
        tasks.MapGet("/tasks/{id}/attachments", ListAsync).Operation("listAttachments", "Lists the files of a task", "tasks:read", RateClass.Read, "not_found");
        tasks.MapPost("/tasks/{id}/attachments", async (Id<TaskItem> id, IFormFile file, TaskDesk desk, FileDesk files, KernelDb kernel, Actor actor, CancellationToken ct) =>
            {
                await desk.Db.DemandAsync(id, actor, ProjectRole.Writer, ct);
                if (file.Length > Limits.FileBytes) throw Refusal.TooLarge("A file holds at most 100 MiB.");
                await using var content = file.OpenReadStream();
                var taken = await files.TakeAsync(content, file.FileName, actor.Demand(), ct);
                var made = await AddAsync(id, taken.Id, desk, files, actor, ct);
                return TypedResults.Created($"/api/tasks/tasks/{id}/attachments", Show(made, taken, null));
            })
            .Operation("attachFile", "Adds a file to a task", "tasks:write", RateClass.Heavy, "not_found", "too_large", "too_many_items");
        tasks.MapPut("/tasks/{id}/attachments", async (Id<TaskItem> id, Request request, TaskDesk desk, FileDesk files, Actor actor, CancellationToken ct) =>
            {
                await AddAsync(id, request.File, desk, files, actor, ct);
                return TypedResults.NoContent();
            })
            .Operation("attachUploaded", "Adds a file uploaded before to a task", "tasks:write", RateClass.Write, "not_found", "no_such_file", "too_many_items");
        tasks.MapPut("/tasks/{id}/cover", async (Id<TaskItem> id, CoverRequest request, TaskDesk desk, Actor actor, CancellationToken ct) =>
            {
                await CoverAsync(id, request.Cover, desk, actor, ct);
                return TypedResults.NoContent();
            })
            .Operation("setCover", "Makes one of a task's pictures its cover, or takes it away", "tasks:write", RateClass.Write, "not_found", "not_a_picture");
        tasks.MapDelete("/tasks/{id}/attachments/{file}", async (Id<TaskItem> id, Id<TaskFile> file, TaskDesk desk, Actor actor, CancellationToken ct) =>
            {
                await RemoveAsync(id, file, desk, actor, ct);
                return TypedResults.NoContent();
            })
            .Operation("detachFile", "Removes a file from a task", "tasks:write", RateClass.Write, "not_found");
    }

    public static async Task<IReadOnlyList<View>> ListAsync(Id<TaskItem> id, TasksDb db, KernelDb kernel, Actor actor, CancellationToken ct)
    {
        await db.DemandAsync(id, actor, ProjectRole.Reader, ct);
        var cover = await db.Tasks.Where(t => t.Id == id).Select(t => t.CoverFileId).FirstAsync(ct);
        var held = await db.Files.Where(f => f.TaskId == id).OrderBy(f => f.Id).ToListAsync(ct);
        var refs = held.Select(f => new Id<FileRecord>(f.FileRef)).ToList();
        var records = await kernel.Files.Where(f => refs.Contains(f.Id)).ToDictionaryAsync(f => f.Id.Value, ct);
        return [.. held.Where(f => records.ContainsKey(f.FileRef)).Select(f => Show(f, records[f.FileRef], cover))];
    }

    /// <summary>The file is attached before the row and let go if the row cannot be made: never a row without its file.</summary>
    public static async Task<TaskFile> AddAsync(Id<TaskItem> id, Id<FileRecord> file, TaskDesk desk, FileDesk files, Actor actor, CancellationToken ct)
    {
        var standing = await desk.Db.DemandAsync(id, actor, ProjectRole.Writer, ct);
        var shown = await desk.Db.Tasks.Where(t => t.Id == id).Join(desk.Db.Projects, t => t.ProjectId, p => p.Id, (t, p) => new { Task = t, Project = p }).FirstAsync(ct);
        var record = await files.AttachAsync(file, shown.Task.AudienceIn(shown.Project), actor.Demand(), ct);
        try
        {
            return await desk.ChangeTaskAsync(
                id, actor, Parts.None,
                async (write, task) =>
                {
                    write.Demand(ProjectRole.Writer);
                    Limits.Demand(await desk.Db.Files.CountAsync(f => f.TaskId == id, ct) + 1, Limits.Files, Field.Files, "files of a task");
                    var held = new TaskFile(id, file.Value, record.FileName, write.By);
                    desk.Db.Add(held);
                    task.Note(write.By, Field.Files, null, held.Name);
                    return held;
                },
                ct);
        }
        catch
        {
            await files.ReleaseAsync(file, CancellationToken.None);
            throw;
        }
    }

    public static Task<bool> RemoveAsync(Id<TaskItem> id, Id<TaskFile> file, TaskDesk desk, Actor actor, CancellationToken ct) => desk.ChangeTaskAsync(
        id, actor, Parts.None,
        async (write, task) =>
        {
            var held = await desk.Db.Files.AsTracking().FirstOrDefaultAsync(f => f.Id == file && f.TaskId == id, ct) ?? throw Refusal.NotFound();
            if (task.CoverFileId == file) task.Cover(null, write.By);
            desk.Db.Remove(held);
            desk.Db.Publish(new FileLetGo(new(held.FileRef)));
            task.Note(write.By, Field.Files, held.Name, null);
            return true;
        },
        ct);

    public static Task<bool> CoverAsync(Id<TaskItem> id, Id<TaskFile>? cover, TaskDesk desk, Actor actor, CancellationToken ct) => desk.ChangeTaskAsync(
        id, actor, Parts.None,
        async (write, task) =>
        {
            if (cover is not null && !await desk.Db.Files.AnyAsync(f => f.Id == cover && f.TaskId == id, ct)) throw Refusal.NotFound();
            task.Cover(cover, write.By);
            return true;
        },
        ct);

    private static View Show(TaskFile held, FileRecord record, Id<TaskFile>? cover) =>
        new(held.Id, held.Name, record.Url, record.ContentType, record.Length, record.Width, record.Height, held.Id == cover, held.AddedBy, held.AddedAt);
}
