using Atrium.Kernel.Files;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Every night: what nobody needs any more goes, homes keep their newest, and counters are counted afresh.</summary>
internal sealed class PruneSocial(SocialDb db, FileDesk files) : IRecurringWork
{
    public async Task RunAsync(CancellationToken ct)
    {
        var now = db.Now;
        var (yesterday, month, away) = (now.AddDays(-1), now.AddDays(-30), now - SocialLimits.HomeAway);
        await db.IdempotentPosts.Where(p => p.CreatedAt < yesterday).ExecuteDeleteAsync(ct);
        await db.InboxActivities.Where(a => a.ReceivedAt < month).ExecuteDeleteAsync(ct);
        await db.Mutes.Where(m => m.ExpiresAt < now).ExecuteDeleteAsync(ct);
        foreach (var media in await db.Media.Where(m => m.StatusId == null && m.ScheduledId == null && m.DraftId == null && m.CreatedAt < yesterday).Select(m => new { m.Id, m.FileId, m.PreviewFileId }).Take(5000).ToListAsync(ct))
        {
            if (await db.Media.Where(m => m.Id == media.Id && m.StatusId == null).ExecuteDeleteAsync(ct) == 0) continue;
            if (media.FileId is { } file) await files.ReleaseAsync(file, ct);
            if (media.PreviewFileId is { } still) await files.ReleaseAsync(still, ct);
        }

        await db.HomeEntries.Where(h => db.Accounts.Any(a => a.Id == h.OwnerId && a.HomeReadAt < away)).ExecuteDeleteAsync(ct);
        foreach (var owner in await db.HomeEntries.GroupBy(h => h.OwnerId).Where(g => g.Count() > SocialLimits.Home).Select(g => g.Key).ToListAsync(ct))
        {
            var last = await db.HomeEntries.Where(h => h.OwnerId == owner).OrderByDescending(h => h.StatusId).Skip(SocialLimits.Home - 1).Select(h => h.StatusId).FirstAsync(ct);
            await db.HomeEntries.Where(h => h.OwnerId == owner && h.StatusId < last).ExecuteDeleteAsync(ct);
        }

        await RecountAsync(ct);
    }

    private async Task RecountAsync(CancellationToken ct)
    {
        await db.AccountStats.ExecuteUpdateAsync(
            set => set.SetProperty(s => s.Followers, s => db.Follows.Count(f => f.TargetId == s.AccountId && f.State == FollowState.Accepted))
                .SetProperty(s => s.Following, s => db.Follows.Count(f => f.AccountId == s.AccountId && f.State == FollowState.Accepted))
                .SetProperty(s => s.Statuses, s => db.Statuses.Count(p => p.AccountId == s.AccountId && p.DeletedAt == null && p.Kind != StatusKind.Root
                    && (p.Visibility == Visibility.Public || p.Visibility == Visibility.Unlisted || p.Visibility == Visibility.Followers))),
            ct);
        await db.StatusStats.ExecuteUpdateAsync(
            set => set.SetProperty(s => s.Favourites, s => db.Favourites.Count(f => f.StatusId == s.StatusId))
                .SetProperty(s => s.Boosts, s => db.Statuses.Count(p => p.BoostOf == s.StatusId && p.DeletedAt == null))
                // As StatusParts.Heard: what is said to fewer than see what it answers is counted nowhere.
                .SetProperty(s => s.Replies, s => db.Statuses.Count(p => p.InReplyTo == s.StatusId && p.DeletedAt == null && p.Visibility != Visibility.Direct
                    && (p.Visibility == Visibility.Public || p.Visibility == Visibility.Unlisted || db.Statuses.Any(o => o.Id == s.StatusId && o.Audience == p.Audience))))
                .SetProperty(s => s.Quotes, s => db.Statuses.Count(p => db.Quotes.Any(q => q.QuotingId == p.Id && q.QuotedId == s.StatusId) && p.DeletedAt == null
                    && (p.Visibility == Visibility.Public || p.Visibility == Visibility.Unlisted || db.Statuses.Any(o => o.Id == s.StatusId && o.Audience == p.Audience)))),
            ct);
        await db.Discussions.Where(d => d.State != DiscussionState.Gone).ExecuteUpdateAsync(
            set => set.SetProperty(d => d.Comments, d => db.Statuses.Count(p => p.DiscussionId == d.Id && p.Kind == StatusKind.Note && p.DeletedAt == null)), ct);
    }
}
