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

/// <summary>A member read in a room what their inbox tells of it too. A room publishes it; the inbox follows.</summary>
/// <param name="Room">The module whose kinds of notification were read.</param>
/// <param name="Until">Only what was told by then; null for all that is there when this is handled.</param>
[EventName("home.room_read")]
public sealed record RoomRead(Id<Member> Member, string Room, DateTimeOffset? Until);

/// <summary>A member marked their whole inbox read. Rooms with marks of their own follow.</summary>
[EventName("home.inbox_read")]
public sealed record InboxRead(Id<Member> Member, DateTimeOffset Until);
