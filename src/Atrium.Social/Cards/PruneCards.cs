using Atrium.Kernel.Files;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Previews that no post shows any more go with their pictures.</summary>
internal sealed class PruneCards(SocialDb db, FileDesk files) : IRecurringWork
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(14);

    public async Task RunAsync(CancellationToken ct)
    {
        var before = db.Now - Kept;
        var old = await db.PreviewCards.Where(c => c.FetchedAt < before && !db.Statuses.Any(s => s.CardId == c.Id && s.DeletedAt == null)).Select(c => new { c.Id, c.FileId }).Take(5000).ToListAsync(ct);
        foreach (var card in old)
            if (await db.PreviewCards.Where(c => c.Id == card.Id).ExecuteDeleteAsync(ct) == 1 && card.FileId is { } file) await files.ReleaseAsync(file, ct);
    }
}
