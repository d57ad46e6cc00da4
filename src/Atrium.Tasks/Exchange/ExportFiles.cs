using System.IO.Compression;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Files;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>The files of a project's tasks, for exports.</summary>
internal sealed class ExportFiles(TasksDb db, KernelDb kernel, IBlobStore blobs)
{
    /// <summary>The name of the document in a ZIP.</summary>
    public const string Document = "project.json";

    /// <summary>The document with the files beside it, where it says they are.</summary>
    public async Task WriteZipAsync(Id<Project> project, TasksDocument document, Stream output, CancellationToken ct)
    {
        // The archive's writer does not always wait, which an answer must; so it is laid out in a file first.
        var path = Path.Combine(Path.GetTempPath(), $"atrium-{RandomKey.New(16)}.zip");
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await using (var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct))
        {
            await using (var entry = await zip.CreateEntry(Document).OpenAsync(ct)) await ExportProject.WriteAsync(document, "json", entry, Actor.System, ct);
            await foreach (var (name, content) in OfAsync(project, ct))
            {
                await using (content)
                await using (var entry = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(ct)) await content.CopyToAsync(entry, ct);
            }
        }

        file.Position = 0;
        await file.CopyToAsync(output, ct);
    }

    /// <summary>Every file of a project with its path beside the document; those whose bytes are gone are left out.</summary>
    public async IAsyncEnumerable<(string Path, Stream Content)> OfAsync(Id<Project> project, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        var rows = await (from f in db.Files
                          join t in db.Tasks on f.TaskId equals t.Id
                          where t.ProjectId == project && t.DeletedAt == null
                          orderby f.Id
                          select new { Task = t, File = f }).ToListAsync(ct);
        foreach (var task in rows.GroupBy(r => r.Task.Id))
        {
            var index = 0;
            foreach (var row in task)
            {
                var path = DocumentExport.PathOf(row.Task, index++, row.File);
                var hash = await kernel.Files.Where(f => f.Id == new Id<FileRecord>(row.File.FileRef)).Select(f => f.Hash).FirstOrDefaultAsync(ct);
                if (hash is not null && await blobs.OpenAsync(hash, null, ct) is { } content) yield return (path, content);
            }
        }
    }
}
