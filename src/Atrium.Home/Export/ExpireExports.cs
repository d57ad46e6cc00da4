using Atrium.Kernel.Files;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>Lets go of exports whose days are over; the file sweep removes their bytes.</summary>
internal sealed class ExpireExports(HomeDb db, FileDesk files) : IRecurringWork
{
    public async Task RunAsync(CancellationToken ct)
    {
        var now = db.Now;
        foreach (var archive in await db.ExportArchives.Where(e => e.ExpiresAt < now).Take(500).ToListAsync(ct))
        {
            // The row goes first: a crash between the two leaves a file too many, never a file let go twice.
            if (await db.ExportArchives.Where(e => e.Id == archive.Id).ExecuteDeleteAsync(ct) == 1) await files.ReleaseAsync(archive.FileId, ct);
        }
    }
}
