using Atrium.Contracts.Home;
using Atrium.Contracts.Social;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>
/// Takes out of inboxes what is no longer so, what two told each other before one of them blocked the other, and what was told of somebody before
/// they were muted.
/// </summary>
internal sealed class WithdrawNotification(HomeDb db) : IReaction<NotificationWithdrawn>, IReaction<MemberBlocked>, IReaction<MemberMuted>
{
    private const int Batch = 500;

    public async Task HandleAsync(NotificationWithdrawn happened, CancellationToken ct)
    {
        if (happened.Once.Count == 0) return;
        List<string> keys = [.. happened.Once.Select(Told.KeyOf).Distinct()];
        // It may come before the word it takes back.
        if (happened.Recipient is { } one) await db.HoldBackAsync(one, keys, ct);
        var parts = db.NoticeParts.Where(p => p.Once != null && keys.Contains(p.Once));
        await RemoveAsync(happened.Recipient is { } reader ? parts.Where(p => p.MemberId == reader) : parts, ct);
    }

    public Task HandleAsync(MemberBlocked happened, CancellationToken ct) => RemoveAsync(
        db.NoticeParts.Where(p => (p.MemberId == happened.Member && p.ActorId == happened.Target) || (p.MemberId == happened.Target && p.ActorId == happened.Member)), ct);

    public Task HandleAsync(MemberMuted happened, CancellationToken ct) =>
        RemoveAsync(db.NoticeParts.Where(p => p.MemberId == happened.Member && p.ActorId == happened.Target), ct);

    private async Task RemoveAsync(IQueryable<NoticePart> parts, CancellationToken ct)
    {
        var gone = await parts.Select(p => new { p.Id, p.NoticeId, p.MemberId }).ToListAsync(ct);
        if (gone.Count == 0) return;
        // Whoever delivers to a member takes this row first, so that nothing joins a bundle while it is counted.
        await db.TouchAsync([.. gone.Select(g => g.MemberId).Distinct().Order()], ct);
        foreach (var some in gone.Chunk(Batch))
        {
            List<Id<NoticePart>> ids = [.. some.Select(g => g.Id)];
            List<Id<Notice>> lines = [.. some.Select(g => g.NoticeId).Distinct()];
            await db.NoticeParts.Where(p => ids.Contains(p.Id)).ExecuteDeleteAsync(ct);
            var left = (await db.NoticeParts.Where(p => lines.Contains(p.NoticeId)).ToListAsync(ct)).ToLookup(p => p.NoticeId);
            foreach (var notice in await db.Notices.AsTracking().Where(n => lines.Contains(n.Id)).ToListAsync(ct))
                if (left.Contains(notice.Id)) notice.Keep([.. left[notice.Id]]);
                else db.Notices.Remove(notice);
            await db.SaveChangesAsync(ct);
        }
    }
}
