using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// Lets one change at a time be made between two accounts, until its transaction ends: a follow and a block at the same moment never both
/// stand. On SQLite the write gate does it.
/// </summary>
internal static class PairLock
{
    public static Task TakeAsync(SocialDb db, Id<Account> a, Id<Account> b, CancellationToken ct)
    {
        if (db.House.IsSqlite) return Task.CompletedTask;
        var (low, high) = a < b ? (a.Value, b.Value) : (b.Value, a.Value);
        return db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock({0})", [unchecked((low * 31) ^ high)], ct);
    }
}
