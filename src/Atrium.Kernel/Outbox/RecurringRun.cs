namespace Atrium.Kernel.Outbox;

/// <summary>When recurring work ran last and runs next. One row per work, claimed by a conditional update.</summary>
public sealed class RecurringRun
{
    public required string Name { get; init; }

    public DateTimeOffset NextAt { get; set; }

    public DateTimeOffset? LastStartedAt { get; set; }

    public DateTimeOffset? LastFinishedAt { get; set; }

    public string? LastError { get; set; }

    /// <summary>A worker holds the run until then.</summary>
    public DateTimeOffset? LeasedUntil { get; set; }
}

/// <summary>Work that comes round by the clock.</summary>
public interface IRecurringWork
{
    Task RunAsync(CancellationToken ct);
}

/// <summary>One entry of the house's timetable.</summary>
/// <param name="Cron">Five fields, UTC.</param>
public sealed record Recurring(string Name, string Cron, Type Work);
