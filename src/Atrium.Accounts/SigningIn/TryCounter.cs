using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.SigningIn;

/// <summary>
/// Shuts the door for a growing while after wrong passwords and codes. A try is counted before it is checked, so that many at once gain
/// nothing, and names that do not exist are counted too, so that a shut door tells nothing.
/// </summary>
internal static class TryCounter
{
    public static string PasswordOf(Id<Member> member) => $"password:{member}";

    public static string PasswordOf(string unknownName) => $"name:{RandomKey.Hash(unknownName)}";

    public static string CodeOf(Id<Member> member) => $"code:{member}";

    /// <summary>Counts a try that is about to be made.</summary>
    /// <exception cref="Refusal">TooMany while the door is shut.</exception>
    public static async Task CountAsync(AccountsDb db, string key, CancellationToken ct)
    {
        while (true)
        {
            var now = db.Now;
            var seen = await db.FailedTries.FirstOrDefaultAsync(t => t.Key == key, ct);
            if (seen?.LockedUntil > now)
                throw Refusal.TooMany(seen.LockedUntil.Value - now, $"Too many tries. Wait {Words(seen.LockedUntil.Value - now)}, or reset your password.");

            var count = (seen?.Count ?? 0) + 1;
            var delay = Model.FailedTries.DelayAfter(count);
            DateTimeOffset? until = delay > TimeSpan.Zero ? now + delay : null;
            if (seen is not null)
            {
                var counted = seen.Count;
                if (await db.FailedTries.Where(t => t.Key == key && t.Count == counted).ExecuteUpdateAsync(
                    set => set.SetProperty(t => t.Count, count).SetProperty(t => t.LastAt, now).SetProperty(t => t.LockedUntil, until), ct) == 1) return;
                continue;
            }

            var row = new FailedTries { Key = key, Count = count, LastAt = now, LockedUntil = until };
            db.FailedTries.Add(row);
            try
            {
                await db.SaveChangesAsync(ct);
                return;
            }
            catch (UniqueViolation)
            {
                // Another try of the same moment came first: count after it.
            }
            finally
            {
                db.Entry(row).State = EntityState.Detached;
            }
        }
    }

    /// <summary>The secret was right: the door is open again.</summary>
    public static Task ForgetAsync(AccountsDb db, string key, CancellationToken ct) => db.FailedTries.Where(t => t.Key == key).ExecuteDeleteAsync(ct);

    private static string Words(TimeSpan wait) => wait.TotalSeconds <= 60 ? $"{Math.Ceiling(wait.TotalSeconds)} seconds" : $"{Math.Ceiling(wait.TotalMinutes)} minutes";
}
