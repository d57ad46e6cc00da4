using System.Globalization;
using System.Text.Json.Serialization;
using Atrium.Kernel;
using NodaTime;
using NodaTime.Text;

namespace Atrium.Tasks;

/// <summary>How exactly a <see cref="When"/> is meant.</summary>
internal enum WhenKind
{
    /// <summary>A day, wherever the reader is.</summary>
    Date,

    /// <summary>A wall time, wherever the reader is.</summary>
    Floating,

    /// <summary>A wall time in one zone: stays 09:00 across daylight saving.</summary>
    Zoned,

    /// <summary>An instant.</summary>
    Utc,
}

/// <summary>
/// A start or due of a task, as the person meant it (RFC 5545, 3.3.4 and 3.3.5): a day, a floating wall time, a wall time in a zone, or an instant.
/// Written <c>2026-11-23</c>, <c>2026-11-23T18:00:00</c>, <c>2026-11-23T18:00:00[Europe/Berlin]</c>, <c>2026-11-23T17:00:00Z</c>.
/// A wall time that a spring change skips means the same time after the gap; one that an autumn change repeats means the first.
/// </summary>
[JsonConverter(typeof(WhenJsonConverter))]
internal sealed record When : IComparable<When>
{
    private static readonly LocalDatePattern DayText = LocalDatePattern.Iso;
    private static readonly LocalDateTimePattern TimeText = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss");
    private static readonly LocalDateTimePattern ShortTimeText = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm");

    private When() { }

    public WhenKind Kind { get; private init; }

    /// <summary>The day, or the wall time to the second, in ISO 8601 without a zone. For <see cref="WhenKind.Utc"/> the wall time of UTC.</summary>
    public string Local { get; private init; } = "";

    /// <summary>IANA zone; only for <see cref="WhenKind.Zoned"/>.</summary>
    public string? TzId { get; private init; }

    /// <summary>What ranges scan: the instant, or the local value read as UTC for a day and a floating time.</summary>
    public DateTimeOffset Sort { get; private init; }

    public static When Date(LocalDate day) => new() { Kind = WhenKind.Date, Local = DayText.Format(day), Sort = AsUtc(day.AtMidnight()) };

    public static When Floating(LocalDateTime local) => new() { Kind = WhenKind.Floating, Local = TimeText.Format(local), Sort = AsUtc(local) };

    public static When Zoned(LocalDateTime local, string tzid) =>
        new() { Kind = WhenKind.Zoned, Local = TimeText.Format(local), TzId = tzid, Sort = Zones.Demand(tzid).AtLeniently(local).ToDateTimeOffset().ToUniversalTime() };

    public static When Utc(Instant instant) => Utc(instant.InUtc().LocalDateTime);

    public static When Utc(LocalDateTime utc) => new() { Kind = WhenKind.Utc, Local = TimeText.Format(utc), Sort = AsUtc(utc) };

    /// <summary>From its parts, as a request or a row has them.</summary>
    /// <exception cref="Refusal">The text is no date or time of that kind, or the zone is unknown.</exception>
    public static When Of(WhenKind kind, string local, string? tzid, string field = "due")
    {
        if (kind == WhenKind.Date)
            return DayText.Parse(local) is { Success: true, Value: var day } ? Date(day) : throw NotATime(field);
        var time = TimeText.Parse(local.TrimEnd('Z'));
        if (!time.Success) time = ShortTimeText.Parse(local.TrimEnd('Z'));
        if (!time.Success) throw NotATime(field);
        return kind switch
        {
            WhenKind.Floating => Floating(time.Value),
            WhenKind.Utc => Utc(time.Value),
            _ when tzid is null || !Zones.Knows(tzid) => throw Refusal.Invalid(field, $"“{tzid}” is not a time zone; write one such as Europe/Berlin.", "bad_zone"),
            _ => Zoned(time.Value, tzid),
        };
    }

    /// <summary>Reads what <see cref="ToString"/> writes.</summary>
    public static When Parse(string text, string field = "due")
    {
        if (text.EndsWith(']') && text.IndexOf('[', StringComparison.Ordinal) is > 0 and var zone) return Of(WhenKind.Zoned, text[..zone], text[(zone + 1)..^1], field);
        if (text.EndsWith('Z')) return Of(WhenKind.Utc, text, null, field);
        return Of(text.Contains('T', StringComparison.Ordinal) ? WhenKind.Floating : WhenKind.Date, text, null, field);
    }

    /// <summary>The wall time; midnight for a day.</summary>
    public LocalDateTime ToLocal() => Kind == WhenKind.Date ? DayText.Parse(Local).Value.AtMidnight() : TimeText.Parse(Local).Value;

    public LocalDate ToDate() => ToLocal().Date;

    public bool HasTime => Kind != WhenKind.Date;

    /// <summary>The instant, where it is one wherever the reader is.</summary>
    public Instant? Fixed() => Kind is WhenKind.Zoned or WhenKind.Utc ? Instant.FromDateTimeOffset(Sort) : null;

    /// <summary>The instant it begins for someone in <paramref name="viewer"/>.</summary>
    public Instant BeginsIn(DateTimeZone viewer) => Fixed() ?? viewer.AtLeniently(ToLocal()).ToInstant();

    /// <summary>The instant it is over for someone in <paramref name="viewer"/>: a day lasts until its midnight.</summary>
    public Instant EndsIn(DateTimeZone viewer) => Kind == WhenKind.Date ? viewer.AtStartOfDay(ToDate().PlusDays(1)).ToInstant() : BeginsIn(viewer);

    public bool IsOverdue(Instant now, DateTimeZone viewer) => EndsIn(viewer) <= now;

    /// <summary>The day it falls on for someone in <paramref name="viewer"/>.</summary>
    public LocalDate DayIn(DateTimeZone viewer) => Fixed() is { } instant ? instant.InZone(viewer).Date : ToDate();

    /// <summary>The zone its wall time is in: its own, UTC, or else the viewer's.</summary>
    public DateTimeZone ZoneOr(DateTimeZone viewer) => Kind switch { WhenKind.Zoned => Zones.Demand(TzId!), WhenKind.Utc => DateTimeZone.Utc, _ => viewer };

    /// <summary>The same kind and zone at another wall time.</summary>
    public When At(LocalDateTime local) => Kind switch
    {
        WhenKind.Date => Date(local.Date),
        WhenKind.Floating => Floating(local),
        WhenKind.Utc => Utc(local),
        _ => Zoned(local, TzId!),
    };

    /// <summary>The same wall time, so many days on.</summary>
    public When PlusDays(int days) => At(ToLocal().PlusDays(days));

    public int CompareTo(When? other) => other is null ? 1 : Sort.CompareTo(other.Sort);

    public static bool operator <(When left, When right) => left.CompareTo(right) < 0;
    public static bool operator >(When left, When right) => left.CompareTo(right) > 0;
    public static bool operator <=(When left, When right) => left.CompareTo(right) <= 0;
    public static bool operator >=(When left, When right) => left.CompareTo(right) >= 0;

    public override string ToString() => Kind switch
    {
        WhenKind.Zoned => $"{Local}[{TzId}]",
        WhenKind.Utc => Local + "Z",
        _ => Local,
    };

    private static DateTimeOffset AsUtc(LocalDateTime local) => new(DateTime.SpecifyKind(local.ToDateTimeUnspecified(), DateTimeKind.Utc));

    private static Refusal NotATime(string field) =>
        Refusal.Invalid(field, string.Create(CultureInfo.InvariantCulture, $"Write a date such as 2026-11-23, or a time such as 2026-11-23T18:00."), "bad_time");
}
