using System.Text.Json.Nodes;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>A delivery is to be tried now.</summary>
/// <param name="Attempts">How often it was tried when this was said: a later word makes this one void.</param>
[EventName("social.delivery_due")]
internal sealed record DeliveryDue(Id<OutgoingDelivery> Delivery, int Attempts);

/// <summary>Puts activities on their way, inside the transaction that caused them: one row for each inbox, a server's shared one where it has one.</summary>
internal sealed class Deliveries(SocialDb db, FederationGate gate)
{
    private const int Batch = 500;

    /// <param name="activity">Without context, with an id.</param>
    /// <param name="to">Remote accounts; local ones are left out.</param>
    /// <param name="inboxes">To these too.</param>
    public Task SendAsync(JsonObject activity, Account from, IReadOnlyCollection<Account> to, CancellationToken ct, IReadOnlyCollection<string>? inboxes = null) =>
        SendAsync(activity, from, [.. to.Where(a => !a.IsLocal && a.IsShown).Select(a => a.SharedInbox ?? a.Inbox).OfType<string>().Concat(inboxes ?? []).Distinct()], ct);

    /// <summary>To every server we know.</summary>
    public async Task SendToAllAsync(JsonObject activity, Account from, CancellationToken ct)
    {
        var known = await db.Accounts.Where(a => a.Domain != "" && (a.Standing == AccountStanding.Active || a.Standing == AccountStanding.Limited)).Select(a => a.SharedInbox ?? a.Inbox).Distinct().ToListAsync(ct);
        await SendAsync(activity, from, [.. known.OfType<string>()], ct);
    }

    private async Task SendAsync(JsonObject activity, Account from, List<string> inboxes, CancellationToken ct)
    {
        if (inboxes.Count == 0) return;
        var id = (string)activity["id"]!;
        var sent = await db.Deliveries.Where(d => d.ActivityId == id).Select(d => d.Inbox).ToListAsync(ct);
        activity.Insert(0, "@context", Ap.Context);
        var body = Ap.Write(activity);
        foreach (var inbox in inboxes.Except(sent))
        {
            var row = new OutgoingDelivery { AccountId = from.Id, Inbox = inbox, Domain = gate.DomainOf(inbox), ActivityId = id, Body = body, CreatedAt = db.Now, DueAt = db.Now };
            db.Deliveries.Add(row);
            db.Publish(new DeliveryDue(row.Id, 0), inbox);
        }

        await RememberAsync(from, inboxes, ct);
        OwnTopic.Wake(db, CountsTopic.Servers);
    }

    /// <summary>Inboxes of servers that may hold a post: all that got something of its author since it was made, and of those who boosted it since they did.</summary>
    public Task<List<string>> HoldersAsync(Status status, CancellationToken ct) => db.Reached.Where(r =>
        (r.AccountId == status.AccountId && r.LastAt >= status.CreatedAt)
        || db.Statuses.Any(b => b.BoostOf == status.Id && b.IsLocal && b.AccountId == r.AccountId && b.CreatedAt <= r.LastAt)).Select(r => r.Inbox).Distinct().ToListAsync(ct);

    private async Task RememberAsync(Account from, List<string> inboxes, CancellationToken ct)
    {
        foreach (var some in inboxes.Chunk(Batch))
        {
            List<object> parameters = [from.Id.Value, db.Instant(db.Now), .. some];
            var rows = string.Join(", ", some.Select((_, i) => $"({{0}}, {{{i + 2}}}, {{1}})"));
            var sql = $"INSERT INTO social_reached_inbox (account_id, inbox, last_at) VALUES {rows} ON CONFLICT (account_id, inbox) DO UPDATE SET last_at = excluded.last_at";
            await db.Database.ExecuteSqlRawAsync(sql, parameters, ct);
        }
    }
}
