using Atrium.Kernel;
using Atrium.Kernel.Http;

namespace Atrium.Home;

/// <summary>A webhook as its owner sees it.</summary>
/// <param name="OldSecretUntil">Until then the secret before this one signs too.</param>
public sealed record WebhookView(
    Id<Webhook> Id, string Name, string Url, IReadOnlyList<string> Events, bool Enabled, string? DisabledReason, int Failures, DateTimeOffset? FailingSince,
    DateTimeOffset? OldSecretUntil, DateTimeOffset CreatedAt, long Revision) : IRevisedView
{
    public static WebhookView Of(Webhook w) => new(
        w.Id, w.Name, w.Url, w.Events, w.Enabled, w.DisabledReason, w.Failures, w.FailingSince, w.OldSecret is null ? null : w.OldSecretUntil, w.CreatedAt, w.Revision);
}

/// <summary>A webhook with its secret, which is shown this once.</summary>
public sealed record WebhookWithSecret(WebhookView Webhook, string Secret);

/// <summary>A message to a webhook.</summary>
public sealed record DeliveryView(Id<WebhookDelivery> Id, string MessageId, string Type, DeliveryState State, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset? NextAt, int? LastStatus, int? LastMilliseconds)
{
    internal static DeliveryView Of(WebhookDelivery d, WebhookAttempt? last) => new(d.Id, d.MessageId, d.Type, d.State, d.Attempts, d.CreatedAt, d.NextAt, last?.Status, last?.Milliseconds);
}

/// <summary>One try of a message.</summary>
public sealed record AttemptView(DateTimeOffset At, int? Status, int Milliseconds, string? Excerpt);

/// <summary>A message with its payload and all tries.</summary>
public sealed record DeliveryFile(DeliveryView Delivery, string Payload, IReadOnlyList<AttemptView> Attempts);
