using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Rules in the order in which apps name them; what is null stays as it is.</summary>
internal sealed record NoticePolicyWish(NoticeRule? NotFollowing, NoticeRule? NotFollowers, NoticeRule? NewAccounts, NoticeRule? PrivateMentions, NoticeRule? LimitedAccounts);

/// <summary>Keeps whose notifications an account wants, and decides about those that were kept apart.</summary>
internal sealed class NoticePolicyDesk(SocialDb db, Notifier notifier)
{
    public async Task<NoticePolicy> ReadAsync(Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        return await db.NoticePolicies.FirstOrDefaultAsync(p => p.AccountId == me, ct) ?? new NoticePolicy { AccountId = me };
    }

    /// <summary>People whose notifications wait apart.</summary>
    public IQueryable<NoticeRequest> Pending(Viewer viewer)
    {
        var me = viewer.Demand();
        return db.NoticeRequests.Where(r => r.AccountId == me && r.State == RequestState.Pending);
    }

    public Task EditAsync(NoticePolicyWish wish, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        return db.WriteAsync(
            async token =>
            {
                var policy = await db.NoticePolicies.AsTracking().FirstOrDefaultAsync(p => p.AccountId == me, token);
                if (policy is null) db.NoticePolicies.Add(policy = new() { AccountId = me });
                policy.NotFollowing = wish.NotFollowing ?? policy.NotFollowing;
                policy.NotFollowers = wish.NotFollowers ?? policy.NotFollowers;
                policy.NewAccounts = wish.NewAccounts ?? policy.NewAccounts;
                policy.PrivateMentions = wish.PrivateMentions ?? policy.PrivateMentions;
                policy.LimitedAccounts = wish.LimitedAccounts ?? policy.LimitedAccounts;
            },
            ct);
    }

    /// <summary>Lets in what was kept apart of these people, now and later, or throws it away.</summary>
    /// <exception cref="Refusal">Not found: one of them is no request of one's own.</exception>
    public Task DecideAsync(IReadOnlyList<Id<NoticeRequest>> ids, RequestState state, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        return db.WriteAsync(
            async token =>
            {
                var from = await db.NoticeRequests.Where(r => r.AccountId == me && ids.Contains(r.Id)).Select(r => r.FromId).ToListAsync(token);
                if (from.Count < ids.Count) throw Refusal.NotFound("Record not found");
                await db.NoticeRequests.Where(r => r.AccountId == me && ids.Contains(r.Id)).ExecuteUpdateAsync(set => set.SetProperty(r => r.State, state), token);
                var kept = db.Notices.Where(n => n.AccountId == me && n.Filtered && from.Contains(n.FromId));
                if (state == RequestState.Accepted)
                {
                    if (viewer.Actor.MemberId is { } member) await notifier.LetInAsync(await kept.Where(n => n.DismissedAt == null).OrderBy(n => n.Id).ToListAsync(token), member, token);
                    await kept.ExecuteUpdateAsync(set => set.SetProperty(n => n.Filtered, false), token);
                }
                else await kept.ExecuteDeleteAsync(token);
                OwnTopic.Wake(db, OwnTopic.NoticesOf(me));
                if (state == RequestState.Accepted) db.Announce(SocialTopics.Signals, 0, "notifications_merged", new { account = me.ToString() });
            },
            ct);
    }
}
