using System.Globalization;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>Times of a VTODO and of a task, each in the other's words.</summary>
internal static class TodoTimes
{
    /// <summary>What a date line means; null when it cannot be read.</summary>
    public static When? Read(IcalLine? line, IcalZoneBook zones) => IcalTime.Of(line) is { } time ? Read(time, zones) : null;

    /// <summary>A zone that has no IANA name is told by its instant, one that nobody knows by its wall time.</summary>
    public static When Read(IcalTime time, IcalZoneBook zones)
    {
        if (time.Kind == IcalTimeKind.Date) return When.Date(time.Local.Date);
        if (time.Kind == IcalTimeKind.Utc) return When.Utc(time.Local);
        if (time.Kind == IcalTimeKind.Floating || zones.Find(time.TzId!) is not { } zone) return When.Floating(time.Local);
        return Zones.Knows(zone.Id) ? When.Zoned(time.Local, zone.Id) : When.Utc(zone.AtLeniently(time.Local).ToInstant());
    }

    public static DateTimeOffset? Instant(IcalLine? line, IcalZoneBook zones) =>
        IcalTime.Of(line) is { } time ? zones.InstantOf(time, DateTimeZone.Utc).ToDateTimeOffset() : null;

    /// <summary>The value of a date line, without its zone.</summary>
    public static string Value(When when) => when.Kind == WhenKind.Date
        ? when.ToLocal().ToString("uuuuMMdd", CultureInfo.InvariantCulture)
        : when.ToLocal().ToString("uuuuMMdd'T'HHmmss", CultureInfo.InvariantCulture) + (when.Kind == WhenKind.Utc ? "Z" : "");

    /// <summary>Puts a date line in place; what a client wrote beside VALUE and TZID stays.</summary>
    public static void Set(IcalComponent todo, string name, When when, IcalComponent calendar, IcalZoneBook zones)
    {
        List<KeyValuePair<string, string>> parameters = [.. todo.Line(name)?.Parameters.Where(p => p.Key is not ("VALUE" or "TZID")) ?? []];
        if (when.Kind == WhenKind.Date) parameters.Insert(0, new("VALUE", "DATE"));
        if (when.Kind == WhenKind.Zoned) parameters.Insert(0, new("TZID", TzId(when, calendar, zones)));
        todo.Set(name, Value(when), parameters);
    }

    /// <summary>Several dates in one line, in the form of the first.</summary>
    public static void Set(IcalComponent todo, string name, IReadOnlyList<When> dates, IcalComponent calendar, IcalZoneBook zones)
    {
        if (dates.Count == 0)
        {
            todo.Remove(name);
            return;
        }

        Set(todo, name, dates[0], calendar, zones);
        todo.Set(name, string.Join(',', dates.Where(d => d.Kind == dates[0].Kind && d.TzId == dates[0].TzId).Select(Value)), todo.Line(name)!.Parameters);
    }

    /// <summary>The calendar's own name of a zone, if it defines it; else the IANA name, with its definition added.</summary>
    private static string TzId(When when, IcalComponent calendar, IcalZoneBook zones)
    {
        foreach (var defined in calendar.ComponentsOf("VTIMEZONE").Select(z => z.ValueOf("TZID")).OfType<string>())
            if (zones.Find(defined)?.Id == when.TzId)
                return defined;
        var first = calendar.Components.FirstOrDefault(c => c.Name != "VTIMEZONE")?.Name ?? "";
        calendar.AddBefore(first, TodoZones.Of(when));
        return when.TzId!;
    }
}
