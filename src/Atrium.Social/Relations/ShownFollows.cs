namespace Atrium.Social;

/// <summary>Who follows an account and whom it follows, as far as a reader is shown that.</summary>
internal static class ShownFollows
{
    /// <returns>Null where it keeps that to itself, is suspended, or has blocked the reader.</returns>
    public static async Task<IQueryable<Follow>?> OfAsync(SocialDb db, Account account, bool followers, Viewer viewer, CancellationToken ct)
    {
        if ((account.HideCollections && account.Id != viewer.Me) || !await db.ShowsItselfAsync(account, viewer, ct)) return null;
        var rows = db.Follows.Where(f => f.State == FollowState.Accepted);
        return followers
            ? rows.Where(f => f.TargetId == account.Id).OfShown(db, f => f.AccountId).NotBlockedFor(viewer, db, f => f.AccountId)
            : rows.Where(f => f.AccountId == account.Id).OfShown(db, f => f.TargetId).NotBlockedFor(viewer, db, f => f.TargetId);
    }
}
