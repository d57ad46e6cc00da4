using System.Text.Json;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>What was sent to a webhook, and sending it again.</summary>
internal static class WebhookLog
{
    public static void Map(RouteGroupBuilder home)
    {
        home.MapGet("/webhooks/{id}/deliveries", ListAsync).Operation("listDeliveries", "Lists what was sent to a webhook, newest first", "home:read", RateClass.Read, "not_found");
        home.MapGet("/webhooks/{id}/deliveries/{delivery}", GetAsync).Operation("getDelivery", "Shows a message with its payload and every try", "home:read", RateClass.Read, "not_found");
        home.MapPost("/webhooks/{id}/deliveries/{delivery}/replay", ReplayAsync)
            .Operation("replayDelivery", "Sends a message again, with the same id", "home:write", RateClass.Write, "not_found", "webhook_disabled");
        home.MapPost("/webhooks/{id}/ping", PingAsync).Operation("pingWebhook", "Sends a webhook a message of the type webhook.ping", "home:write", RateClass.Write, "not_found", "webhook_disabled");
    }

    public static async Task<Slice<DeliveryView>> ListAsync(Id<Webhook> id, int? limit, string? cursor, HomeDb db, Actor actor, CancellationToken ct)
    {
        await EditWebhooks.OwnAsync(db.Webhooks, id, actor, ct);
        var page = new Page(limit, cursor);
        var before = Cursor.Id<WebhookDelivery>(cursor);
        var rows = await db.WebhookDeliveries.Where(d => d.WebhookId == id && (before == null || d.Id < before)).OrderByDescending(d => d.Id).Take(page.Size + 1).ToListAsync(ct);
        var cut = Slice<WebhookDelivery>.Cut(rows, page.Size, d => d.Id.ToString());
        var ids = cut.Items.Select(d => d.Id).ToList();
        var last = await db.WebhookAttempts.Where(a => ids.Contains(a.DeliveryId) && !db.WebhookAttempts.Any(b => b.DeliveryId == a.DeliveryId && b.Id > a.Id)).ToDictionaryAsync(a => a.DeliveryId, ct);
        return cut.Select(d => DeliveryView.Of(d, last.GetValueOrDefault(d.Id)));
    }

    public static async Task<DeliveryFile> GetAsync(Id<Webhook> id, Id<WebhookDelivery> delivery, HomeDb db, Actor actor, CancellationToken ct)
    {
        await EditWebhooks.OwnAsync(db.Webhooks, id, actor, ct);
        var found = await db.WebhookDeliveries.FirstOrDefaultAsync(d => d.Id == delivery && d.WebhookId == id, ct) ?? throw Refusal.NotFound();
        var attempts = await db.WebhookAttempts.Where(a => a.DeliveryId == delivery).OrderByDescending(a => a.Id).Take(Page.Largest).ToListAsync(ct);
        return new(DeliveryView.Of(found, attempts.FirstOrDefault()), found.Payload, [.. attempts.Select(a => new AttemptView(a.At, a.Status, a.Milliseconds, a.Excerpt))]);
    }

    public static Task<DeliveryView> ReplayAsync(Id<Webhook> id, Id<WebhookDelivery> delivery, HomeDb db, Actor actor, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            await EnabledAsync(id, db, actor, token);
            var found = await db.WebhookDeliveries.AsTracking().FirstOrDefaultAsync(d => d.Id == delivery && d.WebhookId == id, token) ?? throw Refusal.NotFound();
            // What was scheduled before gives way to this.
            found.Turn++;
            (found.State, found.NextAt) = (DeliveryState.Pending, db.Now);
            db.Publish(new WebhookDue(found.Id, found.Turn));
            return DeliveryView.Of(found, null);
        },
        ct);

    public static Task<DeliveryView> PingAsync(Id<Webhook> id, HomeDb db, Actor actor, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            var webhook = await EnabledAsync(id, db, actor, token);
            var delivery = webhook.Send(db, "webhook.ping", db.Now, JsonSerializer.SerializeToElement(new { webhook = webhook.Id, name = webhook.Name }, ApiJson.Options));
            return DeliveryView.Of(delivery, null);
        },
        ct);

    private static async Task<Webhook> EnabledAsync(Id<Webhook> id, HomeDb db, Actor actor, CancellationToken ct)
    {
        var webhook = await EditWebhooks.OwnAsync(db.Webhooks, id, actor, ct);
        return webhook.Enabled ? webhook : throw Refusal.Conflict("webhook_disabled", "This webhook is switched off. Switch it on first.");
    }
}
