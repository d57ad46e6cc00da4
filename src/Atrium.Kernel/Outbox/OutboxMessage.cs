namespace Atrium.Kernel.Outbox;

/// <summary>One event on its way to one subscriber. Lies in the publisher's own outbox table until it was handled.</summary>
public sealed class OutboxMessage
{
    public Id<OutboxMessage> Id { get; init; } = Id<OutboxMessage>.New();

    /// <summary>The event's name, such as <c>task.assigned</c>.</summary>
    public required string Event { get; init; }

    /// <summary>The subscriber's name, such as <c>home/OnTaskAssigned</c>.</summary>
    public required string Subscriber { get; init; }

    /// <summary>The event as JSON.</summary>
    public required string Payload { get; init; }

    /// <summary>True when handling reaches outside the database (mail, HTTP, files).</summary>
    public bool Outside { get; init; }

    /// <summary>Messages of one partition reach a subscriber in the order of their ids.</summary>
    public string? PartitionKey { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset DueAt { get; set; }

    public int Attempts { get; set; }

    public DateTimeOffset? LeasedUntil { get; set; }

    public string? LastError { get; set; }

    /// <summary>When it was given up; the administrator can send it again.</summary>
    public DateTimeOffset? DeadAt { get; set; }
}
