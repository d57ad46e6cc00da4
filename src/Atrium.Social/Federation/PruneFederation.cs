using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Forgets what arrived after 30 days, when its signature has long gone stale, what was delivered after seven, and pictures of elsewhere after 14.</summary>
internal sealed class PruneFederation(SocialDb db, RemoteFiles files) : IRecurringWork
{
    public async Task RunAsync(CancellationToken ct)
    {
        var (arrived, sent) = (db.Now.AddDays(-30), db.Now.AddDays(-7));
        await db.InboxActivities.Where(a => a.ReceivedAt < arrived).ExecuteDeleteAsync(ct);
        await db.Deliveries.Where(d => d.State != DeliveryState.Due && d.CreatedAt < sent).ExecuteDeleteAsync(ct);
        // Whoever is gone for so long has nothing left to be told of.
        await db.Reached.Where(r => r.LastAt < arrived && db.Accounts.Any(a => a.Id == r.AccountId && (a.Standing == AccountStanding.Deleted || a.Standing == AccountStanding.Purged))).ExecuteDeleteAsync(ct);
        await files.PruneAsync(ct);
    }
}
