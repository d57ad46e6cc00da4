using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Atrium.Kernel.Outbound;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// Carries an activity to its inbox, signed. A failed try schedules the next, up to two days; a server that fails again and again is left alone for
/// a while, and given up after a week. Whoever is heard from is tried again at once. One that is busy and says until when (RFC 9110, 10.2.3) gets
/// nothing before.
/// </summary>
internal sealed class DeliverActivity(SocialDb db, FederationGate gate, AccountKeys keys, OutboundHttp http, TimeProvider clock) : IEffect<DeliveryDue>
{
    private const int BodyCap = 64 * 1024;
    private const int FailuresToPause = 5;
    private static readonly TimeSpan First = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);
    private static readonly TimeSpan LongestBusy = TimeSpan.FromDays(1);
    private static readonly TimeSpan GivenUp = TimeSpan.FromDays(7);

    public async Task HandleAsync(DeliveryDue happened, Delivery delivery, CancellationToken ct)
    {
        var row = await db.Deliveries.FirstOrDefaultAsync(d => d.Id == happened.Delivery, ct);
        if (row is not { State: DeliveryState.Due } || row.Attempts != happened.Attempts) return;
        var host = await db.Hosts.FirstOrDefaultAsync(h => h.Domain == row.Domain, ct);
        if (!await gate.MayAsync(row.Domain, ct) || host?.DeadSince < clock.GetUtcNow() - GivenUp)
        {
            await EndAsync(row, DeliveryState.Dead, "Nothing is sent there.", ct);
            return;
        }

        if (host?.PausedUntil is { } pause && pause > clock.GetUtcNow())
        {
            await db.WriteAsync(token => PutOffAsync(row, pause, row.LastError, token), ct);
            return;
        }

        await gate.MeetAsync(ct);
        var (status, error, busy) = await TryAsync(row, ct);
        if (status is >= 200 and < 300)
        {
            await db.Hosts.Where(h => h.Domain == row.Domain).ExecuteUpdateAsync(
                set => set.SetProperty(h => h.Failures, 0).SetProperty(h => h.DeadSince, (DateTimeOffset?)null).SetProperty(h => h.PausedUntil, (DateTimeOffset?)null).SetProperty(h => h.LastSeenAt, clock.GetUtcNow()), ct);
            await EndAsync(row, DeliveryState.Sent, null, ct);
        }
        else if (status is (int)HttpStatusCode.NotFound or (int)HttpStatusCode.Gone or (int)HttpStatusCode.BadRequest or (int)HttpStatusCode.Forbidden) await EndAsync(row, DeliveryState.Dead, error, ct);
        else await db.WriteAsync(token => FailedAsync(row, error, busy, token), ct);
    }

    private async Task<(int? Status, string? Error, TimeSpan? Busy)> TryAsync(OutgoingDelivery row, CancellationToken ct)
    {
        var account = await db.Accounts.FirstAsync(a => a.Id == row.AccountId, ct);
        var body = Encoding.UTF8.GetBytes(row.Body);
        var signed = Cavage.Sign("POST", new(row.Inbox), body, Ap.Type, await keys.OfAsync(account, ct), clock.GetUtcNow());
        try
        {
            var content = new ByteArrayContent(body);
            content.Headers.ContentType = new MediaTypeHeaderValue(Ap.Type);
            var answer = await http.PostAsync(
                row.Inbox, content, headers =>
                {
                    foreach (var (name, value) in signed) headers.TryAddWithoutValidation(name, value);
                },
                BodyCap, ct);
            return ((int)answer.Status, $"Answered {(int)answer.Status}.", BusyFor(answer));
        }
        catch (OutboundFailure failure)
        {
            return (null, Ap.Cut(failure.Message, 500), null);
        }
    }

    // How long a server that is busy, or asked too often, wants to be left alone; null where it does not say.
    private TimeSpan? BusyFor(OutboundAnswer answer)
    {
        if (answer.Status is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable) || answer.Headers.RetryAfter is not { } after) return null;
        var wait = after.Delta ?? after.Date - clock.GetUtcNow() ?? TimeSpan.Zero;
        return wait <= TimeSpan.Zero ? null : wait < LongestBusy ? wait : LongestBusy;
    }

    private async Task FailedAsync(OutgoingDelivery row, string? error, TimeSpan? busy, CancellationToken ct)
    {
        var now = db.Now;
        var host = await db.Hosts.AsTracking().FirstOrDefaultAsync(h => h.Domain == row.Domain, ct);
        if (host is null) db.Hosts.Add(host = new() { Domain = row.Domain, FirstSeenAt = now, LastSeenAt = now });
        if (busy is { } left) host.PausedUntil = now + left;
        else Fail(host, now);

        // Nor sooner than it would be tried anyway.
        var wait = First * Math.Pow(3, Math.Min(row.Attempts, 10)) * (1 + (Random.Shared.NextDouble() / 10));
        if (busy > wait) wait = busy.Value;
        if (now + wait > row.CreatedAt + Longest) await EndAsync(row, DeliveryState.Dead, error, ct);
        else await PutOffAsync(row, now + wait, error, ct);
    }

    private static void Fail(RemoteHost host, DateTimeOffset now)
    {
        host.Failures++;
        host.DeadSince ??= now;
        if (host.Failures < FailuresToPause) return;
        var pause = First * Math.Pow(2, Math.Min(host.Failures - FailuresToPause, 16));
        host.PausedUntil = now + (pause < LongestPause ? pause : LongestPause);
    }

    private async Task PutOffAsync(OutgoingDelivery row, DateTimeOffset due, string? error, CancellationToken ct)
    {
        var attempts = row.Attempts + 1;
        var moved = await db.Deliveries.Where(d => d.Id == row.Id && d.Attempts == row.Attempts && d.State == DeliveryState.Due)
            .ExecuteUpdateAsync(set => set.SetProperty(d => d.Attempts, attempts).SetProperty(d => d.DueAt, due).SetProperty(d => d.LastError, error), ct);
        if (moved > 0) db.Publish(new DeliveryDue(row.Id, attempts), due: due);
        OwnTopic.Wake(db, CountsTopic.Servers);
    }

    private async Task EndAsync(OutgoingDelivery row, DeliveryState state, string? error, CancellationToken ct)
    {
        DateTimeOffset? at = state == DeliveryState.Sent ? clock.GetUtcNow() : null;
        await db.WriteAsync(
            async token =>
            {
                await db.Deliveries.Where(d => d.Id == row.Id).ExecuteUpdateAsync(
                    set => set.SetProperty(d => d.State, state).SetProperty(d => d.SentAt, at).SetProperty(d => d.LastError, error).SetProperty(d => d.Attempts, d => d.Attempts + 1), token);
                OwnTopic.Wake(db, CountsTopic.Servers);
            },
            ct);
    }
}
