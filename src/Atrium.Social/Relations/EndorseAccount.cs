using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Recommends somebody on one's profile, whom one follows; and no longer.</summary>
internal sealed class EndorseAccount(SocialDb db)
{
    /// <exception cref="Refusal">Invalid: <c>not_following</c>.</exception>
    public async Task HandleAsync(Id<Account> target, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        if (!await db.Follows.AnyAsync(f => f.AccountId == me && f.TargetId == target && f.State == FollowState.Accepted, ct)) throw Refusal.Invalid("base", "You must be already following the person you want to endorse", "not_following");
        await db.Database.ExecuteSqlRawAsync("INSERT INTO social_endorsement (id, account_id, target_id) VALUES ({0}, {1}, {2}) ON CONFLICT DO NOTHING", [Id<Endorsement>.New().Value, me.Value, target.Value], ct);
    }

    public Task UndoAsync(Id<Account> target, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        return db.Endorsements.Where(e => e.AccountId == me && e.TargetId == target).ExecuteDeleteAsync(ct);
    }

    /// <summary>Whom an account recommends, as far as the reader meets them, newest first.</summary>
    public static IQueryable<Endorsement> Of(Id<Account> by, Viewer viewer, SocialDb db)
    {
        var rows = db.Endorsements.Where(e => e.AccountId == by).OfShown(db, e => e.AccountId).OfShown(db, e => e.TargetId).NotBlockedFor(viewer, db, e => e.TargetId);
        return viewer.Me is { } me ? rows.Where(e => !db.Blocks.Any(b => b.AccountId == by && b.TargetId == me)) : rows;
    }
}
