using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>A member is gone: their posts, relations, marks and settings go; the name stays reserved, and what others said under theirs stays.</summary>
internal sealed class ForgetAccount(SocialDb db, DeleteStatus deleting) : IReaction<MemberErased>
{
    public async Task HandleAsync(MemberErased happened, CancellationToken ct)
    {
        var account = await db.Accounts.AsTracking().FirstOrDefaultAsync(a => a.MemberId == happened.Member, ct);
        if (account is null) return;
        var me = account.Id;
        foreach (var status in await db.Statuses.Where(s => s.AccountId == me && s.DeletedAt == null).ToListAsync(ct)) await deleting.RemoveAsync(status, ct);
        foreach (var follow in await db.Follows.Where(f => (f.AccountId == me || f.TargetId == me) && f.State == FollowState.Accepted).ToListAsync(ct))
        {
            await db.AccountStats.Where(s => s.AccountId == follow.AccountId && s.Following > 0).ExecuteUpdateAsync(set => set.SetProperty(s => s.Following, s => s.Following - 1), ct);
            await db.AccountStats.Where(s => s.AccountId == follow.TargetId && s.Followers > 0).ExecuteUpdateAsync(set => set.SetProperty(s => s.Followers, s => s.Followers - 1), ct);
        }

        var (member, followers) = (happened.Member, Audiences.FollowersOf(me, happened.Member));
        await db.PrincipalMembers.Where(p => p.Principal == followers || (p.MemberId == member && p.Principal.StartsWith("followers:"))).ExecuteDeleteAsync(ct);
        await db.Follows.Where(f => f.AccountId == me || f.TargetId == me).ExecuteDeleteAsync(ct);
        await db.Blocks.Where(b => b.AccountId == me || b.TargetId == me).ExecuteDeleteAsync(ct);
        await db.Mutes.Where(m => m.AccountId == me || m.TargetId == me).ExecuteDeleteAsync(ct);
        await db.Favourites.Where(f => f.AccountId == me).ExecuteDeleteAsync(ct);
        await db.Bookmarks.Where(b => b.AccountId == me).ExecuteDeleteAsync(ct);
        await db.HomeEntries.Where(h => h.OwnerId == me).ExecuteDeleteAsync(ct);
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
        account.Standing = AccountStanding.Deleted;
        (account.DisplayName, account.Note, account.NoteSource, account.Fields, account.AvatarUrl, account.HeaderUrl) = ("", "", "", [], null, null);
        db.Publish(new AccountChanged(me), me.ToString());
    }
}
