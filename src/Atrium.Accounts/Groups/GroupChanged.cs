using Atrium.Kernel;
using Atrium.Kernel.Outbox;

namespace Atrium.Accounts.Groups;

/// <summary>A group was founded, or its name, description or rules changed.</summary>
[EventName("group.changed")]
internal sealed record GroupChanged(Id<Group> Group);
