using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Every night: what nobody needs any more goes, homes keep their newest, and counters are counted afresh.</summary>
internal sealed class PruneSocial(SocialDb db, SweepMedia media, Recount recount) : IRecurringWork
{
    public async Task RunAsync(CancellationToken ct)
    {
        var now = db.Now;
        var (yesterday, week, month, year, away) = (now.AddDays(-1), now.AddDays(-7), now.AddDays(-30), now.AddYears(-1), now - SocialLimits.HomeAway);
        await db.IdempotentPosts.Where(p => p.CreatedAt < yesterday).ExecuteDeleteAsync(ct);
        await db.InboxActivities.Where(a => a.ReceivedAt < month).ExecuteDeleteAsync(ct);
        await db.Mutes.Where(m => m.ExpiresAt < now).ExecuteDeleteAsync(ct);
        await db.PushClaims.Where(c => c.At < week).ExecuteDeleteAsync(ct);
        await db.Reports.Where(r => r.CreatedAt < year).ExecuteDeleteAsync(ct);
        await media.LooseAsync(ct);

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
                .SetProperty(s => s.Boosts, s => db.Statuses.Count(p => p.BoostOf == s.StatusId && p.DeletedAt == null)),
            ct);
        await recount.AnswersAsync(db.StatusStats, ct);
        await recount.CommentsAsync(db.Discussions.Where(d => d.State != DiscussionState.Gone), ct);
    }
}
