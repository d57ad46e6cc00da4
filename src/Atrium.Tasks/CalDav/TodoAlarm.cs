using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>A VALARM that is a reminder of ours too (RFC 5545, 3.6.6; RFC 9074): when, and whether it was dismissed.</summary>
internal sealed record TodoAlarm(ReminderAnchor Anchor, DateTimeOffset? At, int? OffsetSeconds, DateTimeOffset? Acknowledged, IcalComponent Component)
{
    private const int Farthest = 366 * 86_400;

    /// <summary>The alarms of a to-do we can read; the others are only kept.</summary>
    public static IReadOnlyList<TodoAlarm> AllOf(IcalComponent todo, IcalZoneBook zones) =>
        [.. todo.ComponentsOf("VALARM").Select(a => Read(a, todo, zones)).OfType<TodoAlarm>().Take(Limits.Reminders)];

    public bool Is(Reminder reminder) => Anchor == reminder.Anchor && OffsetSeconds == reminder.OffsetSeconds && Seconds(At) == Seconds(reminder.At);

    public static IcalComponent Write(Reminder reminder, string lineEnd)
    {
        var alarm = IcalComponent.Of("VALARM", lineEnd);
        alarm.Add(IcalLine.Of("UID", $"{reminder.Id}@atrium", lineEnd));
        alarm.Add(IcalLine.Of("ACTION", "DISPLAY", lineEnd));
        alarm.Add(IcalLine.Of("DESCRIPTION", "Reminder", lineEnd));
        SetTrigger(alarm, reminder);
        if (reminder.AcknowledgedAt is { } at) alarm.Set("ACKNOWLEDGED", IcalTime.Utc(at));
        return alarm;
    }

    public static void SetTrigger(IcalComponent alarm, Reminder reminder)
    {
        List<KeyValuePair<string, string>> parameters = [.. alarm.Line("TRIGGER")?.Parameters.Where(p => p.Key is not ("VALUE" or "RELATED")) ?? []];
        if (reminder.Anchor == ReminderAnchor.Absolute)
        {
            parameters.Insert(0, new("VALUE", "DATE-TIME"));
            alarm.Set("TRIGGER", IcalTime.Utc(reminder.At!.Value), parameters);
            return;
        }

        if (reminder.Anchor == ReminderAnchor.Due) parameters.Insert(0, new("RELATED", "END"));
        alarm.Set("TRIGGER", IcalDuration.Write(reminder.OffsetSeconds ?? 0), parameters);
    }

    private static TodoAlarm? Read(IcalComponent alarm, IcalComponent todo, IcalZoneBook zones)
    {
        if (alarm.Line("TRIGGER") is not { } trigger) return null;
        var acknowledged = TodoTimes.Instant(alarm.Line("ACKNOWLEDGED"), zones);
        if (IcalTime.Of(trigger) is { } time) return new(ReminderAnchor.Absolute, zones.InstantOf(time, NodaTime.DateTimeZone.Utc).ToDateTimeOffset(), null, acknowledged, alarm);
        if (IcalDuration.Parse(trigger.Value) is not { } offset || Math.Abs(offset.TotalSeconds) > Farthest) return null;

        // Without a start there is only the due to hang on, whatever the alarm says.
        var ofDue = trigger.Parameter("RELATED")?.Equals("END", StringComparison.OrdinalIgnoreCase) == true || todo.Line("DTSTART") is null;
        return new(ofDue ? ReminderAnchor.Due : ReminderAnchor.Start, null, (int)offset.TotalSeconds, acknowledged, alarm);
    }

    private static long? Seconds(DateTimeOffset? at) => at?.ToUnixTimeSeconds();
}
