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

        await recount.AllAsync(ct);
    }
}
