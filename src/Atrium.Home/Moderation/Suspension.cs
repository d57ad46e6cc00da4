using Atrium.Kernel;
using Atrium.Kernel.Outbox;

namespace Atrium.Home;

/// <summary>A member is to be suspended, or let in again, by what moderators decided.</summary>
[EventName("home.suspension_due")]
internal sealed record SuspensionDue(Id<Sanction> Sanction, bool Suspended);
