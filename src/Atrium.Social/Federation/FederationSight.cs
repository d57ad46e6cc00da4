using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>What leaves the house, and what an account of another server sees of it.</summary>
internal static class FederationSight
{
    /// <summary>
    /// Only posts that may leave: what is said among members, in a group or about a thing that not everyone sees stays, in every form. An own
    /// boost leaves when its original does, or is somebody else's.
    /// </summary>
    public static IQueryable<Status> Leaving(this IQueryable<Status> statuses, SocialDb db)
    {
        var originals = Own(db.Statuses, db);
        return Own(statuses, db).Where(s => s.IsLocal && (s.BoostOf == null || originals.Any(o => o.Id == s.BoostOf && (o.Visibility == Visibility.Public || o.Visibility == Visibility.Unlisted))));
    }

    /// <summary>Those that everybody may fetch.</summary>
    public static IQueryable<Status> Fetchable(this IQueryable<Status> statuses, SocialDb db) =>
        statuses.Leaving(db).Where(s => s.Visibility == Visibility.Public || s.Visibility == Visibility.Unlisted);

    /// <summary>Does a remote account see this post? Null (nobody in particular) sees what is public.</summary>
    public static async Task<bool> SeesAsync(this SocialDb db, Id<Account>? reader, Status status, CancellationToken ct)
    {
        if (!await Own(db.Statuses, db).AnyAsync(s => s.Id == status.Id, ct)) return false;
        if (reader is not { } me) return status.Visibility is Visibility.Public or Visibility.Unlisted;
        var author = status.AccountId;
        if (author == me) return true;
        if (await db.Blocks.AnyAsync(b => (b.AccountId == author && b.TargetId == me) || (b.AccountId == me && b.TargetId == author), ct)) return false;
        if (await db.UserDomainBlocks.AnyAsync(d => d.AccountId == author && db.Accounts.Any(a => a.Id == me && a.Domain == d.Domain), ct)) return false;
        if (status.Visibility is Visibility.Public or Visibility.Unlisted) return true;
        if (await db.Mentions.AnyAsync(m => m.StatusId == status.Id && m.AccountId == me, ct)) return true;
        return status.Visibility == Visibility.Followers && await db.Follows.AnyAsync(f => f.AccountId == me && f.TargetId == author && f.State == FollowState.Accepted, ct);
    }

    private static IQueryable<Status> Own(IQueryable<Status> statuses, SocialDb db) => statuses
        .Where(s => s.DeletedAt == null && s.HiddenAt == null && s.Visibility != Visibility.Members && s.Visibility != Visibility.Group)
        .Where(s => s.DiscussionId == null
            || db.Discussions.Any(d => d.Id == s.DiscussionId && d.Audience == Audience.Public && (d.State == DiscussionState.Open || d.State == DiscussionState.Closed)))
        .Where(s => db.Accounts.Any(a => a.Id == s.AccountId
            && (a.Standing == AccountStanding.Active || a.Standing == AccountStanding.Limited || a.Standing == AccountStanding.Memorial)));
}
