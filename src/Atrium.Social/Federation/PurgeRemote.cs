using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// Every night: what accounts of elsewhere left that were suspended 30 days ago, or deleted, goes for good; and so do posts of elsewhere that are 90
/// days old and that nobody here answered, liked, boosted, kept or was named in. A little at a time, each bit whole: whatever interrupts it, the
/// next night goes on.
/// </summary>
internal sealed class PurgeRemote(SocialDb db, DeleteStatus deleting, RemoveRemote removal) : IRecurringWork
{
    private const int Batch = 100;
    private const int MostAccounts = 1_000;
    private const int MostPosts = 20_000;
    private static readonly TimeSpan Reversible = TimeSpan.FromDays(30);
    private static readonly TimeSpan Untouched = TimeSpan.FromDays(90);

    public async Task RunAsync(CancellationToken ct)
    {
        var since = db.Now - Reversible;
        foreach (var account in await db.Accounts.Where(a => a.Domain != "" && (a.Standing == AccountStanding.Deleted || (a.Standing == AccountStanding.Suspended && a.SuspendedAt < since))).Take(MostAccounts).ToListAsync(ct))
            await PurgeAsync(account, ct);
        for (var gone = 0; gone < MostPosts && await ForgetAsync(ct) is > 0 and var count; gone += count) db.ChangeTracker.Clear();
    }

    private async Task PurgeAsync(Account account, CancellationToken ct)
    {
        while (await EmptyAsync(account, ct)) db.ChangeTracker.Clear();
        List<ProfileField> none = [];
        await db.WriteAsync(
            async token =>
            {
                if (!await StandsAsync(account, token)) return;
                await removal.EndFollowsAsync(account, token);
                foreach (var liked in await db.Favourites.Where(f => f.AccountId == account.Id).Select(f => f.StatusId).ToListAsync(token))
                    await db.StatusStats.Where(s => s.StatusId == liked && s.Favourites > 0).ExecuteUpdateAsync(set => set.SetProperty(s => s.Favourites, s => s.Favourites - 1), token);
                await db.Favourites.Where(f => f.AccountId == account.Id).ExecuteDeleteAsync(token);
                await db.TakeBackAsync(db.Notices.Where(n => n.FromId == account.Id), token);
                await db.Accounts.Where(a => a.Id == account.Id).ExecuteUpdateAsync(
                    set => set.SetProperty(a => a.Standing, AccountStanding.Purged).SetProperty(a => a.DisplayName, "").SetProperty(a => a.Note, "")
                        .SetProperty(a => a.Fields, none).SetProperty(a => a.AvatarUrl, (string?)null).SetProperty(a => a.HeaderUrl, (string?)null).SetProperty(a => a.FetchedAt, (DateTimeOffset?)null),
                    token);
            },
            ct);
    }

    // Their answers leave a gap in the thread, without a word in it.
    private Task<bool> EmptyAsync(Account account, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            if (!await StandsAsync(account, token)) return false;
            var posts = await db.Statuses.Where(s => s.AccountId == account.Id && (s.DeletedAt == null || s.Html != "" || s.Plain != "" || s.HasMedia)).OrderBy(s => s.Id).Take(Batch).ToListAsync(token);
            if (posts.Count == 0) return false;
            List<Id<Status>> ids = [.. posts.Select(p => p.Id)];
            foreach (var post in posts.Where(p => p.DeletedAt is null)) await deleting.RemoveAsync(post, token);
            await db.SaveChangesAsync(token);
            await RemovePartsAsync(ids, token);
            await db.Statuses.Where(s => ids.Contains(s.Id)).ExecuteUpdateAsync(
                set => set.SetProperty(s => s.Html, "").SetProperty(s => s.Plain, "").SetProperty(s => s.Source, "").SetProperty(s => s.Spoiler, "").SetProperty(s => s.HasMedia, false)
                    .SetProperty(s => s.Document, StatusDocument.Empty), token);
            return true;
        },
        ct);

    private Task<bool> StandsAsync(Account account, CancellationToken ct) => db.Accounts.AnyAsync(a => a.Id == account.Id && a.Standing == account.Standing, ct);

    private Task<int> ForgetAsync(CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            var before = db.Now - Untouched;
            var ids = await db.Statuses
                .Where(s => !s.IsLocal && s.CreatedAt < before && s.DiscussionId == null && (s.Kind == StatusKind.Note || !db.Statuses.Any(o => o.Id == s.BoostOf && o.IsLocal)))
                .Where(s => !db.Statuses.Any(o => o.InReplyTo == s.Id || o.BoostOf == s.Id) && !db.Favourites.Any(f => f.StatusId == s.Id) && !db.Bookmarks.Any(b => b.StatusId == s.Id)
                    && !db.Quotes.Any(q => q.QuotedId == s.Id) && !db.Pins.Any(p => p.StatusId == s.Id) && !db.Notices.Any(n => n.StatusId == s.Id)
                    && !db.Mentions.Any(m => m.StatusId == s.Id && db.Accounts.Any(a => a.Id == m.AccountId && a.Domain == "")) && (s.PollId == null || !db.PollVotes.Any(v => v.PollId == s.PollId)))
                .OrderBy(s => s.Id).Select(s => s.Id).Take(Batch).ToListAsync(token);
            if (ids.Count == 0) return 0;
            var posts = await db.Statuses.Where(s => ids.Contains(s.Id) && s.Kind == StatusKind.Note).Select(s => s.Id).ToListAsync(token);
            await RemovePartsAsync(ids, token);
            await db.Mentions.Where(m => ids.Contains(m.StatusId)).ExecuteDeleteAsync(token);
            await db.StatusStats.Where(s => ids.Contains(s.StatusId)).ExecuteDeleteAsync(token);
            await db.Statuses.Where(s => ids.Contains(s.Id)).ExecuteDeleteAsync(token);
            foreach (var id in ids) db.OfDeletion(id, local: false, posts.Contains(id));
            return ids.Count;
        },
        ct);

    private async Task RemovePartsAsync(List<Id<Status>> ids, CancellationToken ct)
    {
        var polls = await db.Polls.Where(p => ids.Contains(p.StatusId)).Select(p => p.Id).ToListAsync(ct);
        await db.PollVotes.Where(v => polls.Contains(v.PollId)).ExecuteDeleteAsync(ct);
        await db.PollOptions.Where(o => polls.Contains(o.PollId)).ExecuteDeleteAsync(ct);
        await db.Polls.Where(p => polls.Contains(p.Id)).ExecuteDeleteAsync(ct);
        await db.Media.Where(m => m.StatusId != null && ids.Contains(m.StatusId.Value)).ExecuteDeleteAsync(ct);
        await db.StatusEdits.Where(e => ids.Contains(e.StatusId)).ExecuteDeleteAsync(ct);
        await db.StatusTags.Where(t => ids.Contains(t.StatusId)).ExecuteDeleteAsync(ct);
        await db.Quotes.Where(q => ids.Contains(q.QuotingId)).ExecuteDeleteAsync(ct);
        await db.HomeEntries.Where(h => ids.Contains(h.StatusId) || ids.Contains(h.OriginalId)).ExecuteDeleteAsync(ct);
    }
}
