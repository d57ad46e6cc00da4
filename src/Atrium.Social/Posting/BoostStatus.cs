using Atrium.Kernel;
using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Boosts a post and takes it back. A boost is never wider than its original; both are idempotent.</summary>
internal sealed class BoostStatus(SocialDb db, Notifier notifier, DeleteStatus deleting)
{
    /// <param name="visibility">Public, unlisted or followers; null is public.</param>
    /// <param name="arrived">Where the boost comes from, when it was made elsewhere.</param>
    /// <returns>The boost.</returns>
    /// <exception cref="Refusal">Not found; forbidden (<c>not_boostable</c>).</exception>
    public async Task<Id<Status>> HandleAsync(Id<Status> id, Visibility? visibility, Viewer viewer, CancellationToken ct, Arrival? arrived = null)
    {
        var me = viewer.Demand();
        var original = await db.SeeAsync(id, viewer, ct);
        if (original.BoostOf is { } inner) original = await db.SeeAsync(inner, viewer, ct);
        var own = original.AccountId == me;
        if (!(original.Visibility is Visibility.Public or Visibility.Unlisted || (own && original.Visibility == Visibility.Followers)) || original.Kind == StatusKind.Boost)
            throw Refusal.Forbidden("This action is not allowed", "not_boostable");
        try
        {
            return await db.WriteAsync(token => WriteAsync(original, visibility ?? Visibility.Public, viewer, me, arrived, token), ct);
        }
        catch (UniqueViolation)
        {
            db.ChangeTracker.Clear();
            return await MineAsync(original.Id, me, ct) ?? throw Refusal.Unavailable();
        }
    }

    /// <returns>The original.</returns>
    public async Task<Id<Status>> UndoAsync(Id<Status> id, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        var target = await db.Statuses.Where(s => s.Id == id).Select(s => s.BoostOf ?? s.Id).FirstOrDefaultAsync(ct);
        if (await MineAsync(target, me, ct) is { } boost) await deleting.HandleAsync(boost, viewer, ct);
        await db.SeeAsync(target, viewer, ct);
        return target;
    }

    private async Task<Id<Status>?> MineAsync(Id<Status> original, Id<Account> me, CancellationToken ct) =>
        await db.Statuses.Where(s => s.BoostOf == original && s.AccountId == me && s.DeletedAt == null).Select(s => (Id<Status>?)s.Id).FirstOrDefaultAsync(ct);

    private async Task<Id<Status>> WriteAsync(Status original, Visibility asked, Viewer viewer, Id<Account> me, Arrival? arrived, CancellationToken ct)
    {
        if (await MineAsync(original.Id, me, ct) is { } there) return there;
        var author = await db.Accounts.Where(a => a.Id == me).Select(a => new { Account = a, db.AccountStats.First(s => s.AccountId == a.Id).Followers }).FirstAsync(ct);
        var visibility = original.Visibility == Visibility.Followers ? Visibility.Followers
            : original.Visibility == Visibility.Unlisted && asked == Visibility.Public ? Visibility.Unlisted
            : asked is Visibility.Public or Visibility.Unlisted or Visibility.Followers ? asked : Visibility.Public;
        var id = arrived is null ? await StatusIds.NextAsync(db, ct) : await StatusIds.ForAsync(db, arrived.At, ct);
        var boost = new Status
        {
            Id = id, AccountId = me, WrittenBy = viewer.Actor.MemberId, Kind = StatusKind.Boost, BoostOf = original.Id, IsLocal = arrived is null, Url = original.Url,
            Uri = arrived?.Uri ?? $"{author.Account.Uri}/statuses/{id}/activity", CreatedAt = arrived?.At ?? db.Now, Visibility = visibility, ConversationId = new(id.Value), ThreadRoot = id, Language = original.Language,
            Audience = await Audiences.OfAsync(db, id, author.Account, visibility, null, [], ct),
        };
        db.Statuses.Add(boost);
        db.StatusStats.Add(new() { StatusId = id });
        await db.SaveChangesAsync(ct);
        await db.StatusStats.Where(s => s.StatusId == original.Id).ExecuteUpdateAsync(set => set.SetProperty(s => s.Boosts, s => s.Boosts + 1), ct);
        await db.AccountStats.Where(s => s.AccountId == me).ExecuteUpdateAsync(set => set.SetProperty(s => s.Statuses, s => s.Statuses + 1), ct);
        CountsTopic.Wake(db, me);
        await HomeFan.OutAsync(db, boost, authorIsLocal: arrived is null, author.Followers, [], ct);
        await notifier.TellAsync(new(NoticeType.Reblog, me, $"reblog:{id}", original), [original.AccountId], ct);
        db.OfPost(boost);
        db.Announce(SocialTopics.Statuses, id.Value, "update");
        return id;
    }
}
