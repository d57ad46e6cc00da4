using Atrium.Kernel;
using Atrium.Kernel.Outbox;

namespace Atrium.Contracts.Home;

/// <summary>
/// Something happened that outgoing webhooks may carry. A module publishes it beside its own event, in the same transaction.
/// </summary>
/// <param name="Type">The event's name: <c>task.completed</c>.</param>
/// <param name="Audience">Only webhooks whose owner is in it are told.</param>
/// <param name="Data">The event's public facts as JSON.</param>
[EventName("home.webhook_event")]
public sealed record WebhookEvent(string Type, Thing Subject, Audience Audience, DateTimeOffset At, string Data);
