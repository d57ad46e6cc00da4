using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Http;
using Atrium.Kernel.Settings;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>How the exchange with other servers stands.</summary>
/// <param name="Mode"><c>off</c>, <c>allowlist</c> or <c>open</c>.</param>
/// <param name="Accounts">How many people of other servers are known.</param>
/// <param name="Failing">Servers that could not be reached when last tried, the longest silent first.</param>
internal sealed record FederationView(string Mode, int Servers, int Accounts, int Waiting, IReadOnlyList<HostView> Failing);

internal sealed record HostView(string Domain, int Failures, DateTimeOffset? SilentSince, DateTimeOffset? PausedUntil, DateTimeOffset LastSeenAt);

internal sealed record DeliveryView(Id<OutgoingDelivery> Id, string Inbox, string Activity, DeliveryState State, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset DueAt, DateTimeOffset? SentAt, string? Error);

/// <param name="Day">UTC.</param>
internal sealed record DeliveryDay(DateOnly Day, int Sent, int Failed);

internal sealed record FederationWish(string Mode);

/// <summary>What administrators see of the exchange, and what they can do about it: switch it, and send again what was given up.</summary>
internal sealed class FederationDesk(SocialDb db, KernelDb kernel, FederationGate gate, HouseSettings settings)
{
    private const int MostHosts = 50;
    private const int DaysKept = 7;

    /// <exception cref="Refusal">Sign in; forbidden.</exception>
    public async Task<FederationView> ReadAsync(Actor actor, CancellationToken ct)
    {
        DomainPolicies.Demand(actor);
        return new(
            (await gate.ModeAsync(ct)).ToString().ToLowerInvariant(), await db.Hosts.CountAsync(ct), await db.Accounts.CountAsync(a => a.Domain != "", ct), await db.Deliveries.CountAsync(d => d.State == DeliveryState.Due, ct),
            await db.Hosts.Where(h => h.Failures > 0).OrderBy(h => h.DeadSince).Take(MostHosts).Select(h => new HostView(h.Domain, h.Failures, h.DeadSince, h.PausedUntil, h.LastSeenAt)).ToListAsync(ct));
    }

    /// <exception cref="Refusal">Sign in; forbidden; invalid: no such mode.</exception>
    public async Task SwitchAsync(string mode, Actor actor, CancellationToken ct)
    {
        DomainPolicies.Demand(actor);
        await settings.ChangeAsync(kernel, actor, new Dictionary<string, string> { [FederationGate.Setting.Key] = mode }, ct);
    }

    /// <summary>What was sent in the last seven days or waits, newest first.</summary>
    public async Task<Slice<DeliveryView>> DeliveriesAsync(DeliveryState? state, int? limit, string? cursor, Actor actor, CancellationToken ct)
    {
        DomainPolicies.Demand(actor);
        var page = new Page(limit, cursor);
        var before = Cursor.Id<OutgoingDelivery>(cursor);
        var rows = await db.Deliveries.Where(d => (before == null || d.Id < before) && (state == null || d.State == state)).OrderByDescending(d => d.Id).Take(page.Size + 1)
            .Select(d => new DeliveryView(d.Id, d.Inbox, d.ActivityId, d.State, d.Attempts, d.CreatedAt, d.DueAt, d.SentAt, d.LastError)).ToListAsync(ct);
        return Slice<DeliveryView>.Cut(rows, page.Size, d => d.Id.ToString());
    }

    /// <summary>How much was sent and given up on each of the last seven days.</summary>
    public async Task<IReadOnlyList<DeliveryDay>> DaysAsync(Actor actor, CancellationToken ct)
    {
        DomainPolicies.Demand(actor);
        var first = DateOnly.FromDateTime(db.Now.UtcDateTime).AddDays(1 - DaysKept);
        List<DeliveryDay> days = [];
        for (var day = first; days.Count < DaysKept; day = day.AddDays(1))
        {
            DateTimeOffset from = new(day, default, TimeSpan.Zero), until = from.AddDays(1);
            var counts = await db.Deliveries.Where(d => d.CreatedAt >= from && d.CreatedAt < until).GroupBy(d => d.State).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
            days.Add(new(day, counts.Find(c => c.Key == DeliveryState.Sent)?.Count ?? 0, counts.Find(c => c.Key == DeliveryState.Dead)?.Count ?? 0));
        }

        return days;
    }

    /// <summary>Tries once more what was given up.</summary>
    /// <exception cref="Refusal">Sign in; forbidden; not found: unknown, or not given up.</exception>
    public async Task RetryAsync(Id<OutgoingDelivery> id, Actor actor, CancellationToken ct)
    {
        DomainPolicies.Demand(actor);
        await db.WriteAsync(
            async token =>
            {
                var row = await db.Deliveries.FirstOrDefaultAsync(d => d.Id == id && d.State == DeliveryState.Dead, token) ?? throw Refusal.NotFound();
                var now = db.Now;
                await db.Deliveries.Where(d => d.Id == id).ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Due).SetProperty(d => d.DueAt, now), token);
                await db.Hosts.Where(h => h.Domain == row.Domain).ExecuteUpdateAsync(set => set.SetProperty(h => h.PausedUntil, (DateTimeOffset?)null).SetProperty(h => h.DeadSince, (DateTimeOffset?)null), token);
                db.Publish(new DeliveryDue(id, row.Attempts), row.Inbox);
                db.Record(actor, "social.delivery_retried", details: row.Inbox);
            },
            ct);
    }
}
