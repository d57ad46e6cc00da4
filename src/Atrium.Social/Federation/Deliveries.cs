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
    /// <param name="activity">Without context, with an id.</param>
    /// <param name="to">Remote accounts; local ones are left out.</param>
    public async Task SendAsync(JsonObject activity, Account from, IReadOnlyCollection<Account> to, CancellationToken ct)
    {
        List<string> inboxes = [.. to.Where(a => !a.IsLocal && a.IsShown).Select(a => a.SharedInbox ?? a.Inbox).OfType<string>().Distinct()];
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
    }
}
