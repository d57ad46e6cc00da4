using System.Text.Json;
using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Http;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>A message is to be tried.</summary>
/// <param name="Turn">The delivery's turn this is meant for; one that is over is not taken again.</param>
[EventName("home.webhook_due")]
internal sealed record WebhookDue(Id<WebhookDelivery> Delivery, int Turn);

/// <summary>Hands an event to every webhook that asked for its type and whose owner may see it.</summary>
internal sealed class FanOutWebhookEvent(HomeDb db, IMembers members) : IReaction<WebhookEvent>
{
    public async Task HandleAsync(WebhookEvent happened, CancellationToken ct)
    {
        var wanting = (await db.Webhooks.Where(w => w.Enabled).ToListAsync(ct)).Where(w => w.Wants(happened.Type)).ToList();
        if (wanting.Count == 0) return;
        var owners = await members.ContactsAsync([.. wanting.Select(w => w.OwnerId).Distinct()], ct);
        var listed = await db.MembersAsync(happened.Audience, ct);
        var data = JsonDocument.Parse(happened.Data).RootElement;
        foreach (var webhook in wanting)
            if (owners.TryGetValue(webhook.OwnerId, out var owner) && owner.Active && (listed?.Contains(owner.Id) ?? (happened.Audience.IsPublic || owner.Role > Role.Guest)))
                webhook.Send(db, happened.Type, happened.At, data);
    }
}

internal static class SendingWebhooks
{
    /// <summary>Puts a message for this webhook on its way, in the caller's transaction.</summary>
    public static WebhookDelivery Send(this Webhook webhook, HomeDb db, string type, DateTimeOffset at, JsonElement data)
    {
        var delivery = new WebhookDelivery
        {
            WebhookId = webhook.Id,
            MessageId = $"msg_{RandomKey.New()}",
            Type = type,
            Payload = JsonSerializer.Serialize(new { type, timestamp = at, data }, ApiJson.Options),
            CreatedAt = db.Now,
            NextAt = db.Now,
        };
        db.WebhookDeliveries.Add(delivery);
        db.Publish(new WebhookDue(delivery.Id, 0));
        return delivery;
    }
}
