using System.IO.Compression;
using Atrium.Kernel;
using Atrium.Kernel.Files;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Puts the files of our own ZIP to the tasks that were made from it. A task that has a file of that name keeps it, so a second run adds none.</summary>
internal sealed class PlanFiles(TasksDb db, TaskDesk desk, FileDesk files)
{
    private const long Most = 500L * 1024 * 1024;

    public async Task AttachAsync(ImportPlan plan, Id<Project> project, Actor actor, Func<long, long?, string?, CancellationToken, Task> progress, CancellationToken ct)
    {
        var wanted = plan.Tasks.Where(t => t.Own is { Files.Count: > 0 }).ToList();
        if (plan.Archive is null || wanted.Count == 0) return;
        var ids = await db.ImportRefs.Where(r => r.ProjectId == project && r.Source == plan.Source).ToDictionaryAsync(r => r.SourceId, r => r.TaskId, ct);
        using var zip = new ZipArchive(new MemoryStream(plan.Archive, writable: false), ZipArchiveMode.Read);
        var (done, bytes, started) = (0, 0L, db.Now);
        foreach (var task in wanted)
        {
            await progress(done++, wanted.Count, "Adding files", ct);
            if (!ids.TryGetValue(task.SourceId, out var id) || !await db.Tasks.AnyAsync(t => t.Id == id && t.ProjectId == project && t.DeletedAt == null, ct)) continue;
            var there = await db.Files.Where(f => f.TaskId == id).Select(f => f.Name).ToListAsync(ct);
            foreach (var part in task.Own!.Files.Where(f => !there.Contains(f.Name)))
            {
                if (zip.GetEntry(part.Path) is not { } entry) plan.Report.Lost(task.SourceId, Field.Files, $"“{part.Name}” is not in the ZIP.");
                else if ((bytes += entry.Length) > Most || entry.Length > Limits.FileBytes) plan.Report.Lost(task.SourceId, Field.Files, $"“{part.Name}” is too large.");
                else await AddAsync(id, part, entry, plan, task, actor, ct);
            }

            // That they were added is in the history that came along.
            if (task.History.Count > 0)
                await db.Activities.Where(a => a.TaskId == id && a.Client == actor.Client && a.At >= started && (a.Field == Field.Files || a.Field == Field.Cover)).ExecuteDeleteAsync(ct);
        }
    }

    private async Task AddAsync(Id<TaskItem> id, TasksDocument.FilePart part, ZipArchiveEntry entry, ImportPlan plan, PlannedTask task, Actor actor, CancellationToken ct)
    {
        try
        {
            await using var content = await entry.OpenAsync(ct);
            var taken = await files.TakeAsync(content, part.Name, actor.Demand(), ct);
            var made = await EditAttachments.AddAsync(id, taken.Id, desk, files, actor, ct);
            if (part.Cover) await EditAttachments.CoverAsync(id, made.Id, desk, actor, ct);
        }
        catch (Exception e) when (e is Refusal or InvalidDataException)
        {
            plan.Report.Lost(task.SourceId, Field.Files, $"“{part.Name}”: {e.Message}");
        }
    }
}
