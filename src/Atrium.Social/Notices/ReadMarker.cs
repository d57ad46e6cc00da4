using Atrium.Contracts.Home;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>How far a timeline was read. It only moves on: two apps that read at once end at the further place.</summary>
internal sealed class ReadMarker(SocialDb db)
{
    public const string Notifications = "notifications";

    // Half a step between two numbers of a browser at this size, once when it reads one and once when it writes it down.
    private const long Rounding = 16;

    public async Task<long> AtAsync(string timeline, Id<Account> me, CancellationToken ct) =>
        await db.Markers.Where(m => m.AccountId == me && m.Timeline == timeline).Select(m => m.LastRead).FirstOrDefaultAsync(ct);

    /// <summary>
    /// Which notice was meant: of a group the newest is named by a number, as Mastodon does, and apps in a browser, whose numbers have 53 bits,
    /// say it back a little off. Beneath what was meant it would stay unread for good.
    /// </summary>
    public async Task<long> MeantAsync(string timeline, long read, Id<Account> me, CancellationToken ct)
    {
        if (timeline != Notifications || read is < 0 or > long.MaxValue - Rounding) return read;
        var (after, until) = (new Id<Notice>(read), new Id<Notice>(read + Rounding));
        return await db.Notices.Where(n => n.AccountId == me && n.Id > after && n.Id <= until).OrderByDescending(n => n.Id).Select(n => (Id<Notice>?)n.Id).FirstOrDefaultAsync(ct) is { } meant ? meant.Value : read;
    }

    /// <summary>Notifications that are read here are read in Home's inbox too.</summary>
    /// <param name="tell">False where it was Home that said so.</param>
    /// <param name="version">What the app last read; null where it does not say.</param>
    /// <exception cref="Refusal">Conflict <c>marker_conflict</c>: somebody moved it since.</exception>
    public Task MoveAsync(string timeline, long read, Id<Account> me, CancellationToken ct, bool tell = true, long? version = null) => db.WriteAsync(
        async token =>
        {
            if (version is { } seen && await VersionAsync(timeline, me, token) != seen) throw Conflict();
            var moved = await db.Database.ExecuteSqlRawAsync(
                """
                INSERT INTO social_marker (account_id, timeline, last_read, version, updated_at) VALUES ({0}, {1}, {2}, 1, {3})
                ON CONFLICT (account_id, timeline) DO UPDATE SET last_read = {2}, version = social_marker.version + 1, updated_at = {3}
                WHERE social_marker.last_read < {2} AND (social_marker.version = {4} OR {4} < 0)
                """,
                [me.Value, timeline, read, db.Instant(db.Now), version ?? -1], token);
            // Another came between the look and the move.
            if (moved == 0 && version is { } asked && await VersionAsync(timeline, me, token) != asked) throw Conflict();
            if (moved > 0 && tell && timeline == Notifications) await TellAsync(new(read), me, token);
        },
        ct);

    private Task<long> VersionAsync(string timeline, Id<Account> me, CancellationToken ct) => db.Markers.Where(m => m.AccountId == me && m.Timeline == timeline).Select(m => m.Version).FirstOrDefaultAsync(ct);

    private static Refusal Conflict() => Refusal.Conflict("marker_conflict", "Conflict during update, please try again");

    private async Task TellAsync(Id<Notice> read, Id<Account> me, CancellationToken ct)
    {
        if (await db.Accounts.Where(a => a.Id == me).Select(a => a.MemberId).FirstOrDefaultAsync(ct) is not { } member) return;
        // What came after the marker stays unread there; where nothing did, all that was told by then is read.
        var next = await db.Notices.Where(n => n.AccountId == me && n.Id > read && !n.Filtered && n.DismissedAt == null).OrderBy(n => n.Id).Select(n => (DateTimeOffset?)n.CreatedAt).FirstOrDefaultAsync(ct);
        db.Publish(new RoomRead(member, SocialDb.Name, next?.AddTicks(-1)), member.ToString());
    }
}
