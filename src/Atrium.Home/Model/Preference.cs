using Atrium.Contracts.Home;
using Atrium.Kernel;

namespace Atrium.Home;

/// <summary>The channels a member chose for one kind of notification. No row means the kind's own default.</summary>
internal sealed class Preference
{
    public Id<Member> MemberId { get; init; }

    public required string Kind { get; init; }

    public Channels Channels { get; set; }
}
