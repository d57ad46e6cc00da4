using Atrium.Kernel;

namespace Atrium.Home;

public enum DeliveryState
{
    Pending,
    Delivered,
    Failed,
}

/// <summary>One message on its way to one webhook.</summary>
public sealed class WebhookDelivery
{
    public Id<WebhookDelivery> Id { get; init; } = Id<WebhookDelivery>.New();

    public Id<Webhook> WebhookId { get; init; }

    /// <summary>The header <c>webhook-id</c>: the same over retries and replays, so that the far end can tell.</summary>
    public required string MessageId { get; init; }

    public required string Type { get; init; }

    public required string Payload { get; init; }

    public DeliveryState State { get; set; }

    public int Attempts { get; set; }

    /// <summary>Grows with each try and each replay: a turn that is over is not taken again.</summary>
    public int Turn { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it is tried next; null once it is over.</summary>
    public DateTimeOffset? NextAt { get; set; }
}

/// <summary>One try, and what came back.</summary>
internal sealed class WebhookAttempt
{
    public const int LongestExcerpt = 1000;

    public Id<WebhookAttempt> Id { get; init; } = Id<WebhookAttempt>.New();

    public Id<WebhookDelivery> DeliveryId { get; init; }

    public DateTimeOffset At { get; init; }

    /// <summary>HTTP status; null when no answer came.</summary>
    public int? Status { get; init; }

    public int Milliseconds { get; init; }

    /// <summary>The beginning of the answer, or what hindered it.</summary>
    public string? Excerpt { get; init; }
}
