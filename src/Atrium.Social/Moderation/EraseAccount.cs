using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Takes away all that is an account's: posts, relations, marks, settings. Its row and name stay, and what others said under its posts.</summary>
internal sealed class EraseAccount(SocialDb db, DeleteStatus deleting)
{
    private const int Batch = 200;

    /// <summary>Some of its posts, in the transaction under way.</summary>
    /// <returns>Whether there are more.</returns>
    public async Task<bool> PostsAsync(Id<Account> me, CancellationToken ct)
    {
        var some = await db.Statuses.Where(s => s.AccountId == me && s.DeletedAt == null).OrderBy(s => s.Id).Take(Batch).ToListAsync(ct);
        foreach (var status in some) await deleting.RemoveAsync(status, ct);
        return some.Count == Batch;
    }

    /// <summary>All the rest, in the transaction under way.</summary>
    public async Task RestAsync(Account account, CancellationToken ct)
    {
        var me = account.Id;
        foreach (var follow in await db.Follows.Where(f => (f.AccountId == me || f.TargetId == me) && f.State == FollowState.Accepted).ToListAsync(ct))
        {
            await db.AccountStats.Where(s => s.AccountId == follow.AccountId && s.Following > 0).ExecuteUpdateAsync(set => set.SetProperty(s => s.Following, s => s.Following - 1), ct);
            await db.AccountStats.Where(s => s.AccountId == follow.TargetId && s.Followers > 0).ExecuteUpdateAsync(set => set.SetProperty(s => s.Followers, s => s.Followers - 1), ct);
            CountsTopic.Wake(db, follow.AccountId, follow.TargetId);
        }

        var (member, followers) = (account.MemberId, Audiences.FollowersOf(me, account.MemberId));
        await db.PrincipalMembers.Where(p => p.Principal == followers || (member != null && p.MemberId == member && p.Principal.StartsWith("followers:"))).ExecuteDeleteAsync(ct);
        await db.Follows.Where(f => f.AccountId == me || f.TargetId == me).ExecuteDeleteAsync(ct);
        await db.Blocks.Where(b => b.AccountId == me || b.TargetId == me).ExecuteDeleteAsync(ct);
        await db.Mutes.Where(m => m.AccountId == me || m.TargetId == me).ExecuteDeleteAsync(ct);
        foreach (var liked in await db.Favourites.Where(f => f.AccountId == me).Select(f => f.StatusId).ToListAsync(ct))
            await db.StatusStats.Where(s => s.StatusId == liked && s.Favourites > 0).ExecuteUpdateAsync(set => set.SetProperty(s => s.Favourites, s => s.Favourites - 1), ct);
        await db.Favourites.Where(f => f.AccountId == me).ExecuteDeleteAsync(ct);
        await db.Bookmarks.Where(b => b.AccountId == me).ExecuteDeleteAsync(ct);
        await db.HomeEntries.Where(h => h.OwnerId == me || h.ViaAccountId == me).ExecuteDeleteAsync(ct);
        await db.Notices.Where(n => n.AccountId == me || n.FromId == me).ExecuteDeleteAsync(ct);
        await db.ListMembers.Where(m => m.AccountId == me || db.Lists.Any(l => l.Id == m.ListId && l.AccountId == me)).ExecuteDeleteAsync(ct);
        await db.Lists.Where(l => l.AccountId == me).ExecuteDeleteAsync(ct);
        await db.FilterKeywords.Where(k => db.Filters.Any(f => f.Id == k.FilterId && f.AccountId == me)).ExecuteDeleteAsync(ct);
        await db.Filters.Where(f => f.AccountId == me).ExecuteDeleteAsync(ct);
        await db.ClientPushes.Where(p => p.AccountId == me).ExecuteDeleteAsync(ct);
        await db.Drafts.Where(d => d.AccountId == me).ExecuteDeleteAsync(ct);
        await db.Scheduled.Where(s => s.AccountId == me).ExecuteDeleteAsync(ct);
        await db.Conversations.Where(c => c.AccountId == me).ExecuteDeleteAsync(ct);
        await db.AccountNotes.Where(n => n.AccountId == me || n.TargetId == me).ExecuteDeleteAsync(ct);
        await db.Endorsements.Where(e => e.AccountId == me || e.TargetId == me).ExecuteDeleteAsync(ct);
        await db.AnnouncementReactions.Where(r => r.AccountId == me).ExecuteDeleteAsync(ct);
        (account.DisplayName, account.Note, account.NoteSource, account.Fields, account.AvatarUrl, account.HeaderUrl) = ("", "", "", [], null, null);
        db.Publish(new AccountChanged(me), me.ToString());
    }
}
