using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Http;
using Atrium.Kernel.Outbound;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>A member's webhooks: made, changed, removed, given a new secret.</summary>
internal static class EditWebhooks
{
    public static void Map(RouteGroupBuilder home)
    {
        home.MapGet("/webhooks", ListAsync).Operation("listWebhooks", "Lists your webhooks", "home:read", RateClass.Read);
        home.MapPost("/webhooks", CreateEndpointAsync).Operation("createWebhook", "Makes a webhook; its secret is shown this once", "home:write", RateClass.Write, "too_many_webhooks");
        home.MapGet("/webhooks/{id}", GetAsync).Operation("getWebhook", "Shows a webhook", "home:read", RateClass.Read, "not_found");
        home.MapPut("/webhooks/{id}", UpdateAsync).Operation("updateWebhook", "Changes a webhook, or switches it on again", "home:write", RateClass.Write, "not_found", "stale_revision");
        home.MapDelete("/webhooks/{id}", DeleteAsync).Operation("deleteWebhook", "Removes a webhook and its log", "home:write", RateClass.Write, "not_found");
        home.MapPost("/webhooks/{id}/secret", RotateAsync).Operation("rotateWebhookSecret", "Gives a webhook a new secret; the old one signs too for a day", "home:write", RateClass.Write, "not_found");
    }

    public static async Task<IReadOnlyList<WebhookView>> ListAsync(HomeDb db, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        return [.. (await db.Webhooks.Where(w => w.OwnerId == me).OrderBy(w => w.Id).Take(Webhook.Most).ToListAsync(ct)).Select(WebhookView.Of)];
    }

    public static async Task<WebhookView> GetAsync(Id<Webhook> id, HomeDb db, Actor actor, CancellationToken ct) => WebhookView.Of(await OwnAsync(db.Webhooks, id, actor, ct));

    public static async Task<WebhookWithSecret> CreateAsync(WebhookInput input, HomeDb db, WebhookSecrets secrets, OutboundOptions options, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        var wanted = input.Checked(options);
        var (plain, kept) = secrets.New();
        return await db.WriteAsync(
            async token =>
            {
                if (await db.Webhooks.CountAsync(w => w.OwnerId == me, token) >= Webhook.Most) throw Refusal.Conflict("too_many_webhooks", $"You have {Webhook.Most} webhooks already.");
                var webhook = new Webhook { OwnerId = me, Name = wanted.Name, Url = wanted.Url, Events = [.. wanted.Events], Secret = kept, CreatedAt = db.Now };
                db.Webhooks.Add(webhook);
                db.Record(actor, "webhook.created", HomeThings.Of(webhook), webhook.Url);
                return new WebhookWithSecret(WebhookView.Of(webhook), plain);
            },
            ct);
    }

    public static Task<WebhookView> UpdateAsync(
        Id<Webhook> id, WebhookInput input, [FromHeader(Name = "If-Match")] Etag? ifMatch, HomeDb db, OutboundOptions options, Actor actor, CancellationToken ct)
    {
        var wanted = input.Checked(options);
        return db.WriteAsync(
            async token =>
            {
                var webhook = await OwnAsync(db.Webhooks.AsTracking(), id, actor, token);
                ifMatch?.Demand(webhook.Revision);
                (webhook.Name, webhook.Url, webhook.Events) = (wanted.Name, wanted.Url, [.. wanted.Events]);
                if (wanted.Enabled == true && !webhook.Enabled) webhook.Enable();
                if (wanted.Enabled == false && webhook.Enabled) webhook.Disable("You switched it off.");
                db.Record(actor, "webhook.changed", HomeThings.Of(webhook), webhook.Url);
                await db.SaveChangesAsync(token);
                return WebhookView.Of(webhook);
            },
            ct);
    }

    public static Task<NoContent> DeleteAsync(Id<Webhook> id, HomeDb db, Actor actor, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            var webhook = await OwnAsync(db.Webhooks.AsTracking(), id, actor, token);
            await RemoveAsync(db, [webhook.Id], token);
            db.Record(actor, "webhook.deleted", HomeThings.Of(webhook), webhook.Url);
            return TypedResults.NoContent();
        },
        ct);

    public static Task<WebhookWithSecret> RotateAsync(Id<Webhook> id, HomeDb db, WebhookSecrets secrets, Actor actor, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            var webhook = await OwnAsync(db.Webhooks.AsTracking(), id, actor, token);
            var (plain, kept) = secrets.New();
            (webhook.OldSecret, webhook.OldSecretUntil, webhook.Secret) = (webhook.Secret, db.Now + Webhook.Overlap, kept);
            db.Record(actor, "webhook.secret_rotated", HomeThings.Of(webhook));
            await db.SaveChangesAsync(token);
            return new WebhookWithSecret(WebhookView.Of(webhook), plain);
        },
        ct);

    /// <summary>Removes webhooks with their logs.</summary>
    public static async Task RemoveAsync(HomeDb db, IReadOnlyCollection<Id<Webhook>> ids, CancellationToken ct)
    {
        await db.WebhookAttempts.Where(a => db.WebhookDeliveries.Any(d => d.Id == a.DeliveryId && ids.Contains(d.WebhookId))).ExecuteDeleteAsync(ct);
        await db.WebhookDeliveries.Where(d => ids.Contains(d.WebhookId)).ExecuteDeleteAsync(ct);
        await db.Webhooks.Where(w => ids.Contains(w.Id)).ExecuteDeleteAsync(ct);
    }

    public static async Task<Webhook> OwnAsync(IQueryable<Webhook> webhooks, Id<Webhook> id, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        return await webhooks.FirstOrDefaultAsync(w => w.Id == id && w.OwnerId == me, ct) ?? throw Refusal.NotFound();
    }

    private static async Task<Created<WebhookWithSecret>> CreateEndpointAsync(
        WebhookInput input, HomeDb db, WebhookSecrets secrets, OutboundOptions options, Actor actor, CancellationToken ct)
    {
        var made = await CreateAsync(input, db, secrets, options, actor, ct);
        return TypedResults.Created($"/api/home/webhooks/{made.Webhook.Id}", made);
    }
}
