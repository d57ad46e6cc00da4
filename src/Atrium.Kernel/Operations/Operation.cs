namespace Atrium.Kernel.Operations;

/// <summary>Where long work stands.</summary>
public enum OperationState
{
    Queued,
    Running,
    Finished,
    Failed,
    Cancelled,
}

/// <summary>Long work (an import, a scan, an export) that a member can watch and cancel.</summary>
public sealed class Operation
{
    public Id<Operation> Id { get; init; } = Id<Operation>.New();

    /// <summary>Which handler runs it: <c>tasks.import</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What it is, in words: <c>Import of board.json</c>.</summary>
    public required string Title { get; init; }

    /// <summary>Whose it is; null when the house itself asked.</summary>
    public Id<Member>? OwnerId { get; init; }

    public OperationState State { get; set; }

    public long Done { get; set; }

    /// <summary>Null while unknown.</summary>
    public long? Total { get; set; }

    /// <summary>What it is doing, or why it failed.</summary>
    public string? Message { get; set; }

    /// <summary>What to do, as the handler's own JSON.</summary>
    public required string Input { get; init; }

    /// <summary>The handler's own JSON: a report, a file's address.</summary>
    public string? Result { get; set; }

    public bool CancelRequested { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset? EndedAt { get; set; }

    public bool IsOver => State is OperationState.Finished or OperationState.Failed or OperationState.Cancelled;
}
