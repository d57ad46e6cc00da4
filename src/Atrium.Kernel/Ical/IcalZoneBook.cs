using System.Collections.Concurrent;
using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;

namespace Atrium.Kernel.Ical;

/// <summary>
/// What the TZIDs of one calendar mean: an IANA name, a Windows name, a path that ends in an IANA name, what its VTIMEZONE calls itself,
/// or else the offsets its VTIMEZONE lists.
/// </summary>
public sealed class IcalZoneBook(IcalComponent? calendar)
{
    private static readonly ConcurrentDictionary<string, DateTimeZone> Written = new();
    private readonly Dictionary<string, DateTimeZone?> _known = new(StringComparer.Ordinal);

    /// <summary>The zone meant; null when nothing tells.</summary>
    public DateTimeZone? Find(string tzid)
    {
        if (!_known.TryGetValue(tzid, out var zone)) _known[tzid] = zone = ByName(tzid) ?? ByDefinition(tzid);
        return zone;
    }

    /// <summary>The instant a time is; a floating one and a day are read in <paramref name="floating"/>, as is a zone nobody knows.</summary>
    public Instant InstantOf(IcalTime time, DateTimeZone floating) => time.Kind == IcalTimeKind.Utc
        ? time.Local.InUtc().ToInstant()
        : (time.TzId is { } tzid ? Find(tzid) ?? floating : floating).AtLeniently(time.Local).ToInstant();

    /// <summary>The zone of that IANA or Windows name, or of a path that ends in one.</summary>
    public static DateTimeZone? ByName(string tzid)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(tzid) is { } exact) return exact;
        if (TzdbDateTimeZoneSource.Default.WindowsMapping.PrimaryMapping.TryGetValue(tzid, out var iana)) return DateTimeZoneProviders.Tzdb.GetZoneOrNull(iana);
        var parts = tzid.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (var take = Math.Min(3, parts.Length - 1); take >= 2; take--)
            if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(string.Join('/', parts[^take..])) is { } inside)
                return inside;
        return null;
    }

    private DateTimeZone? ByDefinition(string tzid)
    {
        if (calendar?.ComponentsOf("VTIMEZONE").FirstOrDefault(z => z.ValueOf("TZID") == tzid) is not { } zone) return null;
        if (zone.ValueOf("X-LIC-LOCATION") is { } location && ByName(location) is { } named) return named;
        var text = string.Join('\n', zone.Components.SelectMany(c => c.Lines.Select(l => $"{c.Name}{l.Name}{l.Value}")));
        if (Written.Count > 1000) Written.Clear();
        return Written.GetOrAdd(text, _ => OfOffsets(zone, tzid));
    }

    /// <summary>The last standard and daylight offsets, changing by their yearly rules; a zone of one offset where they have none.</summary>
    private static DateTimeZone OfOffsets(IcalComponent zone, string tzid)
    {
        var standard = Last(zone, "STANDARD") ?? Last(zone, "DAYLIGHT");
        if (standard is null || OffsetOf(standard) is not { } winter) return DateTimeZone.Utc;
        var daylight = Last(zone, "DAYLIGHT");
        if (daylight is null || OffsetOf(daylight) is not { } summer || Turn(daylight) is not { } spring || Turn(standard) is not { } autumn || summer <= winter)
            return DateTimeZone.ForOffset(Offset.FromTimeSpan(winter));
        try
        {
            var rule = TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(DateTime.MinValue.Date, DateTime.MaxValue.Date, summer - winter, spring, autumn);
            return BclDateTimeZone.FromTimeZoneInfo(TimeZoneInfo.CreateCustomTimeZone(tzid, winter, tzid, tzid, tzid, [rule]));
        }
        catch (Exception e) when (e is ArgumentException or InvalidTimeZoneException)
        {
            return DateTimeZone.ForOffset(Offset.FromTimeSpan(winter));
        }
    }

    private static IcalComponent? Last(IcalComponent zone, string kind) =>
        zone.ComponentsOf(kind).OrderBy(c => c.ValueOf("DTSTART"), StringComparer.Ordinal).LastOrDefault();

    private static TimeSpan? OffsetOf(IcalComponent observance)
    {
        var text = observance.ValueOf("TZOFFSETTO")?.Trim();
        if (text is null || text.Length is not (5 or 7) || !int.TryParse(text[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var digits)) return null;
        var seconds = text.Length == 5 ? digits * 100 : digits;
        var offset = new TimeSpan(seconds / 10_000, seconds / 100 % 100, 0);
        return offset > TimeSpan.FromHours(14) ? null : text[0] == '-' ? -offset : offset;
    }

    private static TimeZoneInfo.TransitionTime? Turn(IcalComponent observance)
    {
        if (observance.ValueOf("RRULE") is not { } text || Rrule.Read(text).Rule is not { Frequency: Frequency.Yearly } rule || IcalTime.Of(observance.Line("DTSTART")) is not { } start) return null;
        if (rule.ByMonth is not [var month] || rule.ByDay is not [{ Nth: not 0 } day]) return null;
        var at = new DateTime(1, 1, 1, start.Local.Hour, start.Local.Minute, start.Local.Second, DateTimeKind.Unspecified);
        return TimeZoneInfo.TransitionTime.CreateFloatingDateRule(at, month, day.Nth < 0 ? 5 : Math.Min(day.Nth, 5), (DayOfWeek)((int)day.Day % 7));
    }
}
