using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>The VTIMEZONE of a date: its zone from the year before until five years after. The same for the same year, so octets stay.</summary>
internal static class TodoZones
{
    private static readonly ConcurrentDictionary<(string TzId, int Year), byte[]> Written = new();

    public static IcalComponent Of(When when)
    {
        var year = when.ToLocal().Year;
        if (Written.Count > 5000) Written.Clear();
        var octets = Written.GetOrAdd((when.TzId!, year), static key => Write(key.TzId, key.Year));
        return IcalDocument.Parse(octets).Components.First();
    }

    private static byte[] Write(string tzid, int year)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        IcalZones.Write(new IcalWriter(text), tzid, Instant.FromUtc(Math.Max(1, year - 1), 1, 1, 0, 0), Instant.FromUtc(Math.Min(9998, year + 5), 12, 31, 0, 0));
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
