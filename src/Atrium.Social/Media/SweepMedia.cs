using Atrium.Kernel;
using Atrium.Kernel.Files;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>An account is gone, and its pictures, films and sounds are nobody's.</summary>
[EventName("social.media_left")]
internal sealed record MediaLeft(Id<Account> Account);

/// <summary>Takes away media that nothing holds, and lets go of their files. Stopped at any moment, it goes on where it was.</summary>
internal sealed class SweepMedia(SocialDb db, FileDesk files) : IEffect<MediaLeft>
{
    private const int Batch = 500;

    public Task HandleAsync(MediaLeft happened, Delivery delivery, CancellationToken ct) => AllAsync(db.Media.Where(m => m.AccountId == happened.Account), ct);

    /// <summary>What was begun and not posted within a day, and what only a draft or an hour held that are no more.</summary>
    public Task LooseAsync(CancellationToken ct)
    {
        var yesterday = db.Now.AddDays(-1);
        return AllAsync(
            db.Media.Where(m => m.StatusId == null && m.CreatedAt < yesterday
                && !db.Drafts.Any(d => d.Id == m.DraftId) && !db.Scheduled.Any(s => s.Id == m.ScheduledId && s.State != ScheduleState.Published)),
            ct);
    }

    public async Task AllAsync(IQueryable<Media> unwanted, CancellationToken ct)
    {
        while (true)
        {
            var some = await unwanted.OrderBy(m => m.Id).Select(m => new { m.Id, m.StatusId, m.FileId, m.PreviewFileId }).Take(Batch).ToListAsync(ct);
            foreach (var media in some)
            {
                // Of two who sweep, or of a sweep and a post, one is first.
                if (await db.Media.Where(m => m.Id == media.Id && m.StatusId == media.StatusId).ExecuteDeleteAsync(ct) == 0) continue;
                if (media.FileId is { } file) await files.ReleaseAsync(file, ct);
                if (media.PreviewFileId is { } still) await files.ReleaseAsync(still, ct);
            }

            if (some.Count < Batch) return;
        }
    }
}
