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
        var follows = db.Follows.Where(f => f.State == FollowState.Accepted);
        var met = await follows.Where(f => f.AccountId == me || f.TargetId == me).Select(f => f.AccountId == me ? f.TargetId : f.AccountId).ToListAsync(ct);
        await db.AccountStats.Where(s => s.Following > 0 && follows.Any(f => f.AccountId == s.AccountId && f.TargetId == me)).ExecuteUpdateAsync(set => set.SetProperty(s => s.Following, s => s.Following - 1), ct);
        await db.AccountStats.Where(s => s.Followers > 0 && follows.Any(f => f.TargetId == s.AccountId && f.AccountId == me)).ExecuteUpdateAsync(set => set.SetProperty(s => s.Followers, s => s.Followers - 1), ct);
        await db.AccountStats.Where(s => s.AccountId == me).ExecuteUpdateAsync(set => set.SetProperty(s => s.Following, 0).SetProperty(s => s.Followers, 0), ct);
        CountsTopic.Wake(db, [me, .. met]);

        var (member, followers) = (account.MemberId, Audiences.FollowersOf(me, account.MemberId));
        await db.PrincipalMembers.Where(p => p.Principal == followers || (member != null && p.MemberId == member && p.Principal.StartsWith("followers:"))).ExecuteDeleteAsync(ct);
        await db.Follows.Where(f => f.AccountId == me || f.TargetId == me).ExecuteDeleteAsync(ct);
        await db.Blocks.Where(b => b.AccountId == me || b.TargetId == me).ExecuteDeleteAsync(ct);
        await db.Mutes.Where(m => m.AccountId == me || m.TargetId == me).ExecuteDeleteAsync(ct);
        await db.StatusStats.Where(s => s.Favourites > 0 && db.Favourites.Any(f => f.AccountId == me && f.StatusId == s.StatusId)).ExecuteUpdateAsync(set => set.SetProperty(s => s.Favourites, s => s.Favourites - 1), ct);
        await db.Favourites.Where(f => f.AccountId == me).ExecuteDeleteAsync(ct);
        await db.TakeBackAsync(db.Notices.Where(n => n.AccountId == me || n.FromId == me), ct);
        await MarksAsync(me, ct);
        await RelationsAsync(me, ct);
        await ReadingAsync(me, ct);
        await WritingAsync(me, account.MemberId, ct);
        account.Call("");
        (account.Note, account.NoteSource, account.Fields, account.Emojis, account.Role) = ("", "", [], [], Role.Guest);
        (account.AvatarUrl, account.HeaderUrl, account.AvatarDescription, account.HeaderDescription, account.DefaultLanguage, account.AlsoKnownAs) = (null, null, "", "", null, []);
        db.Publish(new AccountChanged(me), me.ToString());
    }

    // What a vote counts for stays; who gave it is nobody's business any more.
    private async Task MarksAsync(Id<Account> me, CancellationToken ct)
    {
        await db.Bookmarks.Where(b => b.AccountId == me).ExecuteDeleteAsync(ct);
        await db.Pins.Where(p => p.AccountId == me).ExecuteDeleteAsync(ct);
        await db.PollVotes.Where(v => v.AccountId == me).ExecuteDeleteAsync(ct);
        await db.ThreadMutes.Where(m => m.AccountId == me).ExecuteDeleteAsync(ct);
        await db.AnnouncementReactions.Where(r => r.AccountId == me).ExecuteDeleteAsync(ct);
        await db.AnnouncementReads.Where(r => r.AccountId == me).ExecuteDeleteAsync(ct);
        await db.StatusTags.Where(t => t.AccountId == me).ExecuteDeleteAsync(ct);
        await db.Mentions.Where(m => m.AccountId == me).ExecuteDeleteAsync(ct);
        await db.Quotes.Where(q => q.QuotedAccountId == me).ExecuteUpdateAsync(set => set.SetProperty(q => q.QuotedAccountId, (Id<Account>?)null), ct);
    }

    private async Task RelationsAsync(Id<Account> me, CancellationToken ct)
    {
        await db.UserDomainBlocks.Where(b => b.AccountId == me).ExecuteDeleteAsync(ct);
        await db.AccountNotes.Where(n => n.AccountId == me || n.TargetId == me).ExecuteDeleteAsync(ct);
        await db.Endorsements.Where(e => e.AccountId == me || e.TargetId == me).ExecuteDeleteAsync(ct);
        await db.DismissedSuggestions.Where(d => d.AccountId == me || d.TargetId == me).ExecuteDeleteAsync(ct);
        await db.ListMembers.Where(m => m.AccountId == me || db.Lists.Any(l => l.Id == m.ListId && l.AccountId == me)).ExecuteDeleteAsync(ct);
        await db.Lists.Where(l => l.AccountId == me).ExecuteDeleteAsync(ct);
        await db.TagFollows.Where(f => f.AccountId == me).ExecuteDeleteAsync(ct);
        await db.FeaturedTags.Where(f => f.AccountId == me).ExecuteDeleteAsync(ct);
        // The report outlives both, without their names.
        await db.Reports.Where(r => r.AccountId == me).ExecuteUpdateAsync(set => set.SetProperty(r => r.AccountId, default(Id<Account>)), ct);
        await db.Reports.Where(r => r.TargetId == me).ExecuteUpdateAsync(set => set.SetProperty(r => r.TargetId, default(Id<Account>)), ct);
    }

    private async Task ReadingAsync(Id<Account> me, CancellationToken ct)
    {
        await db.HomeEntries.Where(h => h.OwnerId == me || h.ViaAccountId == me).ExecuteDeleteAsync(ct);
        await db.Markers.Where(m => m.AccountId == me).ExecuteDeleteAsync(ct);
        await db.Conversations.Where(c => c.AccountId == me).ExecuteDeleteAsync(ct);
        await db.FilterKeywords.Where(k => db.Filters.Any(f => f.Id == k.FilterId && f.AccountId == me)).ExecuteDeleteAsync(ct);
        await db.FilterStatuses.Where(k => db.Filters.Any(f => f.Id == k.FilterId && f.AccountId == me)).ExecuteDeleteAsync(ct);
        await db.Filters.Where(f => f.AccountId == me).ExecuteDeleteAsync(ct);
        await db.NoticePolicies.Where(p => p.AccountId == me).ExecuteDeleteAsync(ct);
        await db.NoticeRequests.Where(r => r.AccountId == me || r.FromId == me).ExecuteDeleteAsync(ct);
        await db.ClientPushes.Where(p => p.AccountId == me).ExecuteDeleteAsync(ct);
    }

    private async Task WritingAsync(Id<Account> me, Id<Member>? member, CancellationToken ct)
    {
        await db.Drafts.Where(d => d.AccountId == me).ExecuteDeleteAsync(ct);
        await db.Scheduled.Where(s => s.AccountId == me).ExecuteDeleteAsync(ct);
        await db.IdempotentPosts.Where(p => p.AccountId == me).ExecuteDeleteAsync(ct);
        if (member is not null) await db.Statuses.Where(s => s.WrittenBy == member).ExecuteUpdateAsync(set => set.SetProperty(s => s.WrittenBy, (Id<Member>?)null), ct);
        db.Publish(new MediaLeft(me), me.ToString());
    }
}
