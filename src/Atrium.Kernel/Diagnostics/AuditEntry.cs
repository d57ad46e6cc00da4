namespace Atrium.Kernel.Diagnostics;

/// <summary>Who did what to what, and when. Written in the transaction of the act itself; never changed.</summary>
public sealed class AuditEntry
{
    public Id<AuditEntry> Id { get; init; } = Id<AuditEntry>.New();

    public DateTimeOffset At { get; init; }

    /// <summary>Null when the house itself acted.</summary>
    public Id<Member>? ActorId { get; init; }

    /// <summary>By what means: web, an app's name, system.</summary>
    public required string Client { get; init; }

    public string? Address { get; init; }

    /// <summary>What was done: <c>member.suspended</c>, <c>role.changed</c>.</summary>
    public required string Action { get; init; }

    /// <summary>To what, if it is a thing.</summary>
    public Thing? Thing { get; init; }

    /// <summary>What a reader needs to know, in plain words or small JSON; no secrets.</summary>
    public string? Details { get; init; }
}
