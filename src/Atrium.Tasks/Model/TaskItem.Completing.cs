using Atrium.Kernel;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>What the state machine needs from outside the task.</summary>
/// <param name="Board">The columns of its project.</param>
/// <param name="Zone">The zone of whoever acts: where a day ends, and what "after now" means.</param>
/// <param name="Tally">Who did how much, for a rotation by load.</param>
internal sealed record Circumstances(Board Board, DateTimeZone Zone, RotationTally? Tally = null);

/// <summary>What completing, skipping or reopening came to.</summary>
/// <param name="Occurrence">The instance of a series that was recorded.</param>
/// <param name="Advanced">True when the series goes on and the task stays open.</param>
/// <param name="Turn">Whose turn it is now, when the rotation moved on.</param>
internal sealed record Outcome(Occurrence? Occurrence, bool Advanced, RotationTurn? Turn = null);

internal sealed partial class TaskItem
{
    /// <summary>Puts the task in a column and does what the column's category means.</summary>
    public Outcome MoveTo(Id<Column> column, Circumstances at, Change by)
    {
        var target = at.Board[column];
        if (target.Id == ColumnId) return new(null, false);
        if (target.Category == Category.Done && IsOpen) return Complete(at, by, target);
        if (target.Category == Category.Cancelled && Category != Category.Cancelled) return Cancel(at, by, target);
        if (target.IsOpen && !IsOpen) return Reopen(at, by, target);
        Enter(target, by);
        return new(null, false);
    }

    /// <summary>
    /// Open → done. A series with a next instance goes on with it in this same task; the last instance, and a task that does not repeat, is finished.
    /// </summary>
    /// <param name="column">The done column meant; null for the default.</param>
    public Outcome Complete(Circumstances at, Change by, Column? column = null)
    {
        if (!IsOpen) return new(null, false);
        return Recurrence is null ? Finished(null) : Advance(OccurrenceOutcome.Done, at, by) ?? Finished(Happened(OccurrenceOutcome.Done, by));

        Outcome Finished(Occurrence? occurrence)
        {
            Finish(column ?? at.Board.Demand(Category.Done), by);
            return new(occurrence, false);
        }
    }

    /// <summary>Open → cancelled: the series, if it is one, ends here.</summary>
    public Outcome Cancel(Circumstances at, Change by, Column? column = null)
    {
        if (Category == Category.Cancelled) return new(null, false);
        var occurrence = Recurrence is not null && IsOpen ? Happened(OccurrenceOutcome.Cancelled, by) : null;
        Finish(column ?? at.Board.Demand(Category.Cancelled), by);
        return new(occurrence, false);
    }

    /// <summary>Leaves this instance of a series out and goes on with the next; the last one ends the series as cancelled.</summary>
    /// <exception cref="Refusal"><c>not_recurring</c>.</exception>
    public Outcome Skip(Circumstances at, Change by)
    {
        DemandRecurring();
        if (!IsOpen) return new(null, false);
        if (Advance(OccurrenceOutcome.Cancelled, at, by) is { } advanced) return advanced;
        var occurrence = Happened(OccurrenceOutcome.Cancelled, by);
        Finish(at.Board.DefaultOf(Category.Cancelled) ?? at.Board.Demand(Category.Done), by);
        return new(occurrence, false);
    }

    /// <summary>
    /// Takes completing back. A series gets its last occurrence back as it was, whether it went on or ended; anything else goes to a column for open tasks.
    /// </summary>
    public Outcome Reopen(Circumstances at, Change by, Column? column = null)
    {
        if (Recurrence is not null && Occurrences.Count > 0 && (!IsOpen || column is null)) return Undo(at, by, column);
        if (IsOpen) return new(null, false);
        Enter(column ?? at.Board.Demand(Category.Todo), by);
        return new(null, false);
    }

    private void Finish(Column column, Change by)
    {
        Enter(column, by);
        if (column.Category == Category.Done && Percent != 100)
        {
            Record(by, Field.Percent, Text(Percent), "100");
            Percent = 100;
        }
    }

    /// <summary>Changes the column and what goes with its category: completion is there exactly in done and cancelled columns.</summary>
    private void Enter(Column column, Change by)
    {
        if (column.Id != ColumnId) Record(by, Field.Column, ColumnId.ToString(), column.Id.ToString());
        (ColumnId, Category) = (column.Id, column.Category);
        if (column.Category == Category.Done)
        {
            CompletedAt ??= by.At;
            CompletedBy ??= by.Actor;
            return;
        }

        if (column.Category == Category.Cancelled)
        {
            (CompletedAt, CompletedBy) = (null, null);
            return;
        }

        (CompletedAt, CompletedBy) = (null, null);
        if (Percent != 100) return;
        Record(by, Field.Percent, "100", "0");
        (Percent, PercentManual) = (0, false);
    }
}
