using Atrium.Kernel;

namespace Atrium.Home;

/// <summary>A measure of a thing's room that stands. The room itself keeps what it means.</summary>
internal sealed class StandingMeasure
{
    public Thing Thing { get; init; }

    /// <summary>Of the room's measures.</summary>
    public required string Key { get; init; }

    public DateTimeOffset Since { get; init; }
}
