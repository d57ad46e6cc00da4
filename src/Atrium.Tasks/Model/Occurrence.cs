using System.Text.Json;
using Atrium.Kernel;

namespace Atrium.Tasks;

internal enum OccurrenceOutcome
{
    Done,
    Cancelled,

    /// <summary>A phone moved the series on by itself.</summary>
    Advanced,
}

/// <summary>One instance of a series that is over: what came of it, by whom, and the task as it was, for undo.</summary>
internal sealed class Occurrence
{
    private Occurrence() { }

    internal Occurrence(Id<TaskItem> task, When recurrenceId, OccurrenceOutcome outcome, Change by, Snapshot before)
    {
        (Id, TaskId, RecurrenceId, Outcome) = (Id<Occurrence>.New(), task, recurrenceId.ToString(), outcome);
        (By, At, Before) = (by.Actor, by.At, JsonSerializer.Serialize(before));
    }

    /// <summary>As an export of ours tells it.</summary>
    internal static Occurrence Recalled(Id<TaskItem> task, RecalledOccurrence past, string before) => new()
    {
        Id = Id<Occurrence>.New(), TaskId = task, RecurrenceId = past.RecurrenceId, Outcome = past.Outcome, By = past.By, At = past.At, Before = before,
    };

    public Id<Occurrence> Id { get; private set; }

    public Id<TaskItem> TaskId { get; private set; }

    /// <summary>Which instance, as <see cref="When.ToString"/> writes it; unique in its task.</summary>
    public string RecurrenceId { get; private set; } = "";

    public OccurrenceOutcome Outcome { get; private set; }

    public Id<Member>? By { get; private set; }

    public DateTimeOffset At { get; private set; }

    /// <summary>A <see cref="Snapshot"/> as JSON.</summary>
    public string Before { get; private set; } = "";

    public Snapshot Earlier() => JsonSerializer.Deserialize<Snapshot>(Before)!;

    /// <summary>What an instance changes when it is over.</summary>
    internal sealed record Snapshot(
        When? Start,
        When? Due,
        string Rrule,
        string Origin,
        int? Cursor,
        Id<Column> Column,
        int Percent,
        bool PercentManual,
        IReadOnlyList<Id<Member>> Assignees,
        IReadOnlyList<Id<ChecklistItem>> Ticked,
        IReadOnlyList<ReminderState> Reminders);

    internal sealed record ReminderState(Id<Reminder> Id, DateTimeOffset? At, DateTimeOffset? AcknowledgedAt);
}
