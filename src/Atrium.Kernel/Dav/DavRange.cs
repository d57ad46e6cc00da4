using System.Xml.Linq;
using Atrium.Kernel.Ical;
using NodaTime;

namespace Atrium.Kernel.Dav;

/// <summary>A time range of a request (RFC 4791, 9.9): UTC, either end may be open.</summary>
/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
internal readonly record struct DavRange(Instant From, Instant To)
{
    private static readonly Instant Earliest = Instant.FromUtc(1, 6, 1, 0, 0);
    private static readonly Instant Latest = Instant.FromUtc(9990, 1, 1, 0, 0);

    /// <summary>Wide enough for any zone a day or floating time may be read in.</summary>
    public (DateTimeOffset? From, DateTimeOffset? To) Widened =>
        (From == Earliest ? null : (From - Duration.FromHours(38)).ToDateTimeOffset(), To == Latest ? null : (To + Duration.FromHours(38)).ToDateTimeOffset());

    /// <exception cref="DavFault"><c>valid-filter</c>: no instants, neither end, or the end is not after the start.</exception>
    public static DavRange Read(XElement element, bool closed = false)
    {
        var (start, end) = (Read(element, "start"), Read(element, "end"));
        if ((start is null && end is null) || (closed && (start is null || end is null))) throw Wrong();
        var range = new DavRange(start ?? Earliest, end ?? Latest);
        return range.To > range.From ? range : throw Wrong();
    }

    private static Instant? Read(XElement element, string name)
    {
        if ((string?)element.Attribute(name) is not { } text) return null;
        return IcalTime.TryParse(text, null, out var time) && time is { Kind: IcalTimeKind.Utc } utc
            ? Instant.Max(Earliest, Instant.Min(Latest, utc.Local.InUtc().ToInstant()))
            : throw Wrong();
    }

    private static DavFault Wrong() => DavFault.Cal("valid-filter", "A time range has a start and an end in UTC, the end after the start.");
}
