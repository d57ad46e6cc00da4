using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>Forgets what nobody will look for: keys of old notices, notices read long ago, old deliveries.</summary>
internal sealed class PruneHome(HomeDb db) : IRecurringWork
{
    private const int Batch = 1000;

    public async Task RunAsync(CancellationToken ct)
    {
        var now = db.Now;
        await db.Told.Where(t => t.At < now.AddDays(-120)).ExecuteDeleteAsync(ct);
        await db.DigestsSent.Where(d => d.At < now.AddDays(-30)).ExecuteDeleteAsync(ct);
        await db.Notices.Where(n => n.LatestAt < now.AddDays(-180) && n.ReadAt != null).ExecuteDeleteAsync(ct);
        while (true)
        {
            var old = await db.WebhookDeliveries.Where(d => d.CreatedAt < now.AddDays(-30) && d.State != DeliveryState.Pending).Select(d => d.Id).Take(Batch).ToListAsync(ct);
            if (old.Count == 0) return;
            await db.WriteAsync(
                async token =>
                {
                    await db.WebhookAttempts.Where(a => old.Contains(a.DeliveryId)).ExecuteDeleteAsync(token);
                    await db.WebhookDeliveries.Where(d => old.Contains(d.Id)).ExecuteDeleteAsync(token);
                },
                ct);
        }
    }
}
