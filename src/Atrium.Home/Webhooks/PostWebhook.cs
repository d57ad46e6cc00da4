using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Outbound;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>
/// Posts a message to its webhook and writes down what came back. A failed try schedules the next through the outbox; an address that
/// fails for three days is switched off, and its owner told.
/// </summary>
internal sealed class PostWebhook(HomeDb db, WebhookSecrets secrets, OutboundHttp http, TimeProvider clock) : IEffect<WebhookDue>
{
    private const int Gone = 410;
    private const int BodyCap = 64 * 1024;

    // About three days in all.
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14),
        TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    public async Task HandleAsync(WebhookDue happened, Delivery delivery, CancellationToken ct)
    {
        var message = await db.WebhookDeliveries.FirstOrDefaultAsync(d => d.Id == happened.Delivery, ct);
        if (message is null || message.State != DeliveryState.Pending || message.Turn != happened.Turn) return;
        var webhook = await db.Webhooks.FirstOrDefaultAsync(w => w.Id == message.WebhookId, ct);
        if (webhook is null) return;
        if (!webhook.Enabled)
        {
            await EndAsync(message.Id, ct);
            return;
        }

        var attempt = await TryAsync(webhook, message, ct);
        await db.WriteAsync(token => KeepAsync(webhook.Id, message, attempt, token), ct);
    }

    private async Task<WebhookAttempt> TryAsync(Webhook webhook, WebhookDelivery message, CancellationToken ct)
    {
        var began = clock.GetTimestamp();
        var at = clock.GetUtcNow();
        var (status, excerpt) = ((int?)null, "");
        try
        {
            var content = new StringContent(message.Payload, Encoding.UTF8, "application/json");
            var answer = await http.PostAsync(webhook.Url, content, headers => Sign(headers, webhook, message, at), BodyCap, ct);
            (status, excerpt) = ((int)answer.Status, answer.Text());
        }
        catch (OutboundFailure failure)
        {
            excerpt = failure.Message;
        }

        return new()
        {
            DeliveryId = message.Id,
            At = at,
            Status = status,
            Milliseconds = (int)clock.GetElapsedTime(began).TotalMilliseconds,
            // A NUL is text to HTTP but not to PostgreSQL.
            Excerpt = excerpt[..Math.Min(excerpt.Length, WebhookAttempt.LongestExcerpt)].Replace('\0', ' '),
        };
    }

    private void Sign(HttpRequestHeaders headers, Webhook webhook, WebhookDelivery message, DateTimeOffset at)
    {
        headers.Add("webhook-id", message.MessageId);
        headers.Add("webhook-timestamp", at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        headers.Add("webhook-signature", secrets.Sign(webhook, message.MessageId, at, message.Payload));
    }

    private async Task KeepAsync(Id<Webhook> id, WebhookDelivery sent, WebhookAttempt attempt, CancellationToken ct)
    {
        var message = await db.WebhookDeliveries.AsTracking().FirstOrDefaultAsync(d => d.Id == sent.Id, ct);
        var webhook = await db.Webhooks.AsTracking().FirstOrDefaultAsync(w => w.Id == id, ct);
        if (message is null || webhook is null) return;
        db.WebhookAttempts.Add(attempt);
        message.Attempts++;
        var current = message.Turn == sent.Turn;
        if (current) message.Turn++;

        if (attempt.Status is >= 200 and < 300)
        {
            (message.State, message.NextAt) = (DeliveryState.Delivered, null);
            (webhook.Failures, webhook.FailingSince) = (0, null);
            return;
        }

        webhook.Failures++;
        webhook.FailingSince ??= attempt.At;
        if (attempt.Status == Gone) Disable(webhook, "The address answered that it is gone for good (410).");
        else if (webhook.Failures >= Webhook.FailuresToDisable && attempt.At - webhook.FailingSince >= Webhook.FailingToDisable)
            Disable(webhook, $"It failed {webhook.Failures} times in a row, over three days.");

        if (current) Reschedule(message, webhook.Enabled);
    }

    private void Reschedule(WebhookDelivery message, bool enabled)
    {
        // A replay after the schedule's end is tried once.
        if (!enabled || message.Attempts > Waits.Length)
        {
            (message.State, message.NextAt) = (DeliveryState.Failed, null);
            return;
        }

        message.NextAt = db.Now + (Waits[message.Attempts - 1] * (1 + (Random.Shared.NextDouble() / 10)));
        db.Publish(new WebhookDue(message.Id, message.Turn), due: message.NextAt);
    }

    private void Disable(Webhook webhook, string reason)
    {
        if (!webhook.Enabled) return;
        webhook.Disable(reason);
        db.Publish(new NotificationRaised(
            HomeKinds.WebhookDisabled, [webhook.OwnerId], HomeThings.Of(webhook), null, $"“{webhook.Name}” was switched off. {reason}", Once: $"webhook/{webhook.Id}/disabled/{webhook.Revision}"));
    }

    private Task EndAsync(Id<WebhookDelivery> id, CancellationToken ct) => db.WebhookDeliveries.Where(d => d.Id == id).ExecuteUpdateAsync(
        set => set.SetProperty(d => d.State, DeliveryState.Failed).SetProperty(d => d.NextAt, (DateTimeOffset?)null), ct);
}
