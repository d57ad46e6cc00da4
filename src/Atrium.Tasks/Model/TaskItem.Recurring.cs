using Atrium.Kernel;
using NodaTime;

namespace Atrium.Tasks;

internal sealed partial class TaskItem
{
    /// <summary>The date a series goes by: the due, or the start of a task that has none.</summary>
    public When? Anchor => Due ?? Start;

    /// <summary>Makes the task repeat, or changes how.</summary>
    /// <param name="rule">Null for listed dates only.</param>
    /// <exception cref="Refusal"><c>bad_rrule</c> without a date, a rule, or any later instance.</exception>
    public void Repeat(Rrule? rule, RecurrenceMode mode, Change by, IReadOnlyList<When>? rdates = null, IReadOnlyList<When>? exdates = null)
    {
        var next = Recurrence.From(Id, Anchor, rule, mode, rdates ?? [], exdates ?? []);
        next.Rotation = Recurrence?.Rotation;
        Record(by, Field.Recurrence, Recurrence is null ? null : Told(Recurrence), Told(next));
        Recurrence = next;
        FollowDue();
    }

    public void StopRepeating(Change by)
    {
        if (Recurrence is null) return;
        Record(by, Field.Recurrence, Told(Recurrence), null);
        Recurrence = null;
        FollowDue();
    }

    /// <summary>Sets who takes turns; null ends the rotation.</summary>
    /// <exception cref="Refusal"><c>not_recurring</c>.</exception>
    public void Rotate(Rotation? rotation, Change by)
    {
        DemandRecurring();
        Record(by, Field.Rotation, Recurrence!.Rotation?.ToString(), rotation?.ToString());
        Recurrence.Rotation = rotation;
        if (rotation is not null && IsOpen) HandTo(rotation.Current, by);
    }

    /// <summary>The next dates from now, this one first.</summary>
    public IReadOnlyList<When> NextDates(int count) => Recurrence is null || Anchor is null
        ? []
        : [Anchor, .. Recurrence.Set().Upcoming(Anchor.ToLocal(), Recurrence.Rule?.Count is { } left ? Math.Min(count, left) - 1 : count - 1)];

    /// <summary>A phone sent the series already moved on to a later instance of its rule.</summary>
    public Occurrence AdvancedElsewhere(When? start, When? due, Change by)
    {
        DemandRecurring();
        var occurrence = Happened(OccurrenceOutcome.Advanced, by);
        Schedule(start, due, by);
        return occurrence;
    }

    /// <summary>A phone completed one instance as an override: the task stays, and lists go by the first instance still open.</summary>
    public Occurrence OverrideDone(When recurrenceId, Change by, OccurrenceOutcome outcome = OccurrenceOutcome.Done)
    {
        DemandRecurring();
        if (Occurrences.Find(o => o.RecurrenceId == recurrenceId.ToString()) is { } known) return known;
        Recurrence!.Style = RecurrenceStyle.Overrides;
        var occurrence = new Occurrence(Id, recurrenceId, outcome, by, TakeSnapshot());
        Occurrences.Add(occurrence);
        Record(by, Field.Occurrence, recurrenceId.ToString(), Said(outcome));
        FollowDue();
        return occurrence;
    }

    /// <summary>A phone took back that an instance was done.</summary>
    public void OverrideOpen(When recurrenceId, Change by)
    {
        if (Occurrences.Find(o => o.RecurrenceId == recurrenceId.ToString()) is not { } known) return;
        Occurrences.Remove(known);
        Record(by, Field.Occurrence, Said(known.Outcome), known.RecurrenceId);
        FollowDue();
    }

    /// <summary>Of a series kept by overrides, the first instance that is not over.</summary>
    private When? FirstOpen()
    {
        var over = Occurrences.Select(o => o.RecurrenceId).ToHashSet(StringComparer.Ordinal);
        return Recurrence!.Set().Upcoming(Recurrence.FirstInstance.ToLocal().PlusSeconds(-1), over.Count + 1).FirstOrDefault(w => !over.Contains(w.ToString()));
    }

    private Outcome? Advance(OccurrenceOutcome outcome, Circumstances at, Change by)
    {
        if (Recurrence!.Rule is { Count: <= 1 } && Recurrence.Rdates.Count == 0) return null;
        if (NextInstance(at.Zone, by) is not var (next, ofRule)) return null;

        var occurrence = Happened(outcome, by);
        var (oldStart, oldDue, oldAnchor) = (Start, Due, Anchor!);
        Move(next, oldAnchor);
        if (Start != oldStart) Record(by, Field.Start, oldStart?.ToString(), Start?.ToString());
        if (Due != oldDue) Record(by, Field.Due, oldDue?.ToString(), Due?.ToString());
        Recurrence.GoOn(next, ofRule);
        foreach (var reminder in Reminders) reminder.GoOn(oldAnchor, next);
        foreach (var item in Checklist) item.Done = false;
        (Percent, PercentManual) = (0, false);
        FollowDue();
        Enter(at.Board.Demand(Category.Todo), by);
        return new(occurrence, true, Turn(at.Tally, by));
    }

    /// <summary>The first after now, or after the old date, whichever is later: what was missed never piles up.</summary>
    private (When Instance, bool OfRule)? NextInstance(DateTimeZone zone, Change by)
    {
        var anchor = Anchor!;
        var now = Instant.FromDateTimeOffset(by.At).InZone(anchor.ZoneOr(zone)).LocalDateTime;
        if (Recurrence!.Mode == RecurrenceMode.FromCompletion && Recurrence.Rule is { } rule) return CountedFrom(now, rule, anchor);

        // A COUNT says how often it is done, not how long the calendar runs: the missed ones are not lost.
        var free = Recurrence.Rule is { Count: not null } counted
            ? new RecurrenceSet(counted.Count > 1 ? counted with { Count = null } : null, Recurrence.FirstInstance, Recurrence.Rdates.Select(d => When.Parse(d)), Recurrence.Exdates.Select(d => When.Parse(d)))
            : Recurrence.Set();
        return free.Next(LocalDateTime.Max(now, anchor.ToLocal()));
    }

    /// <summary>The day it was done plus the interval, at the same wall time; a rule that names days takes the first of them after that day.</summary>
    private (When Instance, bool OfRule)? CountedFrom(LocalDateTime now, Rrule rule, When anchor)
    {
        if (rule.Count <= 1) return null;
        var done = rule.Frequency < Frequency.Daily ? now : now.Date + anchor.ToLocal().TimeOfDay;
        var without = Recurrence!.Exdates.Select(d => When.Parse(d).ToDate()).ToHashSet();
        var bare = rule with { Count = null, Until = null };
        LocalDateTime? next = null;
        for (var step = 1; step <= Limits.ExtraDates + 1; step++)
        {
            next = bare.IsPlain ? Plus(done, bare, step) : new RruleWalk(bare, done, null).After(next ?? done.Date.PlusDays(1).AtMidnight().PlusSeconds(-1));
            if (next is null || !without.Contains(next.Value.Date)) break;
        }

        if (next is null) return null;
        var instance = anchor.At(next.Value);
        return rule.Until is null || new RecurrenceSet(bare with { Until = rule.Until, Frequency = Frequency.Daily, Interval = 1 }, instance, [], []).Next(next.Value.PlusSeconds(-1)) is not null
            ? (instance, true)
            : null;
    }

    private static LocalDateTime Plus(LocalDateTime from, Rrule rule, int steps)
    {
        var n = rule.Interval * steps;
        return rule.Frequency switch
        {
            Frequency.Secondly => from.PlusSeconds(n),
            Frequency.Minutely => from.PlusMinutes(n),
            Frequency.Hourly => from.PlusHours(n),
            Frequency.Daily => from.PlusDays(n),
            Frequency.Weekly => from.PlusWeeks(n),
            Frequency.Monthly => from.PlusMonths(n),
            _ => from.PlusYears(n),
        };
    }

    /// <summary>Due goes to the instance; start keeps its distance in days and its wall time.</summary>
    private void Move(When next, When anchor)
    {
        if (Start is { } start && Due is not null)
        {
            var days = Period.DaysBetween(anchor.ToDate(), next.ToDate());
            var moved = start.PlusDays(days);
            Start = anchor.HasTime && next.ToLocal().TimeOfDay != anchor.ToLocal().TimeOfDay ? start.At(next.ToLocal() - Period.Between(start.ToLocal(), anchor.ToLocal(), PeriodUnits.AllTimeUnits)) : moved;
            Due = next;
        }
        else if (Due is not null) Due = next;
        else Start = next;
    }

    private Occurrence Happened(OccurrenceOutcome outcome, Change by)
    {
        var id = Anchor!;
        Occurrences.RemoveAll(o => o.RecurrenceId == id.ToString());
        var occurrence = new Occurrence(Id, id, outcome, by, TakeSnapshot());
        Occurrences.Add(occurrence);
        Record(by, Field.Occurrence, id.ToString(), Said(outcome));
        return occurrence;
    }

    private Occurrence.Snapshot TakeSnapshot() => new(
        Start,
        Due,
        Recurrence!.Rrule,
        Recurrence.Origin,
        Recurrence.Rotation?.Cursor,
        ColumnId,
        Percent,
        PercentManual,
        [.. Assignees.Select(a => a.MemberId)],
        [.. Checklist.Where(i => i.Done).Select(i => i.Id)],
        [.. Reminders.Select(r => new Occurrence.ReminderState(r.Id, r.At, r.AcknowledgedAt))]);

    private Outcome Undo(Circumstances at, Change by, Column? column)
    {
        var last = Occurrences.OrderBy(o => o.At).ThenBy(o => o.Id).Last();
        Occurrences.Remove(last);
        var before = last.Earlier();
        Record(by, Field.Occurrence, Said(last.Outcome), last.RecurrenceId);
        if (before.Start != Start) Record(by, Field.Start, Start?.ToString(), before.Start?.ToString());
        if (before.Due != Due) Record(by, Field.Due, Due?.ToString(), before.Due?.ToString());
        (Start, Due) = (before.Start, before.Due);
        Recurrence!.ComeBack(before.Rrule, before.Origin, before.Cursor);
        foreach (var item in Checklist) item.Done = before.Ticked.Contains(item.Id);
        foreach (var state in before.Reminders) Reminders.Find(r => r.Id == state.Id)?.ComeBack(state);
        if (Recurrence.Rotation is not null) Assign(before.Assignees, by);
        FollowDue();

        var target = column ?? at.Board.DefaultOf(Category.Todo)!;
        if (column is null)
        {
            try
            {
                target = at.Board[before.Column] is { IsOpen: true } same ? same : target;
            }
            catch (Refusal)
            {
                // The column it was in is gone; the default one stands in.
            }
        }

        Enter(target, by);
        (Percent, PercentManual) = (before.Percent, before.PercentManual);
        return new(null, false);
    }

    private RotationTurn? Turn(RotationTally? tally, Change by)
    {
        if (Recurrence!.Rotation is not { } rotation) return null;
        var turn = rotation.Next(tally ?? RotationTally.Empty);
        Recurrence.Rotation = rotation.At(turn.Cursor);
        HandTo(turn.Member, by);
        return turn;
    }

    /// <summary>Of those who take turns only this one stays assigned; helpers from outside the rotation stay.</summary>
    private void HandTo(Id<Member> member, Change by) =>
        Assign([member, .. Assignees.Select(a => a.MemberId).Where(m => m != member && !Recurrence!.Rotation!.Members.Contains(m))], by);

    private void DemandRecurring()
    {
        if (Recurrence is null) throw Refusal.Conflict("not_recurring", "This task does not repeat.");
    }

    private static string Told(Recurrence recurrence) =>
        recurrence.Rrule + (recurrence.Mode == RecurrenceMode.FromCompletion ? " from completion" : "")
        + (recurrence.Rdates.Count > 0 ? " + " + string.Join(' ', recurrence.Rdates) : "")
        + (recurrence.Exdates.Count > 0 ? " − " + string.Join(' ', recurrence.Exdates) : "");

    private static string Said(OccurrenceOutcome outcome) => outcome switch { OccurrenceOutcome.Done => "done", OccurrenceOutcome.Cancelled => "cancelled", _ => "advanced" };
}
