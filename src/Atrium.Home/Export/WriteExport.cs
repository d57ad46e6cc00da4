using System.IO.Compression;
using System.Text.Json;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Files;
using Atrium.Kernel.Http;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Operations;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>Writes all that is a member's into one ZIP, room by room, and tells them.</summary>
internal sealed class WriteExport(HomeDb db, FileDesk files, IEnumerable<IPersonalExport> rooms, HousePaths paths, TimeProvider clock) : IOperationHandler
{
    public const string OperationKind = "home.export";

    public string Kind => OperationKind;

    public sealed record Result(Id<ExportArchive> Archive, string Href, long Length);

    public async Task<string?> RunAsync(Operation operation, OperationProgress progress, CancellationToken ct)
    {
        if (operation.OwnerId is not { } member) throw Refusal.Invalid("", "An export is somebody's.");
        var made = await db.ExportArchives.FirstOrDefaultAsync(e => e.OperationId == operation.Id, ct) ?? await MakeAsync(operation, member, progress, ct);
        return JsonSerializer.Serialize(new Result(made.Id, $"/settings/data/exports/{made.Id}", made.Length), ApiJson.Options);
    }

    private async Task<ExportArchive> MakeAsync(Operation operation, Id<Member> member, OperationProgress progress, CancellationToken ct)
    {
        var temporary = Path.Combine(paths.DataFolder, $"export-{RandomKey.New()}.part");
        try
        {
            await using var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose);
            await WriteAsync(file, member, progress, ct);
            file.Position = 0;
            return await KeepAsync(file, operation, member, ct);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private async Task WriteAsync(Stream file, Id<Member> member, OperationProgress progress, CancellationToken ct)
    {
        await using var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
        var archive = new ExportZip(zip, clock);
        var all = rooms.OrderBy(r => r.Folder, StringComparer.Ordinal).ToList();
        for (var i = 0; i < all.Count; i++)
        {
            await progress.ReportAsync(i, all.Count, all[i].Folder, ct);
            await all[i].WriteAsync(member, archive.Folder(all[i].Folder), ct);
        }

        await progress.ReportAsync(all.Count, all.Count, null, ct);
    }

    private async Task<ExportArchive> KeepAsync(Stream file, Operation operation, Id<Member> member, CancellationToken ct)
    {
        var name = $"atrium-export-{clock.GetUtcNow():yyyy-MM-dd}.zip";
        var stored = await files.KeepAsync(file, name, member, ct);
        await files.AttachAsync(stored.Id, Audience.Only(member), member, ct);
        return await db.WriteAsync(
            token =>
            {
                var archive = new ExportArchive
                {
                    MemberId = member, OperationId = operation.Id, FileId = stored.Id, Length = stored.Length, CreatedAt = db.Now, ExpiresAt = db.Now + ExportArchive.Life,
                };
                db.ExportArchives.Add(archive);
                db.Publish(new NotificationRaised(
                    HomeKinds.ExportReady, [member], HomeThings.Of(archive), null, $"Your export is ready: {Sizes.Words(stored.Length)}, to be fetched within {ExportArchive.Life.TotalDays:0} days.",
                    Once: $"export/{archive.Id}", Href: "/settings/data"));
                return Task.FromResult(archive);
            },
            ct);
    }
}
