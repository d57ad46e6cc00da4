using Atrium.Kernel;

namespace Atrium.Home;

/// <summary>A member wants to hear no more of exactly this thing.</summary>
public sealed class Mute
{
    public Id<Mute> Id { get; init; } = Id<Mute>.New();

    public Id<Member> MemberId { get; init; }

    public Thing Cause { get; init; }

    /// <summary>What it was called when it was muted.</summary>
    public required string Title { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
