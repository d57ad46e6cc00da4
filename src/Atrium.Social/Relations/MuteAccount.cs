using Atrium.Contracts.Social;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// Mutes and unmutes: the muted is not told and sees nothing of it. Where their notifications are unwanted too, earlier ones leave the inbox of the
/// house; in apps they stand back for as long as the mute does.
/// </summary>
internal sealed class MuteAccount(SocialDb db)
{
    /// <param name="seconds">How long; null or 0 until it is undone.</param>
    public Task HandleAsync(Id<Account> target, bool hideNotifications, int? seconds, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        if (me == target) throw Refusal.Forbidden("This action is not allowed");
        DateTimeOffset? until = seconds is > 0 ? db.Now.AddSeconds(seconds.Value) : null;
        return db.WriteAsync(
            async token =>
            {
                await PairLock.TakeAsync(db, me, target, token);
                var theirs = await db.Accounts.FirstOrDefaultAsync(a => a.Id == target, token) ?? throw Refusal.NotFound("Record not found");
                var mute = await db.Mutes.AsTracking().FirstOrDefaultAsync(m => m.AccountId == me && m.TargetId == target, token);
                if (mute is null) db.Mutes.Add(mute = new() { AccountId = me, TargetId = target });
                mute.HideNotifications = hideNotifications;
                mute.ExpiresAt = until;
                if (!hideNotifications) return;
                OwnTopic.Wake(db, OwnTopic.NoticesOf(me));
                if (viewer.Actor.MemberId is not { } member) return;
                if (theirs.MemberId is { } other)
                {
                    db.Publish(new MemberMuted(member, other), member.ToString());
                    return;
                }

                await db.SilenceAsync(db.Notices.Where(n => n.AccountId == me && n.FromId == target), token);
                await db.SilenceCommentsAsync(db.Statuses.Where(s => s.AccountId == target), member, token);
            },
            ct);
    }

    public Task UnmuteAsync(Id<Account> target, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        return db.Mutes.Where(m => m.AccountId == me && m.TargetId == target).ExecuteDeleteAsync(ct);
    }
}
