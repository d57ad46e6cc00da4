using System.Globalization;
using System.Xml;
using Atrium.Kernel;

namespace Atrium.Tasks;

internal sealed partial class TaskItem
{
    public void Rename(string title, Change by)
    {
        var clean = Limits.Line(title, Limits.Title, Field.Title);
        if (clean == Title) return;
        Record(by, Field.Title, Title, clean);
        Title = clean;
    }

    public void Describe(string? markdown, Change by)
    {
        var clean = Limits.Markdown(markdown);
        if (clean == Description) return;
        Record(by, Field.Description, Description, clean);
        Description = clean;
    }

    public void Prioritise(int priority, Change by)
    {
        if (priority is < 0 or > 9) throw Refusal.Invalid(Field.Priority, "A priority is 0 (none) to 9 (lowest).");
        if (priority == Priority) return;
        Record(by, Field.Priority, Text(Priority), Text(priority));
        Priority = priority;
    }

    /// <summary>Sets the percent by hand; null lets it follow checklist and subtasks again.</summary>
    public void SetPercent(int? percent, Change by)
    {
        if (percent is < 0 or > 100) throw Refusal.Invalid(Field.Percent, "A percentage is 0 to 100.");
        PercentManual = percent is not null;
        if (percent is null || percent == Percent) return;
        Record(by, Field.Percent, Text(Percent), Text(percent.Value));
        Percent = percent.Value;
    }

    /// <summary>The percent that checklist and subtasks add up to; does nothing when a person set it, or the task is done.</summary>
    public void RollUp(Progress subtasks, Change by)
    {
        if (PercentManual || !IsOpen) return;
        var percent = subtasks.With(Checklist).Percent;
        if (percent is null || percent == Percent) return;
        Record(by, Field.Percent, Text(Percent), Text(percent.Value));
        Percent = percent.Value;
    }

    /// <summary>Sets start, due and duration as they shall be; a recurring series counts from the new dates on.</summary>
    /// <exception cref="Refusal"><c>due_before_start</c>, or the two are of different kinds.</exception>
    public void Schedule(When? start, When? due, Change by, string? duration = null)
    {
        if (start is not null && due is not null)
        {
            if (start.HasTime != due.HasTime) throw Refusal.Invalid(Field.Due, "Start and due are both days, or both times.", "kinds_differ");
            if (due.Sort < start.Sort) throw Refusal.Invalid(Field.Due, "It is due before it starts.", "due_before_start");
        }

        if (duration is not null)
        {
            if (due is not null || start is null) throw Refusal.Invalid(Field.Duration, "A duration goes with a start and no due.");
            if (!IsDuration(duration)) throw Refusal.Invalid(Field.Duration, "Write a duration such as PT30M or P2D.");
        }

        var moved = start != Start || due != Due;
        if (start != Start) Record(by, Field.Start, Start?.ToString(), start?.ToString());
        if (due != Due) Record(by, Field.Due, Due?.ToString(), due?.ToString());
        if (duration != Duration) Record(by, Field.Duration, Duration, duration);
        (Start, Due, Duration) = (start, due, duration);
        FollowDue();
        if (!moved || Recurrence is null) return;
        if (start is null && due is null) throw Refusal.Invalid(Field.Due, "A repeating task needs a start or a due.", "bad_rrule");
        Recurrence.CountFrom(Anchor!);
    }

    /// <summary>Another place in the manual order; not history, but a change of the task.</summary>
    public void Reorder(string rank, Change by)
    {
        if (rank == Rank) return;
        Touch(by);
        Rank = rank;
    }

    /// <summary>Something of it changed that is no history: its place, or octets that only a phone reads.</summary>
    public void Touch(Change by)
    {
        if (ReferenceEquals(_change, by)) return;
        _change = by;
        Revision++;
        UpdatedAt = by.At;
    }

    /// <summary>A phone says when it was really done.</summary>
    public void CompletedOn(DateTimeOffset at, Change by)
    {
        if (Category != Category.Done || CompletedAt == at) return;
        Touch(by);
        CompletedAt = at;
    }

    public void Cover(Id<TaskFile>? file, Change by)
    {
        if (file == CoverFileId) return;
        Record(by, Field.Cover, CoverFileId?.ToString(), file?.ToString());
        CoverFileId = file;
    }

    /// <summary>Whether its percent, checklist or dates say more than the calendar keeps: takes over a phone's SEQUENCE.</summary>
    public void SequenceFrom(int sequence) => Sequence = Math.Max(Sequence, sequence);

    private void FollowDue()
    {
        NextDue = Recurrence?.Style == RecurrenceStyle.Overrides ? FirstOpen() : Due;
        foreach (var assignee in Assignees) assignee.NextDueSort = NextDue?.Sort;
    }

    internal static bool IsDuration(string text)
    {
        try
        {
            return XmlConvert.ToTimeSpan(text.EndsWith('W') ? text[..^1] + "D" : text) > TimeSpan.Zero;
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            return false;
        }
    }

    private static string Text(int n) => n.ToString(CultureInfo.InvariantCulture);
}
