using Atrium.Kernel.Data;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Atrium.Kernel.Files;

/// <summary>
/// Removes files nobody held for a day, then blobs no file is, then bytes no row names. Each step leaves the house whole; bytes written
/// within the last day are left alone, for their row may still be on its way.
/// </summary>
internal sealed class SweepFiles(KernelDb db, IBlobStore blobs, FileDesk desk, ILogger<SweepFiles> log) : IRecurringWork
{
    private static readonly TimeSpan Grace = TimeSpan.FromHours(24);

    public async Task RunAsync(CancellationToken ct)
    {
        var before = db.Now - Grace;
        var loose = await db.Files.Where(f => f.LooseSince < before && f.Attached == 0).OrderBy(f => f.LooseSince).Take(5_000).Select(f => f.Id).ToListAsync(ct);
        foreach (var id in loose)
        {
            try
            {
                await desk.DropAsync(id, ct);
            }
            catch (Refusal)
            {
                // Attached this very moment: it stays.
            }
        }

        // What an earlier sweep began and a crash cut short.
        var removed = await RemoveAsync(await db.Blobs.Where(b => b.Refs == BlobRow.Doomed).Select(b => b.Hash).ToListAsync(ct), ct);
        await foreach (var batch in blobs.ListAsync(ct).Where(b => b.WrittenAt < before).Chunk(500).WithCancellation(ct))
            removed += await RemoveAsync(await DoomAsync([.. batch], before, ct), ct);
        if (loose.Count + removed > 0) log.LogInformation("Swept {Files} loose files and {Blobs} blobs", loose.Count, removed);
    }

    /// <summary>
    /// Marks in the database what no file is, before any byte is touched: an upload of the same bytes either comes first and keeps them,
    /// or finds the mark and is asked to come again.
    /// </summary>
    private async Task<List<string>> DoomAsync(StoredBlob[] old, DateTimeOffset before, CancellationToken ct)
    {
        var hashes = old.Select(b => b.Hash).ToList();
        await db.Blobs.Where(b => hashes.Contains(b.Hash) && b.Refs == 0 && b.CreatedAt < before)
            .ExecuteUpdateAsync(set => set.SetProperty(b => b.Refs, BlobRow.Doomed), ct);
        var named = await db.Blobs.Where(b => hashes.Contains(b.Hash)).Select(b => b.Hash).ToHashSetAsync(ct);
        foreach (var blob in old.Where(b => !named.Contains(b.Hash)))
        {
            var mark = db.Blobs.Add(new() { Hash = blob.Hash, Length = blob.Length, Refs = BlobRow.Doomed, CreatedAt = db.Now });
            try
            {
                await db.SaveChangesAsync(ct);
            }
            catch (UniqueViolation)
            {
                // Its row arrived this very moment.
            }

            mark.State = EntityState.Detached;
        }

        return await db.Blobs.Where(b => hashes.Contains(b.Hash) && b.Refs == BlobRow.Doomed).Select(b => b.Hash).ToListAsync(ct);
    }

    private async Task<int> RemoveAsync(List<string> doomed, CancellationToken ct)
    {
        foreach (var hash in doomed) await blobs.DeleteAsync(hash, ct);
        if (doomed.Count > 0) await db.Blobs.Where(b => doomed.Contains(b.Hash) && b.Refs == BlobRow.Doomed).ExecuteDeleteAsync(ct);
        return doomed.Count;
    }
}
