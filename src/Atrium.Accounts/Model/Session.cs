using Atrium.Kernel;

namespace Atrium.Accounts.Model;

/// <summary>A browser in which a member is signed in. Removing the row signs it out at once.</summary>
public sealed class Session
{
    public Id<Session> Id { get; init; } = Id<Session>.New();

    public Id<Member> MemberId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>To five minutes.</summary>
    public DateTimeOffset LastSeenAt { get; set; }

    public DateTimeOffset ExpiresAt { get; set; }

    /// <summary>When password, passkey or code was last shown: dangerous acts want it fresh.</summary>
    public DateTimeOffset ProvedAt { get; set; }

    public string? Address { get; set; }

    /// <summary>Browser and system, in words: “Firefox on Linux”.</summary>
    public required string Device { get; set; }
}
