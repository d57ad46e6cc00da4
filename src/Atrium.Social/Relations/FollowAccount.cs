using Atrium.Contracts.Social;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>How a follow is meant; what is null stays as it is.</summary>
/// <param name="Uri">The ActivityPub id of a follow that arrived.</param>
internal sealed record FollowWish(bool? ShowBoosts = null, bool? Notify = null, IReadOnlyList<string>? Languages = null, string? Uri = null);

/// <summary>Follows, asks to follow, lets in, sends away, and ends all that.</summary>
internal sealed class FollowAccount(SocialDb db, Notifier notifier, Brakes brakes)
{
    /// <exception cref="Refusal">Not found; forbidden: oneself, a block, or an account that nobody new may follow.</exception>
    public async Task HandleAsync(Id<Account> target, FollowWish wish, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        await brakes.TakeAsync(Brake.Follows, viewer, ct);
        await db.WriteAsync(
            async token =>
            {
                await PairLock.TakeAsync(db, me, target, token);
                var (follower, followed) = await PairAsync(me, target, token);
                if (me == target || followed.Standing == AccountStanding.Memorial || followed.MovedTo is not null || await IsBlockedAsync(follower, followed, token)) throw Refusal.Forbidden("This action is not allowed");
                var follow = await db.Follows.AsTracking().FirstOrDefaultAsync(f => f.AccountId == me && f.TargetId == target, token);
                var isNew = follow is null;
                if (follow is null)
                    db.Follows.Add(follow = new() { AccountId = me, TargetId = target, CreatedAt = db.Now, State = FollowState.Requested, Uri = wish.Uri ?? $"{follower.Uri}/follows/{Id<Follow>.New()}" });
                follow.ShowBoosts = wish.ShowBoosts ?? follow.ShowBoosts;
                follow.Notify = wish.Notify ?? follow.Notify;
                if (wish.Languages is not null) follow.Languages = [.. wish.Languages];
                if (!isNew) return;

                await db.SaveChangesAsync(token);
                var waits = followed.Locked || !followed.IsLocal || followed.Standing == AccountStanding.Limited || follower.Standing == AccountStanding.Limited;
                if (waits) await AskAsync(follow, followed, token);
                else await AcceptAsync(follow, follower, followed, token);
            },
            ct);
    }

    /// <summary>Lets in somebody who asks.</summary>
    public Task AuthorizeAsync(Id<Account> follower, Viewer viewer, CancellationToken ct) => AnswerAsync(follower, viewer, let: true, ct);

    /// <summary>Sends away somebody who asks.</summary>
    public Task RejectAsync(Id<Account> follower, Viewer viewer, CancellationToken ct) => AnswerAsync(follower, viewer, let: false, ct);

    public Task UnfollowAsync(Id<Account> target, Viewer viewer, CancellationToken ct) => EndAsync(viewer.Demand(), target, "ended", ct);

    public Task RemoveFollowerAsync(Id<Account> follower, Viewer viewer, CancellationToken ct) => EndAsync(follower, viewer.Demand(), "rejected", ct);

    /// <summary>Ends a follow in the transaction under way; nothing where there is none.</summary>
    public async Task EndAsync(Account follower, Account followed, string what, CancellationToken ct)
    {
        var follow = await db.Follows.FirstOrDefaultAsync(f => f.AccountId == follower.Id && f.TargetId == followed.Id, ct);
        if (follow is null || await db.Follows.Where(f => f.Id == follow.Id).ExecuteDeleteAsync(ct) == 0) return;
        if (follow.State == FollowState.Accepted)
        {
            await CountAsync(follower.Id, followed.Id, -1, ct);
            if (follower.MemberId is { } member) await Audiences.LeaveFollowersAsync(db, member, followed, ct);
            await HomeMerge.LeaveAsync(db, follower, followed.Id, ct);
            List<Id<PeopleList>> lists = await db.Lists.Where(l => l.AccountId == follower.Id).Select(l => l.Id).ToListAsync(ct);
            await db.ListMembers.Where(m => m.AccountId == followed.Id && lists.Contains(m.ListId)).ExecuteDeleteAsync(ct);
            await db.Endorsements.Where(e => e.AccountId == follower.Id && e.TargetId == followed.Id).ExecuteDeleteAsync(ct);
        }

        await db.TakeBackAsync(db.Notices.Where(n => n.AccountId == followed.Id && n.FromId == follower.Id && (n.Type == NoticeType.Follow || n.Type == NoticeType.FollowRequest)), ct);
        db.Publish(new FollowChanged(follower.Id, followed.Id, what, follow.Uri), followed.Id.ToString());
    }

    /// <summary>Makes a follow stand, in the transaction under way.</summary>
    public async Task AcceptAsync(Follow follow, Account follower, Account followed, CancellationToken ct)
    {
        if (await db.Follows.Where(f => f.Id == follow.Id && f.State == FollowState.Requested).ExecuteUpdateAsync(set => set.SetProperty(f => f.State, FollowState.Accepted), ct) == 0) return;
        await CountAsync(follower.Id, followed.Id, 1, ct);
        if (follower.MemberId is { } member)
        {
            await Audiences.JoinFollowersAsync(db, member, followed, ct);
            await HomeMerge.JoinAsync(db, follower.Id, followed.Id, ct);
            if (followed.MemberId is { } other) db.Publish(new MemberFollowed(member, other));
        }

        await db.TakeBackAsync(db.Notices.Where(n => n.AccountId == followed.Id && n.FromId == follower.Id && n.Type == NoticeType.FollowRequest), ct);
        await notifier.TellAsync(new(NoticeType.Follow, follower.Id, $"follow:{follow.Id}"), [followed.Id], ct);
        db.Publish(new FollowChanged(follower.Id, followed.Id, "accepted", follow.Uri), followed.Id.ToString());
    }

    private async Task AskAsync(Follow follow, Account followed, CancellationToken ct)
    {
        await notifier.TellAsync(new(NoticeType.FollowRequest, follow.AccountId, $"follow-request:{follow.Id}"), [followed.Id], ct);
        db.Publish(new FollowChanged(follow.AccountId, follow.TargetId, "requested", follow.Uri), followed.Id.ToString());
    }

    private Task AnswerAsync(Id<Account> asking, Viewer viewer, bool let, CancellationToken ct)
    {
        var me = viewer.Demand();
        return db.WriteAsync(
            async token =>
            {
                await PairLock.TakeAsync(db, me, asking, token);
                var follow = await db.Follows.FirstOrDefaultAsync(f => f.AccountId == asking && f.TargetId == me && f.State == FollowState.Requested, token) ?? throw Refusal.NotFound("Record not found");
                var (follower, followed) = await PairAsync(asking, me, token);
                if (let) await AcceptAsync(follow, follower, followed, token);
                else await EndAsync(follower, followed, "rejected", token);
            },
            ct);
    }

    private Task EndAsync(Id<Account> follower, Id<Account> followed, string what, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            await PairLock.TakeAsync(db, follower, followed, token);
            var pair = await PairAsync(follower, followed, token);
            await EndAsync(pair.Follower, pair.Followed, what, token);
        },
        ct);

    private async Task<(Account Follower, Account Followed)> PairAsync(Id<Account> follower, Id<Account> followed, CancellationToken ct)
    {
        var both = await db.Accounts.Where(a => a.Id == follower || a.Id == followed).ToListAsync(ct);
        var (one, other) = (both.Find(a => a.Id == follower), both.Find(a => a.Id == followed));
        return one is { IsShown: true } && other is { IsShown: true } ? (one, other) : throw Refusal.NotFound("Record not found");
    }

    private Task<bool> IsBlockedAsync(Account one, Account other, CancellationToken ct)
    {
        var (a, b, here, there) = (one.Id, other.Id, one.Domain, other.Domain);
        return db.Accounts.AnyAsync(
            m => m.Id == a && (db.Blocks.Any(x => (x.AccountId == a && x.TargetId == b) || (x.AccountId == b && x.TargetId == a))
                || db.UserDomainBlocks.Any(d => (d.AccountId == a && d.Domain == there) || (d.AccountId == b && d.Domain == here))),
            ct);
    }

    // In the order of their ids: two who follow each other at once wait for one another's rows, and never crosswise.
    private async Task CountAsync(Id<Account> follower, Id<Account> followed, int by, CancellationToken ct)
    {
        foreach (var id in (Id<Account>[])[follower < followed ? follower : followed, follower < followed ? followed : follower])
        {
            var (following, followers) = id == follower ? (by, 0) : (0, by);
            await db.AccountStats.Where(s => s.AccountId == id).ExecuteUpdateAsync(
                set => set.SetProperty(s => s.Following, s => s.Following + following).SetProperty(s => s.Followers, s => s.Followers + followers), ct);
        }

        CountsTopic.Wake(db, follower, followed);
    }
}
