using Atrium.Kernel;
using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Keys under which apps post: the same key within 24 hours is the same post.</summary>
internal static class PostKeys
{
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>What was made under a key that still holds.</summary>
    public static Task<IdempotentPost?> MadeBeforeAsync(this SocialDb db, Id<Account> me, string key, CancellationToken ct)
    {
        var since = db.Now - Kept;
        return db.IdempotentPosts.FirstOrDefaultAsync(p => p.AccountId == me && p.Key == key && p.CreatedAt > since, ct);
    }

    /// <summary>Makes a post in a transaction of its own; null where somebody else made it under the same key a moment before.</summary>
    /// <param name="write">Adds the key's row with the rest.</param>
    public static async Task<T?> OnceAsync<T>(this SocialDb db, Id<Account> me, string? key, Func<CancellationToken, Task<T>> write, CancellationToken ct)
        where T : class
    {
        for (var again = false; ; again = true)
        {
            try
            {
                return await db.WriteAsync(write, ct);
            }
            catch (UniqueViolation twice) when (key is not null && twice.Concerns("idempotent"))
            {
                db.ChangeTracker.Clear();
                // One that is older than a day is free again, though nobody swept it away yet.
                var since = db.Now - Kept;
                if (await db.IdempotentPosts.Where(p => p.AccountId == me && p.Key == key && p.CreatedAt <= since).ExecuteDeleteAsync(ct) == 0 || again) return null;
            }
            catch
            {
                db.ChangeTracker.Clear();
                throw;
            }
        }
    }
}
