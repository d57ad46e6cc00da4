using Atrium.Kernel;
using Atrium.Kernel.Outbound;
using Atrium.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Atrium.Home.PageAnswers;

namespace Atrium.Home;

/// <summary><c>/settings/webhooks</c>.</summary>
internal static class WebhookPages
{
    private const string Root = "/settings/webhooks";

    public static void Map(RouteGroupBuilder pages)
    {
        var hooks = pages.MapGroup(Root);
        hooks.MapGet("", (HomeDb db, Actor actor, CancellationToken ct) => ListAsync(FormState.Fresh, null, db, actor, ct));
        hooks.MapPost("", (HttpRequest request, HomeDb db, WebhookSecrets secrets, OutboundOptions options, Actor actor, CancellationToken ct) => TryAsync(
            request,
            async form => await ListAsync(FormState.Fresh, await EditWebhooks.CreateAsync(Read(form, true), db, secrets, options, actor, ct), db, actor, ct),
            state => ListAsync(state, null, db, actor, ct)));
        hooks.MapGet("/{id:long}", (Id<Webhook> id, string? cursor, HomeDb db, Actor actor, CancellationToken ct) => OneAsync(id, FormState.Fresh, null, cursor, db, actor, ct));
        hooks.MapPost("/{id:long}", (Id<Webhook> id, HttpRequest request, HomeDb db, OutboundOptions options, Actor actor, CancellationToken ct) => TryAsync(
            request,
            async form =>
            {
                await EditWebhooks.UpdateAsync(id, Read(form, form["enabled"].Contains("true")), null, db, options, actor, ct);
                return SeeOther($"{Root}/{id}");
            },
            state => OneAsync(id, state, null, null, db, actor, ct)));
        hooks.MapPost("/{id:long}/secret", async (Id<Webhook> id, HomeDb db, WebhookSecrets secrets, Actor actor, CancellationToken ct) =>
            await OneAsync(id, FormState.Fresh, (await EditWebhooks.RotateAsync(id, db, secrets, actor, ct)).Secret, null, db, actor, ct));
        hooks.MapPost("/{id:long}/ping", (Id<Webhook> id, HttpRequest request, HomeDb db, Actor actor, CancellationToken ct) => TryAsync(
            request,
            async _ =>
            {
                await WebhookLog.PingAsync(id, db, actor, ct);
                return SeeOther($"{Root}/{id}");
            },
            state => OneAsync(id, state, null, null, db, actor, ct)));
        hooks.MapPost("/{id:long}/delete", async (Id<Webhook> id, HomeDb db, Actor actor, CancellationToken ct) =>
        {
            await EditWebhooks.DeleteAsync(id, db, actor, ct);
            return SeeOther(Root);
        });
        hooks.MapGet("/{id:long}/deliveries/{delivery:long}", async (Id<Webhook> id, Id<WebhookDelivery> delivery, HomeDb db, Actor actor, CancellationToken ct) =>
            Show<DeliveryPage>(new { Webhook = await EditWebhooks.GetAsync(id, db, actor, ct), File = await WebhookLog.GetAsync(id, delivery, db, actor, ct) }));
        hooks.MapPost("/{id:long}/deliveries/{delivery:long}/replay", (Id<Webhook> id, Id<WebhookDelivery> delivery, HttpRequest request, HomeDb db, Actor actor, CancellationToken ct) => TryAsync(
            request,
            async _ =>
            {
                await WebhookLog.ReplayAsync(id, delivery, db, actor, ct);
                return SeeOther($"{Root}/{id}/deliveries/{delivery}");
            },
            state => OneAsync(id, state, null, null, db, actor, ct)));
    }

    private static async Task<IResult> ListAsync(FormState state, WebhookWithSecret? made, HomeDb db, Actor actor, CancellationToken ct) =>
        Show<WebhooksPage>(new { State = state, Made = made, Webhooks = await EditWebhooks.ListAsync(db, actor, ct) }, state);

    private static async Task<IResult> OneAsync(Id<Webhook> id, FormState state, string? secret, string? cursor, HomeDb db, Actor actor, CancellationToken ct) => Show<WebhookPage>(
        new { State = state, Secret = secret, Webhook = await EditWebhooks.GetAsync(id, db, actor, ct), Deliveries = await WebhookLog.ListAsync(id, null, cursor, db, actor, ct) }, state);

    private static WebhookInput Read(IFormCollection form, bool enabled) => new(
        form["name"].ToString(), form["url"].ToString(), form["events"].ToString().Split([' ', ',', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries), enabled);
}
