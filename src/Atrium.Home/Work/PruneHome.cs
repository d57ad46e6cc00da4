using Atrium.Kernel;
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
        await db.PushClaims.Where(c => c.At < now.AddDays(-7)).ExecuteDeleteAsync(ct);
        await db.DigestsSent.Where(d => d.At < now.AddDays(-30)).ExecuteDeleteAsync(ct);
        await db.Notices.Where(n => n.LatestAt < now.AddDays(-180) && n.ReadAt != null).ExecuteDeleteAsync(ct);
        await db.NoticeParts.Where(p => !db.Notices.Any(n => n.Id == p.NoticeId)).ExecuteDeleteAsync(ct);
        await ForgetCasesAsync(now.AddYears(-1), ct);
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

    // That there was a case, and how it ended, stays; who it was about, and what was said, does not.
    private async Task ForgetCasesAsync(DateTimeOffset before, CancellationToken ct)
    {
        var closed = db.Cases.Where(c => c.ClosedAt != null && c.ClosedAt < before);
        await db.Reports.Where(r => (r.Comment != null || r.ReporterId != null) && closed.Any(c => c.Id == r.CaseId))
            .ExecuteUpdateAsync(set => set.SetProperty(r => r.Comment, (string?)null).SetProperty(r => r.ReporterId, (Id<Member>?)null), ct);
        await db.CaseNotes.Where(n => closed.Any(c => c.Id == n.CaseId)).ExecuteDeleteAsync(ct);
        await closed.Where(c => c.Title != Case.Forgotten).ExecuteUpdateAsync(
            set => set.SetProperty(c => c.Title, Case.Forgotten).SetProperty(c => c.Href, "/").SetProperty(c => c.OwnerId, (Id<Member>?)null).SetProperty(c => c.Outcome, (string?)null)
                .SetProperty(c => c.Revision, c => c.Revision + 1),
            ct);
    }
}
