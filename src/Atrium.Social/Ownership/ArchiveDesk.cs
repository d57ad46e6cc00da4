using System.IO.Compression;
using System.Text.Json;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Files;
using Atrium.Kernel.Http;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Operations;
using Atrium.Kernel.Outbox;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>An archive's days are over.</summary>
[EventName("social.archive_over")]
internal sealed record ArchiveOver(Id<FileRecord> File);

/// <summary>A member's archive: asked for once a week, written as an operation, fetched for a week.</summary>
internal sealed class ArchiveDesk(KernelDb kernel, IBlobStore blobs)
{
    public const string Kind = "social.archive";
    public static readonly TimeSpan Life = TimeSpan.FromDays(7);

    public sealed record Result(Id<FileRecord> File, long Length, DateTimeOffset Until);

    /// <exception cref="Refusal">Conflict: <c>archive_under_way</c>, or one was made within a week (<c>archive_made</c>).</exception>
    public async Task<Id<Operation>> RequestAsync(Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        var since = kernel.Now - Life;
        if (await kernel.Operations.Where(o => o.OwnerId == me && o.Kind == Kind && o.CreatedAt > since && o.State != OperationState.Failed && o.State != OperationState.Cancelled).Select(o => (OperationState?)o.State).FirstOrDefaultAsync(ct) is { } state)
            throw state == OperationState.Finished ? Refusal.Conflict("archive_made", "An archive is made once in seven days. Your last one can still be fetched.") : Refusal.Conflict("archive_under_way", "Your archive is being written already.");
        kernel.Record(actor, "social.archive_requested");
        return await OperationDesk.RequestAsync(kernel, actor, Kind, "Archive of your posts", "{}", ct);
    }

    /// <summary>The newest archive of the actor's, made or being made.</summary>
    public async Task<OperationView?> LastAsync(Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        var last = await kernel.Operations.Where(o => o.OwnerId == me && o.Kind == Kind).OrderByDescending(o => o.Id).Select(o => (Id<Operation>?)o.Id).FirstOrDefaultAsync(ct);
        return last is { } id ? await OperationDesk.GetAsync(id, kernel, actor, ct) : null;
    }

    public static Result? ResultOf(OperationView? operation, DateTimeOffset now) => operation?.Result?.Deserialize<Result>(ApiJson.Options) is { } made && made.Until > now ? made : null;

    /// <summary>Answers the ZIP itself, to whose it is.</summary>
    public async Task<IResult> DownloadAsync(Id<Operation> id, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        // Whoever administers the house sees that there is an archive; only its member reads it.
        if (!await kernel.Operations.AnyAsync(o => o.Id == id && o.OwnerId == me && o.Kind == Kind, ct)) throw Refusal.NotFound();
        var made = ResultOf(await OperationDesk.GetAsync(id, kernel, actor, ct), kernel.Now) ?? throw Refusal.NotFound();
        var file = await kernel.Files.FirstOrDefaultAsync(f => f.Id == made.File && f.OwnerId == me, ct) ?? throw Refusal.NotFound();
        return new BlobAnswer(file.Hash, file.Length, file.ContentType, file.FileName, shared: false, (range, token) => blobs.OpenAsync(file.Hash, range, token), download: true);
    }
}

/// <summary>Writes the archive into one ZIP.</summary>
internal sealed class RunArchive(SocialDb db, WriteArchive archive, FileDesk files, HousePaths paths, LocalAccounts locals, TimeProvider clock) : IOperationHandler
{
    public string Kind => ArchiveDesk.Kind;

    public async Task<string?> RunAsync(Operation operation, OperationProgress progress, CancellationToken ct)
    {
        if (operation.OwnerId is not { } member) throw Refusal.Invalid("", "An archive is somebody's.");
        var me = await locals.OfAsync(member, ct);
        var temporary = Path.Combine(paths.DataFolder, $"archive-{RandomKey.New()}.part");
        await using var file = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose);
        await using (var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct))
            await archive.HandleAsync(me, new Folder(zip, clock), progress.ReportAsync, ct);
        file.Position = 0;
        var stored = await files.KeepAsync(file, $"social-archive-{clock.GetUtcNow():yyyy-MM-dd}.zip", member, ct);
        await files.AttachAsync(stored.Id, Audience.Only(member), member, ct);
        var until = clock.GetUtcNow() + ArchiveDesk.Life;
        await db.WriteAsync(
            token =>
            {
                db.Publish(new ArchiveOver(stored.Id), due: until);
                return Task.CompletedTask;
            },
            ct);
        return JsonSerializer.Serialize(new ArchiveDesk.Result(stored.Id, stored.Length, until), ApiJson.Options);
    }

    private sealed class Folder(ZipArchive zip, TimeProvider clock) : IExportFolder
    {
        public Task AddJsonAsync<T>(string name, T value, CancellationToken ct) => throw new NotSupportedException("An archive is written as streams.");

        public async Task AddAsync(string name, Stream content, CancellationToken ct)
        {
            var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
            entry.LastWriteTime = clock.GetUtcNow();
            await using var stream = await entry.OpenAsync(ct);
            await content.CopyToAsync(stream, ct);
        }
    }
}

/// <summary>Lets go of an archive; the file sweep removes its bytes.</summary>
internal sealed class EndArchive(FileDesk files) : IEffect<ArchiveOver>
{
    public Task HandleAsync(ArchiveOver happened, Delivery delivery, CancellationToken ct) => files.ReleaseAsync(happened.File, ct);
}
