using Atrium.Kernel;

namespace Atrium.Social;

/// <summary>A server we know.</summary>
internal sealed class RemoteHost
{
    public required string Domain { get; init; }

    public string? Software { get; set; }

    public string? Version { get; set; }

    public int Failures { get; set; }

    /// <summary>Since when nothing reaches it.</summary>
    public DateTimeOffset? DeadSince { get; set; }

    /// <summary>Nothing is sent before.</summary>
    public DateTimeOffset? PausedUntil { get; set; }

    public DateTimeOffset FirstSeenAt { get; init; }

    public DateTimeOffset LastSeenAt { get; set; }
}

internal enum DomainSeverity
{
    None,
    Limit,
    Suspend,
}

/// <summary>What the administrator decided about a server.</summary>
internal sealed class DomainPolicy
{
    public required string Domain { get; init; }

    /// <summary>Listed as allowed, where only listed servers are.</summary>
    public bool Allowed { get; set; }

    public DomainSeverity Severity { get; set; }

    public bool RejectMedia { get; set; }

    public bool RejectReports { get; set; }

    public string? PublicComment { get; set; }

    public string? PrivateComment { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>An activity that arrived. Unique by its id: none is applied twice.</summary>
internal sealed class InboxActivity
{
    public Id<InboxActivity> Id { get; init; } = Id<InboxActivity>.New();

    public required string ActivityId { get; init; }

    public required string Type { get; init; }

    public required string Domain { get; init; }

    public required string ActorUri { get; init; }

    public string? ObjectUri { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }

    /// <summary>What became of it: <c>applied</c>, <c>ignored</c>, or why it was not taken.</summary>
    public required string Result { get; set; }
}

/// <summary>A server that got something of an account: what the account made before then it may hold, and is told when that changes or goes.</summary>
internal sealed class ReachedInbox
{
    public Id<Account> AccountId { get; init; }

    public required string Inbox { get; init; }

    public DateTimeOffset LastAt { get; set; }
}

internal enum DeliveryState
{
    Due,
    Sent,
    Dead,
}

/// <summary>An activity on its way to one inbox.</summary>
internal sealed class OutgoingDelivery
{
    public Id<OutgoingDelivery> Id { get; init; } = Id<OutgoingDelivery>.New();

    /// <summary>Whose key signs it.</summary>
    public Id<Account> AccountId { get; init; }

    public required string Inbox { get; init; }

    public required string Domain { get; init; }

    public required string ActivityId { get; init; }

    /// <summary>The activity as JSON.</summary>
    public required string Body { get; init; }

    public DeliveryState State { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset DueAt { get; set; }

    public DateTimeOffset? LeasedUntil { get; set; }

    public DateTimeOffset? SentAt { get; set; }

    public string? LastError { get; set; }
}

/// <summary>
/// A picture, film or sound of another server, which readers get from the house: their own addresses are nobody's business there. Fetched when first
/// asked for, and let go after a while.
/// </summary>
internal sealed class RemoteFile
{
    /// <summary>A hash of the address.</summary>
    public required string Key { get; init; }

    public required string Url { get; init; }

    /// <summary>The server whose account shows it; its policy decides.</summary>
    public required string Domain { get; init; }

    /// <summary>What was fetched, while it is kept.</summary>
    public Id<Kernel.Files.FileRecord>? FileId { get; set; }

    public DateTimeOffset? FetchedAt { get; set; }

    /// <summary>When it could not be fetched.</summary>
    public DateTimeOffset? FailedAt { get; set; }
}

/// <summary>An address whose object was deleted: it is not taken in again.</summary>
internal sealed class Tombstone
{
    public required string Uri { get; init; }

    public DateTimeOffset DeletedAt { get; init; }
}
