using Atrium.Kernel;

namespace Atrium.Home;

/// <summary>A thing that is hidden from all but its owner and moderators, by a hold or by a moderator's act.</summary>
internal sealed class HiddenThing
{
    public Thing Thing { get; init; }

    public required string Reason { get; set; }

    public DateTimeOffset Since { get; init; }
}
