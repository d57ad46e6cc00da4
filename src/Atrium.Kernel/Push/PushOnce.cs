using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Kernel.Push;

/// <summary>The turn of one device to be woken for one notification, by their ids in the module that wakes it.</summary>
/// <param name="Attempts">How often it was tried before: 0 at first.</param>
public readonly record struct PushTurn(long Notice, long Push, int Attempts = 0);

/// <summary>
/// Wakes a device at most once for a notification: the try is written down before it is made, so that after a crash none is made twice.
/// Only a push server that says when to come back (RFC 8030, 8.4) gets it again. The module that sends has a table
/// <c>push_claim</c> with <c>notice_id</c>, <c>push_id</c> (together its key), <c>attempts</c> and <c>at</c>.
/// </summary>
public static class PushOnce
{
    /// <summary>The most tries of one push.</summary>
    public const int Tries = 5;

    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(1);

    /// <returns>
    /// Null when that turn was taken before. Otherwise what became of it; <see cref="PushResult.RetryAfter"/> says when the next turn is due, and is
    /// null where there is none.
    /// </returns>
    public static async Task<PushResult?> SendOnceAsync(
        this PushSender sender, ModuleDb db, PushTurn turn, PushSubscription to, ReadOnlyMemory<byte> payload, TimeSpan keep, string? topic = null, CancellationToken ct = default)
    {
        if (!await TakeAsync(db, turn, ct)) return null;
        var sent = await sender.SendAsync(to, payload, keep, topic: topic, ct: ct);
        // Nobody wants to be woken for what the push server would have dropped by then.
        var again = sent is { Outcome: PushOutcome.Failed, RetryAfter: { } wait } && wait <= keep && turn.Attempts + 1 < Tries;
        return sent with { RetryAfter = again ? sent.RetryAfter > Soonest ? sent.RetryAfter : Soonest : null };
    }

    // Only who writes the row, or moves it on by one, may send.
    private static async Task<bool> TakeAsync(ModuleDb db, PushTurn turn, CancellationToken ct)
    {
        var sql = turn.Attempts == 0
            ? $"INSERT INTO {db.Module}_push_claim (notice_id, push_id, attempts, at) VALUES ({{0}}, {{1}}, {{2}} + 1, {{3}}) ON CONFLICT DO NOTHING"
            : $"UPDATE {db.Module}_push_claim SET attempts = attempts + 1, at = {{3}} WHERE notice_id = {{0}} AND push_id = {{1}} AND attempts = {{2}}";
        return await db.Database.ExecuteSqlRawAsync(sql, [turn.Notice, turn.Push, turn.Attempts, db.Instant(db.Now)], ct) == 1;
    }
}
