using System.Globalization;
using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>
/// A task as a VTODO. Over what a client last sent, only the lines whose meaning differs are written anew, in their place; all others keep
/// their octets.
/// </summary>
internal static class TodoWriter
{
    /// <summary>The octets that a GET gives.</summary>
    /// <param name="raw">What was last PUT; null while nothing was.</param>
    /// <param name="rawRevision">The revision at which those octets said all there is to say.</param>
    public static byte[] Write(TodoState state, byte[]? raw, long rawRevision)
    {
        if (raw is not null && rawRevision == state.Task.Revision) return raw;
        var (document, calendar, todo) = raw is null ? Empty(state.Task) : Open(raw);
        Merge(calendar, todo, state);
        Stamp(todo, state.Task);
        return document.ToBytes();
    }

    /// <summary>Whether these octets say just what the task is.</summary>
    public static bool Says(byte[] octets, TodoState state)
    {
        var (document, calendar, todo) = Open(octets);
        Merge(calendar, todo, state);
        return document.ToBytes().AsSpan().SequenceEqual(octets);
    }

    /// <summary>The master of an object; its first component where it has only overrides.</summary>
    public static IcalComponent MasterOf(IcalComponent calendar) =>
        calendar.ComponentsOf("VTODO").FirstOrDefault(c => c.Line("RECURRENCE-ID") is null) ?? calendar.ComponentsOf("VTODO").First();

    public static string StatusOf(Category category) => category switch
    {
        Category.Doing => "IN-PROCESS",
        Category.Done => "COMPLETED",
        Category.Cancelled => "CANCELLED",
        _ => "NEEDS-ACTION",
    };

    private static (IcalDocument Document, IcalComponent Calendar, IcalComponent Todo) Open(byte[] octets)
    {
        var document = IcalDocument.Parse(octets);
        var calendar = document.Components.First();
        return (document, calendar, MasterOf(calendar));
    }

    private static (IcalDocument Document, IcalComponent Calendar, IcalComponent Todo) Empty(TaskItem task)
    {
        var (document, calendar) = IcalDocument.New();
        var todo = IcalComponent.Of("VTODO");
        todo.Add(IcalLine.Of("UID", IcalText.Escape(task.Uid)));
        todo.Add(IcalLine.Of("DTSTAMP", IcalTime.Utc(task.UpdatedAt)));
        todo.Add(IcalLine.Of("CREATED", IcalTime.Utc(task.CreatedAt)));
        todo.Add(IcalLine.Of("LAST-MODIFIED", IcalTime.Utc(task.UpdatedAt)));
        todo.Add(IcalLine.Of("SUMMARY", IcalText.Escape(task.Title)));
        todo.Add(IcalLine.Of("STATUS", StatusOf(Category.Todo)));
        calendar.Add(todo);
        return (document, calendar, todo);
    }

    private static void Merge(IcalComponent calendar, IcalComponent todo, TodoState state)
    {
        var zones = new IcalZoneBook(calendar);
        var was = TodoFields.Read(todo, zones, state.Categories);
        var task = state.Task;
        if (was.Title != task.Title) todo.SetText("SUMMARY", task.Title);
        if (was.Description != task.Description) Text(todo, "DESCRIPTION", task.Description);
        if (was.Priority != task.Priority) Number(todo, "PRIORITY", task.Priority);
        Status(todo, was, task);
        Dates(calendar, todo, zones, was, state);
        if (!was.Labels.ToHashSet(StringComparer.OrdinalIgnoreCase).SetEquals(state.Labels)) Labels(todo, was, state.Labels);
        if (was.ParentUid != state.ParentUid) Parent(todo, state.ParentUid);
        Alarms(todo, was, state.Reminders);
        if (state.Over is not null) Overrides(calendar, zones, state);
    }

    /// <summary>A change here is a new version for everybody (RFC 5545, 3.8.7).</summary>
    private static void Stamp(IcalComponent todo, TaskItem task)
    {
        todo.Set("SEQUENCE", task.Sequence.ToString(CultureInfo.InvariantCulture));
        todo.Set("LAST-MODIFIED", IcalTime.Utc(task.UpdatedAt));
        todo.Set("DTSTAMP", IcalTime.Utc(task.UpdatedAt));
    }

    private static void Status(IcalComponent todo, TodoFields was, TaskItem task)
    {
        if (was.Category != task.Category) todo.Set("STATUS", StatusOf(task.Category));
        var done = task.Category == Category.Done && !TodoFields.IsCancelled(todo);
        if (!done && was.Category != task.Category) todo.Remove("COMPLETED");
        if (done && task.CompletedAt is { } at && (was.Category != Category.Done || (was.Completed is { } told && told.ToUnixTimeSeconds() != at.ToUnixTimeSeconds())))
            todo.Set("COMPLETED", IcalTime.Utc(at));
        var percent = was.Percent ?? (was.Category == Category.Done && task.Category == Category.Done ? 100 : 0);
        if (percent != task.Percent) Number(todo, "PERCENT-COMPLETE", task.Percent);
    }

    private static void Dates(IcalComponent calendar, IcalComponent todo, IcalZoneBook zones, TodoFields was, TodoState state)
    {
        var (task, series) = (state.Task, state.Recurrence);
        if (was.Start != task.Start) Date("DTSTART", task.Start);
        if (was.Due != task.Due) Date("DUE", task.Due);
        if (was.Duration != task.Duration)
        {
            if (task.Duration is null) todo.Remove("DURATION");
            else todo.Set("DURATION", task.Duration);
        }

        var rule = series is { Rrule.Length: > 0 } ? series.Rrule : null;
        if (was.Rrule != rule)
        {
            if (rule is null) todo.Remove("RRULE");
            else todo.Set("RRULE", rule);
        }

        Listed("RDATE", was.Rdates, series?.Rdates);
        Listed("EXDATE", was.Exdates, series?.Exdates);

        void Date(string name, When? when)
        {
            if (when is null) todo.Remove(name);
            else TodoTimes.Set(todo, name, when, calendar, zones);
        }

        void Listed(string name, IReadOnlyList<When> before, List<string>? now)
        {
            if (!before.Select(d => d.ToString()).ToHashSet(StringComparer.Ordinal).SetEquals(now ?? []))
                TodoTimes.Set(todo, name, [.. (now ?? []).Select(d => When.Parse(d))], calendar, zones);
        }
    }

    /// <summary>New labels go into the first line, and each line loses what is gone; a category that never became a label stays.</summary>
    private static void Labels(IcalComponent todo, TodoFields was, IReadOnlyList<string> labels)
    {
        var known = was.Labels.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var fresh = labels.Where(l => !TodoFields.CategoriesOf(todo).Any(c => TodoFields.LabelOf(c).Equals(l, StringComparison.OrdinalIgnoreCase))).ToList();
        if (todo.Line("CATEGORIES") is null) todo.Add(IcalLine.Of("CATEGORIES", string.Join(',', fresh.Select(IcalText.Escape)), todo.LineEnd));
        else
        {
            foreach (var (line, added) in todo.LinesOf("CATEGORIES").ToList().Select((line, i) => (line, i == 0 ? fresh : [])))
            {
                var written = line.Texts.Where(c => c.Trim().Length > 0).ToList();
                var kept = written.Where(c => labels.Contains(TodoFields.LabelOf(c), StringComparer.OrdinalIgnoreCase) || !known.Contains(TodoFields.LabelOf(c))).ToList();
                if (kept.Count + added.Count == 0) todo.Remove(line);
                else if (kept.Count < written.Count || added.Count > 0) todo.Replace(line, IcalLine.Of("CATEGORIES", string.Join(',', kept.Concat(added).Select(IcalText.Escape)), todo.LineEnd, line.Parameters));
            }
        }
    }

    private static void Parent(IcalComponent todo, string? uid)
    {
        var lines = todo.LinesOf("RELATED-TO").ToList();
        foreach (var line in lines.Where(l => l.Parameter("RELTYPE")?.ToUpperInvariant() is null or "PARENT")) todo.Remove(line);
        if (uid is not null) todo.Add(IcalLine.Of("RELATED-TO", IcalText.Escape(uid), todo.LineEnd));
    }

    private static void Alarms(IcalComponent todo, TodoFields was, IReadOnlyList<Reminder> reminders)
    {
        var left = reminders.OrderBy(r => r.Id).ToList();
        var unmatched = new List<TodoAlarm>();
        foreach (var alarm in was.Alarms)
        {
            if (left.Find(alarm.Is) is not { } reminder)
            {
                unmatched.Add(alarm);
                continue;
            }

            left.Remove(reminder);
            Acknowledge(alarm, reminder);
        }

        // What moved keeps its alarm; what is left over came or went here.
        foreach (var alarm in unmatched)
        {
            if (left.Find(r => r.Anchor == alarm.Anchor && r.Origin == ReminderOrigin.Dav) is { } moved)
            {
                left.Remove(moved);
                TodoAlarm.SetTrigger(alarm.Component, moved);
                Acknowledge(alarm, moved);
            }
            else todo.Remove(alarm.Component);
        }

        foreach (var reminder in left) todo.Add(TodoAlarm.Write(reminder, todo.LineEnd));
    }

    private static void Acknowledge(TodoAlarm alarm, Reminder reminder)
    {
        if ((alarm.Acknowledged is null) == (reminder.AcknowledgedAt is null)) return;
        if (reminder.AcknowledgedAt is { } at) alarm.Component.Set("ACKNOWLEDGED", IcalTime.Utc(at));
        else alarm.Component.Remove("ACKNOWLEDGED");
    }

    /// <summary>An instance taken back here is open again there.</summary>
    private static void Overrides(IcalComponent calendar, IcalZoneBook zones, TodoState state)
    {
        foreach (var other in calendar.ComponentsOf("VTODO").Where(c => c.Line("RECURRENCE-ID") is not null))
        {
            if (TodoFields.Read(other, zones, state.Categories).IsOpen) continue;
            if (TodoInstances.IdOf(other, state.Task, state.Recurrence, zones) is not { } id || state.Over!.Contains(id.ToString())) continue;
            other.Set("STATUS", StatusOf(Category.Todo));
            other.Remove("COMPLETED");
            other.Remove("PERCENT-COMPLETE");
        }
    }

    private static void Text(IcalComponent todo, string name, string text)
    {
        if (text.Length == 0) todo.Remove(name);
        else todo.SetText(name, text);
    }

    private static void Number(IcalComponent todo, string name, int number)
    {
        if (number == 0 && todo.Line(name) is null) return;
        todo.Set(name, number.ToString(CultureInfo.InvariantCulture), todo.Line(name)?.Parameters);
    }
}
