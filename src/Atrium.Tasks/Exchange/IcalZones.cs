using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;

namespace Atrium.Tasks;

/// <summary>Writes the VTIMEZONE (RFC 5545, 3.6.5) of a zone, for the years that matter: every change of its clock from one moment to another.</summary>
internal static class IcalZones
{
    public static void Write(IcalWriter writer, string tzid, Instant from, Instant to)
    {
        var zone = Zones.Demand(tzid);
        writer.Begin("VTIMEZONE");
        writer.Line("TZID", tzid);
        foreach (var interval in zone.GetZoneIntervals(from, to))
        {
            var component = interval.Savings == Offset.Zero ? "STANDARD" : "DAYLIGHT";
            var before = interval.HasStart ? zone.GetUtcOffset(interval.Start - NodaTime.Duration.Epsilon) : interval.WallOffset;

            // The onset is told in the wall time that was valid until then.
            var onset = interval.HasStart ? (interval.Start.InUtc().LocalDateTime + Period.FromSeconds(before.Seconds)) : new LocalDateTime(1970, 1, 1, 0, 0);
            writer.Begin(component);
            writer.Line("DTSTART", onset.ToString("uuuuMMdd'T'HHmmss", CultureInfo.InvariantCulture));
            writer.Line("TZOFFSETFROM", Written(before));
            writer.Line("TZOFFSETTO", Written(interval.WallOffset));
            writer.Text("TZNAME", interval.Name);
            writer.End(component);
        }

        writer.End("VTIMEZONE");
    }

    private static string Written(Offset offset)
    {
        var seconds = Math.Abs(offset.Seconds);
        var text = string.Create(CultureInfo.InvariantCulture, $"{(offset.Seconds < 0 ? '-' : '+')}{seconds / 3600:00}{seconds / 60 % 60:00}");
        return seconds % 60 == 0 ? text : text + (seconds % 60).ToString("00", CultureInfo.InvariantCulture);
    }
}
