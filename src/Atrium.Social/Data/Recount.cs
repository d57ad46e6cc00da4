using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// Counts afresh what answers posts and what is said about things. Counters are moved by one when something is posted; wherever something goes, comes
/// back, or is seen by others than before, they are counted: so that they say what everyone counts who sees the post or the thing, and tell of
/// nothing else.
/// </summary>
internal sealed class Recount(SocialDb db) : IReaction<SightChanged>
{
    private const int Batch = 500;

    // Most counts follow a single post; those of a whole account or thread are many.
    public async Task HandleAsync(SightChanged happened, CancellationToken ct)
    {
        var moved = db.Statuses.Where(s => s.Id == happened.Status || (happened.Discussion != null && s.DiscussionId == happened.Discussion) || (happened.Account != null && s.AccountId == happened.Account));
        var around = await moved.Where(s => s.InReplyTo != null).Select(s => s.InReplyTo!.Value)
            .Union(db.Quotes.Where(q => q.QuotedId != null && moved.Any(s => s.Id == q.QuotingId)).Select(q => q.QuotedId!.Value)).ToListAsync(ct);
        foreach (var some in around.Order().Chunk(Batch)) await PostsAsync(some, ct);
        var threads = await moved.Where(s => s.DiscussionId != null).Select(s => s.DiscussionId!.Value).Distinct().ToListAsync(ct);
        foreach (var some in threads.Order().Chunk(Batch)) await ThreadsAsync(some, ct);
    }

    /// <summary>Every counter there is. Each some are counted in a transaction of their own, so that nobody who posts meanwhile waits for all.</summary>
    public async Task AllAsync(CancellationToken ct)
    {
        await EachAsync(db.AccountStats.Select(s => s.AccountId), AccountsAsync, ct);
        await EachAsync(
            db.StatusStats.Select(s => s.StatusId),
            async (some, token) =>
            {
                await PostsAsync(some, token);
                await ReactionsAsync(some, token);
            },
            ct);
        await EachAsync(db.Discussions.Where(d => d.State != DiscussionState.Gone).Select(d => d.Id), ThreadsAsync, ct);
    }

    /// <summary>Followers, follows and posts of these accounts, in the transaction under way.</summary>
    public async Task AccountsAsync(IReadOnlyCollection<Id<Account>> ids, CancellationToken ct)
    {
        await LockAsync("social_account_stats", "account_id", [.. ids.Select(i => i.Value)], ct);
        await db.AccountStats.Where(s => ids.Contains(s.AccountId)).ExecuteUpdateAsync(
            set => set.SetProperty(s => s.Followers, s => db.Follows.Count(f => f.TargetId == s.AccountId && f.State == FollowState.Accepted))
                .SetProperty(s => s.Following, s => db.Follows.Count(f => f.AccountId == s.AccountId && f.State == FollowState.Accepted))
                .SetProperty(s => s.Statuses, s => db.Statuses.Count(p => p.AccountId == s.AccountId && p.DeletedAt == null && p.Kind != StatusKind.Root
                    && (p.Visibility == Visibility.Public || p.Visibility == Visibility.Unlisted || p.Visibility == Visibility.Followers))),
            ct);
    }

    /// <summary>What answers and quotes these posts, in the transaction under way.</summary>
    public async Task PostsAsync(IReadOnlyCollection<Id<Status>> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return;
        await LockAsync("social_status_stats", "status_id", [.. ids.Select(i => i.Value)], ct);
        await AnswersAsync(db.StatusStats.Where(s => ids.Contains(s.StatusId)), ct);
    }

    /// <summary>What is said in these threads, in the transaction under way.</summary>
    public async Task ThreadsAsync(IReadOnlyCollection<Id<Discussion>> ids, CancellationToken ct)
    {
        if (ids.Count == 0) return;
        await LockAsync("social_discussion", "id", [.. ids.Select(i => i.Value)], ct);
        await CommentsAsync(db.Discussions.Where(d => ids.Contains(d.Id)), ct);
    }

    /// <summary>What answers and quotes: not what is hidden, and not what is said to fewer than see the post.</summary>
    private Task AnswersAsync(IQueryable<StatusStats> stats, CancellationToken ct)
    {
        var shown = Shown();
        return stats.ExecuteUpdateAsync(
            set => set
                .SetProperty(s => s.Replies, s => shown.Count(p => p.InReplyTo == s.StatusId
                    && (p.Visibility == Visibility.Public || p.Visibility == Visibility.Unlisted || db.Statuses.Any(o => o.Id == s.StatusId && o.Audience == p.Audience))))
                .SetProperty(s => s.Quotes, s => shown.Count(p => db.Quotes.Any(q => q.QuotingId == p.Id && q.QuotedId == s.StatusId)
                    && (p.Visibility == Visibility.Public || p.Visibility == Visibility.Unlisted || db.Statuses.Any(o => o.Id == s.StatusId && o.Audience == p.Audience)))),
            ct);
    }

    /// <summary>What is said about things, as whoever sees the thing reads it.</summary>
    private Task CommentsAsync(IQueryable<Discussion> discussions, CancellationToken ct)
    {
        var shown = Shown();
        return discussions.ExecuteUpdateAsync(
            set => set.SetProperty(d => d.Comments, d => shown.Count(p => p.DiscussionId == d.Id && p.Kind == StatusKind.Note
                && (p.Visibility == Visibility.Public || p.Visibility == Visibility.Unlisted || p.Audience == d.Audience))),
            ct);
    }

    private IQueryable<Status> Shown() => db.Statuses.Where(p => p.DeletedAt == null && p.HiddenAt == null && p.Visibility != Visibility.Direct
        && db.Accounts.Any(a => a.Id == p.AccountId && (a.Standing == AccountStanding.Active || a.Standing == AccountStanding.Limited || a.Standing == AccountStanding.Memorial)));

    private Task ReactionsAsync(IReadOnlyCollection<Id<Status>> ids, CancellationToken ct) => db.StatusStats.Where(s => ids.Contains(s.StatusId)).ExecuteUpdateAsync(
        set => set.SetProperty(s => s.Favourites, s => db.Favourites.Count(f => f.StatusId == s.StatusId))
            .SetProperty(s => s.Boosts, s => db.Statuses.Count(p => p.BoostOf == s.StatusId && p.DeletedAt == null)),
        ct);

    private async Task EachAsync<T>(IQueryable<Id<T>> keys, Func<IReadOnlyCollection<Id<T>>, CancellationToken, Task> count, CancellationToken ct)
    {
        Id<T> last = default;
        while (await keys.Where(k => k > last).OrderBy(k => k).Take(Batch).ToListAsync(ct) is { Count: > 0 } some)
        {
            await db.WriteAsync(token => count(some, token), ct);
            last = some[^1];
        }
    }

    // Whoever posts moves the counter last: once its row is taken, all that is counted in it is there to be counted, and what comes later adds itself.
    private Task LockAsync(string table, string key, long[] ids, CancellationToken ct)
    {
        if (db.House.IsSqlite) return Task.CompletedTask;
        var sql = $"SELECT 1 FROM {table} WHERE {key} = ANY ({{0}}) ORDER BY {key} FOR UPDATE";
        return db.Database.ExecuteSqlRawAsync(sql, [ids], ct);
    }
}
