using NodaTime;

namespace Atrium.Kernel.Ical;

/// <summary>A calendar object cut down for a reader: each instance by itself (RFC 4791, 9.6.5), or only the overrides of a range (9.6.6).</summary>
public static class IcalExpansion
{
    private static readonly string[] Times = ["DTSTART", "DUE", "DTEND", "RECURRENCE-ID"];
    private static readonly string[] Rules = ["RRULE", "RDATE", "EXDATE", "EXRULE"];

    /// <summary>The instances of a range, without rules and zones: every zoned time is told in UTC.</summary>
    public static byte[] Expand(byte[] octets, Instant from, Instant to, DateTimeZone floating)
    {
        var (document, calendar, name) = Open(octets);
        if (name is null) return octets;
        var series = new IcalSeries(calendar, name, floating);
        var instances = series.Between(from, to).OrderBy(i => i.RecurrenceId?.Local).ToList();
        foreach (var gone in calendar.Components.Where(c => c.Name == name || c.Name == "VTIMEZONE").ToList()) calendar.Remove(gone);
        foreach (var instance in instances) calendar.Add(Flat(instance, series.Zones, floating));
        return document.ToBytes();
    }

    /// <summary>The master with those overrides only that touch a range.</summary>
    public static byte[] Limit(byte[] octets, Instant from, Instant to, DateTimeZone floating)
    {
        var (document, calendar, name) = Open(octets);
        if (name is null) return octets;
        var zones = new IcalZoneBook(calendar);
        foreach (var other in calendar.ComponentsOf(name).Where(c => c.Line("RECURRENCE-ID") is not null).ToList())
        {
            var was = IcalTime.Of(other.Line("RECURRENCE-ID")) is { } id ? zones.InstantOf(id, floating) : (Instant?)null;
            if (!(was >= from && was < to) && !new IcalInstance(other, 0, null).Overlaps(from, to, zones, floating)) calendar.Remove(other);
        }

        return document.ToBytes();
    }

    private static (IcalDocument Document, IcalComponent Calendar, string? Component) Open(byte[] octets)
    {
        var document = IcalDocument.Parse(octets);
        var calendar = document.Components.First();
        return (document, calendar, calendar.Components.FirstOrDefault(c => c.Name != "VTIMEZONE")?.Name);
    }

    private static IcalComponent Flat(IcalInstance instance, IcalZoneBook zones, DateTimeZone floating)
    {
        // A copy: one master stands for many instances.
        var copy = IcalDocument.Parse(instance.Component.ToBytes()).Components.First();
        foreach (var rule in Rules) copy.Remove(rule);
        foreach (var name in Times)
            if (instance.At(name) is { } time && (name != "RECURRENCE-ID" || instance.Shift == 0))
                Put(name, time);
        if (instance.RecurrenceId is { } id) Put("RECURRENCE-ID", id);
        return copy;

        void Put(string name, IcalTime time)
        {
            if (time.Kind == IcalTimeKind.Zoned) time = new(IcalTimeKind.Utc, zones.InstantOf(time, floating).InUtc().LocalDateTime);
            copy.Set(name, time.ToString(), time.IsDate ? [new("VALUE", "DATE")] : null);
        }
    }
}
