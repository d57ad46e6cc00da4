using Atrium.Kernel;

namespace Atrium.Home;

/// <summary>A browser that a member lets ring.</summary>
public sealed class PushDevice
{
    /// <summary>The most a member may have; the oldest makes room.</summary>
    public const int Most = 20;

    public Id<PushDevice> Id { get; init; } = Id<PushDevice>.New();

    public Id<Member> MemberId { get; set; }

    public required string Endpoint { get; init; }

    /// <summary>Hash of the endpoint: one row per browser, whoever is signed in there.</summary>
    public required string EndpointHash { get; init; }

    public required string P256dh { get; set; }

    public required string Auth { get; set; }

    public required string Name { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}
