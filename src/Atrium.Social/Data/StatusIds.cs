using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// Makes ids of posts inside the writing transaction, later than every id there is: on SQLite within the write gate, on PostgreSQL under a lock
/// that the transaction holds to its end. So commit order is id order on any number of nodes, and a reader paging by id misses nothing.
/// </summary>
internal static class StatusIds
{
    private const long Lock = 0x41_74_72_53_6F_63; // "AtrSoc"

    public static async Task<Id<Status>> NextAsync(SocialDb db, CancellationToken ct)
    {
        if (!db.House.IsSqlite) await db.Database.ExecuteSqlRawAsync("SELECT pg_advisory_xact_lock({0})", [Lock], ct);
        var newest = await db.Statuses.OrderByDescending(s => s.Id).Select(s => s.Id).FirstOrDefaultAsync(ct);
        var next = Id<Status>.New();
        return next > newest ? next : new(newest.Value + 1);
    }

    /// <summary>An id for a post from elsewhere: at its own time when it is older than a day, else at its arrival.</summary>
    public static async Task<Id<Status>> ForAsync(SocialDb db, DateTimeOffset published, CancellationToken ct)
    {
        if (db.Now - published < TimeSpan.FromDays(1)) return await NextAsync(db, ct);
        var from = IdClock.FloorAt(published);
        var taken = await db.Statuses.Where(s => s.Id >= new Id<Status>(from) && s.Id < new Id<Status>(from + 65_536)).OrderByDescending(s => s.Id).Select(s => s.Id).FirstOrDefaultAsync(ct);
        return new(taken.Value == 0 ? from : taken.Value + 1);
    }
}
