using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>How far a timeline was read. It only moves on: two apps that read at once end at the further place.</summary>
internal sealed class ReadMarker(SocialDb db)
{
    public async Task<long> AtAsync(string timeline, Id<Account> me, CancellationToken ct) =>
        await db.Markers.Where(m => m.AccountId == me && m.Timeline == timeline).Select(m => m.LastRead).FirstOrDefaultAsync(ct);

    public Task MoveAsync(string timeline, long read, Id<Account> me, CancellationToken ct) => db.Database.ExecuteSqlRawAsync(
        """
        INSERT INTO social_marker (account_id, timeline, last_read, version, updated_at) VALUES ({0}, {1}, {2}, 1, {3})
        ON CONFLICT (account_id, timeline) DO UPDATE SET last_read = {2}, version = social_marker.version + 1, updated_at = {3} WHERE social_marker.last_read < {2}
        """,
        [me.Value, timeline, read, db.Instant(db.Now)], ct);
}
