using System.Security.Cryptography;
using System.Text;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Files;
using Atrium.Kernel.Outbound;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// Pictures, films and sound of other servers, handed out by the house: a page loads nothing from elsewhere, and nobody elsewhere learns who reads.
/// Only what an account or a post has shown is fetched, when first asked for, and kept for two weeks.
/// </summary>
internal sealed class RemoteFiles(SocialDb db, KernelDb kernel, FederationGate gate, OutboundHttp http, FileDesk files, RemoteFileTurns turns, TimeProvider clock)
{
    public const string Root = "/social/remote/";
    private const int LargestBody = 40 << 20;
    private const int KeyLength = 32;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(14);
    private static readonly TimeSpan TriedAgain = TimeSpan.FromHours(1);

    /// <summary>Where the house hands it out.</summary>
    public static string AddressOf(string url) => Root + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url)))[..KeyLength];

    /// <summary>Notes, in the transaction under way, that these may be fetched.</summary>
    /// <param name="domain">Whose account shows them.</param>
    public async Task NoteAsync(IReadOnlyCollection<string> urls, string domain, CancellationToken ct)
    {
        foreach (var url in urls)
            await db.Database.ExecuteSqlRawAsync("INSERT INTO social_remote_file (key, url, domain) VALUES ({0}, {1}, {2}) ON CONFLICT DO NOTHING", [AddressOf(url)[Root.Length..], url, domain], ct);
    }

    /// <summary>The file under a key; null where there is none, its server is not dealt with, or it cannot be had just now.</summary>
    public async Task<FileRecord?> FindAsync(string key, CancellationToken ct)
    {
        if (await db.RemoteFiles.FirstOrDefaultAsync(f => f.Key == key, ct) is not { } row || !await gate.MayAsync(row.Domain, ct) || await gate.PolicyAsync(row.Domain, ct) is { RejectMedia: true }) return null;
        if (await HeldAsync(row.FileId, ct) is { } held) return held;
        if (row.FailedAt > clock.GetUtcNow() - TriedAgain) return null;
        using var turn = await turns.TakeAsync(ct);
        // Somebody may have fetched it while this one waited.
        row = await db.RemoteFiles.FirstAsync(f => f.Key == key, ct);
        return await HeldAsync(row.FileId, ct) ?? (row.FailedAt > clock.GetUtcNow() - TriedAgain ? null : await FetchAsync(row, ct));
    }

    /// <summary>Lets go of what was fetched two weeks ago.</summary>
    public async Task PruneAsync(CancellationToken ct)
    {
        var old = clock.GetUtcNow() - Kept;
        foreach (var row in await db.RemoteFiles.Where(f => f.FileId != null && f.FetchedAt < old).Take(5_000).ToListAsync(ct))
        {
            var id = row.FileId;
            if (await db.RemoteFiles.Where(f => f.Key == row.Key && f.FileId == id).ExecuteUpdateAsync(set => set.SetProperty(f => f.FileId, (Id<FileRecord>?)null), ct) == 1) await files.ReleaseAsync(id!.Value, ct);
        }
    }

    private async Task<FileRecord?> HeldAsync(Id<FileRecord>? id, CancellationToken ct) => id is { } file ? await kernel.Files.FirstOrDefaultAsync(f => f.Id == file, ct) : null;

    private async Task<FileRecord?> FetchAsync(RemoteFile row, CancellationToken ct)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        if (await TakeAsync(row.Url, ct) is not { } file)
        {
            await db.RemoteFiles.Where(f => f.Key == row.Key).ExecuteUpdateAsync(set => set.SetProperty(f => f.FailedAt, now), ct);
            return null;
        }

        await db.RemoteFiles.Where(f => f.Key == row.Key).ExecuteUpdateAsync(
            set => set.SetProperty(f => f.FileId, file.Id).SetProperty(f => f.FetchedAt, now).SetProperty(f => f.FailedAt, (DateTimeOffset?)null), ct);
        return file;
    }

    private async Task<FileRecord?> TakeAsync(string url, CancellationToken ct)
    {
        try
        {
            var answer = await http.GetAsync(url, "image/*, video/*, audio/*", LargestBody, ct);
            var kind = answer.IsSuccess && answer.Body.Length > 0 ? FileKind.Sniff(answer.Body.AsSpan(0, Math.Min(answer.Body.Length, FileKind.SniffLength))) : FileKind.Unknown;
            if (!FileKind.IsInline(kind) || kind == "text/plain") return null;
            var file = await files.TakeAsync(new MemoryStream(answer.Body), "remote", owner: null, ct);
            // Nobody finds it but by its address here.
            return await files.AttachAsync(file.Id, new(file.Id.Value), owner: null, ct);
        }
        catch (Exception e) when (e is OutboundFailure || e is Refusal)
        {
            return null;
        }
    }
}

/// <summary>How many files of other servers are fetched at once, in this process.</summary>
internal sealed class RemoteFileTurns : IDisposable
{
    private readonly SemaphoreSlim _turns = new(4);

    public async Task<IDisposable> TakeAsync(CancellationToken ct)
    {
        await _turns.WaitAsync(ct);
        return new Turn(_turns);
    }

    public void Dispose() => _turns.Dispose();

    private sealed class Turn(SemaphoreSlim turns) : IDisposable
    {
        public void Dispose() => turns.Release();
    }
}
