using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>Erases what is a member's alone, and takes their name from what others still need.</summary>
internal sealed class EraseMember(HomeDb db) : IReaction<MemberErased>
{
    public async Task HandleAsync(MemberErased happened, CancellationToken ct)
    {
        var member = happened.Member;
        await db.PushClaims.Where(c => db.Notices.Any(n => n.Id == c.NoticeId && n.MemberId == member)).ExecuteDeleteAsync(ct);
        await db.Notices.Where(n => n.MemberId == member).ExecuteDeleteAsync(ct);
        await db.Notices.Where(n => n.ActorId == member).ExecuteUpdateAsync(set => set.SetProperty(n => n.ActorId, (Id<Member>?)null), ct);
        await db.NoticeParts.Where(p => p.MemberId == member).ExecuteDeleteAsync(ct);
        await db.NoticeParts.Where(p => p.ActorId == member).ExecuteUpdateAsync(set => set.SetProperty(p => p.ActorId, (Id<Member>?)null), ct);
        await db.Told.Where(t => t.MemberId == member).ExecuteDeleteAsync(ct);
        await db.Readers.Where(r => r.MemberId == member).ExecuteDeleteAsync(ct);
        await db.Preferences.Where(p => p.MemberId == member).ExecuteDeleteAsync(ct);
        await db.Mutes.Where(m => m.MemberId == member).ExecuteDeleteAsync(ct);
        await db.DigestsSent.Where(d => d.MemberId == member).ExecuteDeleteAsync(ct);
        await db.PushDevices.Where(d => d.MemberId == member).ExecuteDeleteAsync(ct);
        await db.Reports.Where(r => r.ReporterId == member).ExecuteUpdateAsync(set => set.SetProperty(r => r.ReporterId, (Id<Member>?)null), ct);
        await db.Sanctions.Where(s => s.MemberId == member).ExecuteDeleteAsync(ct);
        await db.Cases.Where(c => c.OwnerId == member).ExecuteUpdateAsync(set => set.SetProperty(c => c.OwnerId, (Id<Member>?)null), ct);
        await EditWebhooks.RemoveAsync(db, await db.Webhooks.Where(w => w.OwnerId == member).Select(w => w.Id).ToListAsync(ct), ct);
        // The next run of ExpireExports lets the files go.
        var now = db.Now;
        await db.ExportArchives.Where(e => e.MemberId == member).ExecuteUpdateAsync(set => set.SetProperty(e => e.ExpiresAt, now), ct);
    }
}
