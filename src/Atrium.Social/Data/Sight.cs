using Atrium.Kernel;
using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// The one rule of what a reader sees of posts (invariant 1): not deleted, not hidden, its author not suspended, no block in either direction,
/// the reader among its audience and, in a discussion, among the thing's; of a boost, all of that for the original too. Every path that reads
/// posts goes through here; <see cref="SightOfMany"/> says the same of one post and many readers.
/// </summary>
internal static class Sight
{
    /// <summary>Only posts that <paramref name="viewer"/> may see. The house itself sees all that are not deleted.</summary>
    public static IQueryable<Status> VisibleTo(this IQueryable<Status> statuses, Viewer viewer, SocialDb db)
    {
        if (viewer.Actor.IsSystem) return statuses.Where(s => s.DeletedAt == null);
        var originals = Own(db.Statuses, viewer, db);
        return Own(statuses, viewer, db).Where(s => s.BoostOf == null || originals.Any(o => o.Id == s.BoostOf));
    }

    private static IQueryable<Status> Own(IQueryable<Status> statuses, Viewer viewer, SocialDb db)
    {
        var runs = viewer.RunsThread;
        var discussions = db.Discussions.Where(d => d.State == DiscussionState.Open || d.State == DiscussionState.Closed || (runs && (d.State == DiscussionState.Hidden || d.State == DiscussionState.Withdrawn))).VisibleTo(viewer.Actor, db, d => d.Audience);
        var seen = statuses
            .Where(s => s.DeletedAt == null)
            .VisibleTo(viewer.Actor, db, s => s.Audience)
            .Where(s => db.Accounts.Any(a => a.Id == s.AccountId
                && (a.Standing == AccountStanding.Active || a.Standing == AccountStanding.Limited || a.Standing == AccountStanding.Memorial)))
            .Where(s => s.DiscussionId == null || discussions.Any(d => d.Id == s.DiscussionId));
        if (viewer.Me is not { } me) return seen.Where(s => s.HiddenAt == null);
        return seen
            .Where(s => s.HiddenAt == null || s.AccountId == me || (runs && s.DiscussionId != null))
            .Where(s => !db.Blocks.Any(b => b.AccountId == me && b.TargetId == s.AccountId) && !db.Blocks.Any(b => b.AccountId == s.AccountId && b.TargetId == me));
    }

    /// <summary>Leaves out those the reader muted, and the servers they block, as timelines do; what was asked for by name is shown.</summary>
    public static IQueryable<Status> NotMutedBy(this IQueryable<Status> statuses, Viewer viewer, SocialDb db)
    {
        if (viewer.Me is not { } me) return statuses;
        var now = db.Now;
        var muted = db.Mutes.Where(m => m.AccountId == me && (m.ExpiresAt == null || m.ExpiresAt > now));
        return statuses.Where(s => !muted.Any(m => m.TargetId == s.AccountId)
            && (s.BoostOf == null || !db.Statuses.Any(o => o.Id == s.BoostOf && muted.Any(m => m.TargetId == o.AccountId)))).NotOfServersBlockedBy(viewer, db);
    }

    /// <summary>Leaves out what comes from servers the reader blocks, boosted by whomever.</summary>
    public static IQueryable<Status> NotOfServersBlockedBy(this IQueryable<Status> statuses, Viewer viewer, SocialDb db)
    {
        if (viewer.Me is not { } me) return statuses;
        var there = db.Accounts.Where(a => db.UserDomainBlocks.Any(d => d.AccountId == me && d.Domain == a.Domain));
        return statuses.Where(s => (s.IsLocal || !there.Any(a => a.Id == s.AccountId))
            && (s.BoostOf == null || !db.Statuses.Any(o => o.Id == s.BoostOf && !o.IsLocal && there.Any(a => a.Id == o.AccountId))));
    }

    /// <summary>Leaves out authors whom moderators limited, but for themselves and those who follow them: lists that nobody asked for by name do so.</summary>
    public static IQueryable<Status> NotLimitedFor(this IQueryable<Status> statuses, Viewer viewer, SocialDb db)
    {
        var limited = db.Accounts.Where(a => a.Standing == AccountStanding.Limited);
        if (viewer.Me is { } me) limited = limited.Where(a => a.Id != me && !db.Follows.Any(f => f.AccountId == me && f.TargetId == a.Id && f.State == FollowState.Accepted));
        return statuses.Where(s => !limited.Any(a => a.Id == s.AccountId));
    }

    /// <summary>One post, or a refusal that does not say whether it is there.</summary>
    public static async Task<Status> SeeAsync(this SocialDb db, Id<Status> id, Viewer viewer, CancellationToken ct) =>
        await db.Statuses.Where(s => s.Id == id).VisibleTo(viewer, db).FirstOrDefaultAsync(ct) ?? throw Refusal.NotFound("Record not found");
}
