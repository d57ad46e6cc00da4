using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// What moderators did 30 days ago and nobody took back becomes final, a little at a time: stopped at any moment, it goes on where it was. What
/// was deleted so long ago loses its words, and its media their files.
/// </summary>
internal sealed class PurgeModerated(SocialDb db, EraseAccount erasing, DeleteStatus deleting, SweepMedia media) : IRecurringWork
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
        var gone = db.Statuses.Where(s => s.DeletedAt < before && s.RemovedAt == null);
        await media.AllAsync(db.Media.Where(m => gone.Any(s => s.Id == m.StatusId)), ct);
        await db.StatusEdits.Where(e => gone.Any(s => s.Id == e.StatusId)).ExecuteDeleteAsync(ct);
        await db.Mentions.Where(m => gone.Any(s => s.Id == m.StatusId)).ExecuteDeleteAsync(ct);
        await db.StatusTags.Where(t => gone.Any(s => s.Id == t.StatusId)).ExecuteDeleteAsync(ct);
        var polls = db.Polls.Where(p => gone.Any(s => s.Id == p.StatusId)).Select(p => p.Id);
        await db.PollVotes.Where(v => polls.Contains(v.PollId)).ExecuteDeleteAsync(ct);
        await db.PollOptions.Where(o => polls.Contains(o.PollId)).ExecuteDeleteAsync(ct);
        await db.Polls.Where(p => polls.Contains(p.Id)).ExecuteDeleteAsync(ct);
        await gone.Where(s => s.Source != "" || s.Html != "" || s.Spoiler != "" || s.HasMedia || s.PollId != null || s.HiddenReason != null).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.Source, "").SetProperty(s => s.Html, "").SetProperty(s => s.Plain, "").SetProperty(s => s.Spoiler, "").SetProperty(s => s.HiddenReason, (string?)null)
                .SetProperty(s => s.HasMedia, false).SetProperty(s => s.PollId, (Id<Poll>?)null).SetProperty(s => s.Document, StatusDocument.Empty),
            ct);
    }
}
