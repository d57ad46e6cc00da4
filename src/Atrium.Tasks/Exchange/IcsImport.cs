using System.Text;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>Reads the VTODOs of an iCalendar file (RFC 5545); what else is in it is counted and said.</summary>
internal static class IcsImport
{
    public static ImportPlan Plan(byte[] file, string title, DateTimeZone zone)
    {
        PlanBuilder.DemandSize(file.Length);
        var text = CsvImport.Decode(file);
        if (!text.Contains("BEGIN:VCALENDAR", StringComparison.OrdinalIgnoreCase)) throw PlanBuilder.Unreadable("This is no iCalendar file: BEGIN:VCALENDAR is missing.");
        IList<Ical.Net.Calendar> calendars;
        try
        {
            calendars = Ical.Net.Calendar.Load<Ical.Net.Calendar>(text);
        }
        catch (Exception e)
        {
            // The library throws whatever its parsing met.
            throw PlanBuilder.Unreadable($"This iCalendar file cannot be read: {e.Message}");
        }

        var plan = new PlanBuilder("ics", NameOf(calendars) ?? title);
        plan.ColumnOf(Category.Todo);
        plan.ColumnOf(Category.Done);
        foreach (var calendar in calendars)
        {
            foreach (var todo in calendar.Todos) Add(plan, todo, zone);
            Count(plan, calendar.Events.Count, "events", "Events come with the Events system.");
            Count(plan, calendar.Journals.Count, "journals", "Journals have no place here.");
            Count(plan, calendar.FreeBusy.Count, "free_busy", "Free and busy times are not imported.");
        }

        return plan.Build();
    }

    private static void Add(PlanBuilder plan, Todo todo, DateTimeZone zone)
    {
        var id = todo.Uid ?? $"todo:{plan.Count + 1}";
        if (todo.RecurrenceIdentifier is not null)
        {
            plan.Report.Note(Field.Occurrence, $"“{todo.Summary}”: a changed single instance of a series is not imported.");
            return;
        }

        var category = todo.Status?.ToUpperInvariant() switch { "COMPLETED" => Category.Done, "CANCELLED" => Category.Cancelled, "IN-PROCESS" => Category.Doing, _ => todo.Completed is not null ? Category.Done : Category.Todo };
        foreach (var name in todo.Categories ?? []) plan.Label(name.ToLowerInvariant(), name, null);
        var start = WhenOf(todo.DtStart, zone);
        var due = WhenOf(todo.Due, zone);
        if (due is null && start is not null && todo.Duration is { } duration)
        {
            due = start.At(start.ToLocal() + NodaTime.Period.FromSeconds((long)duration.ToTimeSpanUnspecified().TotalSeconds));
        }

        var rule = Rule(plan, id, todo, start ?? due);
        foreach (var kept in (string[])["LOCATION", "GEO", "URL", "ATTACH", "ORGANIZER", "ATTENDEE", "CLASS", "COMMENT"])
            if (todo.Properties.Any(p => string.Equals(p.Name, kept, StringComparison.OrdinalIgnoreCase)))
                plan.Report.Lost(id, kept.ToLowerInvariant(), "Not kept by an import. A list shared over CalDAV keeps it.");

        plan.Task(new(id, todo.Summary ?? "", plan.ColumnOf(category))
        {
            Uid = todo.Uid,
            Description = todo.Description ?? "",
            Start = start,
            Due = due,
            Priority = Math.Clamp(todo.Priority, 0, 9),
            Percent = category == Category.Done || todo.PercentComplete is <= 0 or > 100 ? null : todo.PercentComplete,
            CompletedAt = category == Category.Done ? InstantOf(todo.Completed, zone) : null,
            CreatedAt = InstantOf(todo.Created, zone),
            LabelIds = [.. (todo.Categories ?? []).Select(c => c.ToLowerInvariant())],
            ParentId = Parent(plan, id, todo),
            Rrule = rule,
            Rdates = rule is null ? [] : [.. todo.RecurrenceDates.GetAllDates().Select(d => WhenOf(d, zone)!)],
            Exdates = rule is null ? [] : [.. todo.ExceptionDates.GetAllDates().Select(d => WhenOf(d, zone)!)],
            Reminders = Reminders(plan, id, todo, zone),
        });
    }

    private static string? Rule(PlanBuilder plan, string id, Todo todo, When? anchor)
    {
        if (todo.RecurrenceRule is not { } given) return null;
        if (anchor is null)
        {
            plan.Report.Lost(id, Field.Recurrence, "It repeats but has no date.");
            return null;
        }

        var (rule, problems) = Rrule.Read(given.ToString() ?? "");
        foreach (var problem in problems) plan.Report.Lost(id, Field.Recurrence, problem);
        return rule?.ToString();
    }

    /// <summary>RELATED-TO without a type, or with PARENT, is the parent; CHILD turns round; others are relations.</summary>
    private static string? Parent(PlanBuilder plan, string id, Todo todo)
    {
        string? parent = null;
        foreach (var property in todo.Properties.Where(p => string.Equals(p.Name, "RELATED-TO", StringComparison.OrdinalIgnoreCase)))
        {
            var kind = property.Parameters.FirstOrDefault(p => string.Equals(p.Name, "RELTYPE", StringComparison.OrdinalIgnoreCase))?.Value?.ToUpperInvariant();
            foreach (var value in property.Values.Select(v => v?.ToString()).OfType<string>())
            {
                switch (kind)
                {
                    case null or "PARENT":
                        parent ??= value;
                        break;
                    case "DEPENDS-ON" or "FINISHTOSTART":
                        plan.Relate(value, id, RelationKind.Blocks);
                        break;
                    case "SIBLING":
                        plan.Relate(id, value, RelationKind.Relates);
                        break;
                    case "CHILD":
                        break;
                    default:
                        plan.Report.Lost(id, Field.Relations, $"A relation of type {kind}.");
                        break;
                }
            }
        }

        return parent;
    }

    private static List<PlannedReminder> Reminders(PlanBuilder plan, string id, Todo todo, DateTimeZone zone)
    {
        var reminders = new List<PlannedReminder>();
        foreach (var trigger in todo.Alarms.Select(a => a.Trigger))
        {
            if (trigger?.Duration is { } offset)
                reminders.Add(new(trigger.Related?.ToUpperInvariant() == "END" || todo.DtStart is null ? ReminderAnchor.Due : ReminderAnchor.Start, null, (int)offset.ToTimeSpanUnspecified().TotalSeconds));
            else if (trigger?.DateTime is { } at) reminders.Add(new(ReminderAnchor.Absolute, InstantOf(at, zone), null));
            else plan.Report.Lost(id, Field.Reminders, "An alarm without a time.");
        }

        return reminders;
    }

    private static When? WhenOf(CalDateTime? value, DateTimeZone zone)
    {
        if (value is null) return null;
        var local = LocalDateTime.FromDateTime(DateTime.SpecifyKind(value.Value, DateTimeKind.Unspecified));
        if (!value.HasTime) return When.Date(local.Date);
        if (value.IsUtc) return When.Utc(local);
        if (value.IsFloating) return When.Floating(local);
        return Zones.Knows(value.TzId) ? When.Zoned(local, value.TzId) : When.Zoned(local, zone.Id);
    }

    private static DateTimeOffset? InstantOf(CalDateTime? value, DateTimeZone zone) => WhenOf(value, zone)?.BeginsIn(zone).ToDateTimeOffset();

    private static void Count(PlanBuilder plan, int count, string field, string why)
    {
        if (count > 0) plan.Report.Note(field, $"{count} {field.Replace('_', ' ')}. {why}");
    }

    private static string? NameOf(IList<Ical.Net.Calendar> calendars) =>
        calendars.SelectMany(c => c.Properties).FirstOrDefault(p => string.Equals(p.Name, "X-WR-CALNAME", StringComparison.OrdinalIgnoreCase) || string.Equals(p.Name, "NAME", StringComparison.OrdinalIgnoreCase))?.Value?.ToString();
}
