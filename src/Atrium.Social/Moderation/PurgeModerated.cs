using Atrium.Kernel.Files;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// What moderators did 30 days ago and nobody took back becomes final, a little at a time: stopped at any moment, it goes on where it was. What
/// was deleted so long ago loses its words, and its media their files.
/// </summary>
internal sealed class PurgeModerated(SocialDb db, EraseAccount erasing, DeleteStatus deleting, FileDesk files) : IRecurringWork
{
    private const int Batch = 200;
    private static readonly TimeSpan Reversible = TimeSpan.FromDays(30);

    public async Task RunAsync(CancellationToken ct)
    {
        var before = db.Now - Reversible;
        foreach (var id in await db.Accounts.Where(a => a.Standing == AccountStanding.Suspended && a.SuspendedAt < before).Select(a => a.Id).ToListAsync(ct))
        {
            while (await db.WriteAsync(token => erasing.PostsAsync(id, token), ct)) db.ChangeTracker.Clear();
            await db.WriteAsync(
                async token =>
                {
                    // Taken back while the posts went.
                    var account = await db.Accounts.AsTracking().FirstAsync(a => a.Id == id, token);
                    if (account.Standing != AccountStanding.Suspended) return;
                    await erasing.RestAsync(account, token);
                    account.Standing = AccountStanding.Purged;
                },
                ct);
            db.ChangeTracker.Clear();
        }

        foreach (var status in await db.Statuses.Where(s => s.RemovedAt < before).Take(Batch).ToListAsync(ct)) await db.WriteAsync(token => deleting.FinishAsync(status, token), ct);
        await ForgetWordsAsync(before, ct);
    }

    private async Task ForgetWordsAsync(DateTimeOffset before, CancellationToken ct)
    {
        await db.Statuses.Where(s => s.DeletedAt < before && s.RemovedAt == null && (s.Source != "" || s.Html != "" || s.Spoiler != ""))
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Source, "").SetProperty(s => s.Html, "").SetProperty(s => s.Plain, "").SetProperty(s => s.Spoiler, "").SetProperty(s => s.Document, StatusDocument.Empty), ct);
        await db.StatusEdits.Where(e => db.Statuses.Any(s => s.Id == e.StatusId && s.DeletedAt < before && s.RemovedAt == null)).ExecuteDeleteAsync(ct);
        foreach (var media in await db.Media.Where(m => db.Statuses.Any(s => s.Id == m.StatusId && s.DeletedAt < before && s.RemovedAt == null)).Select(m => new { m.Id, m.FileId, m.PreviewFileId }).Take(5000).ToListAsync(ct))
        {
            if (await db.Media.Where(m => m.Id == media.Id).ExecuteDeleteAsync(ct) == 0) continue;
            if (media.FileId is { } file) await files.ReleaseAsync(file, ct);
            if (media.PreviewFileId is { } still) await files.ReleaseAsync(still, ct);
        }
    }
}
