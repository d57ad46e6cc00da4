using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NodaTime;

namespace Atrium.Kernel.Ical;

/// <summary>How a <see cref="IcalTime"/> is meant.</summary>
public enum IcalTimeKind
{
    Date,
    Floating,
    Zoned,
    Utc,
}

/// <summary>A DATE or DATE-TIME (RFC 5545, 3.3.4 and 3.3.5) as it was written.</summary>
/// <param name="Local">Midnight for a day; for <see cref="IcalTimeKind.Utc"/> the wall time of UTC.</param>
/// <param name="TzId">The TZID as written, for <see cref="IcalTimeKind.Zoned"/>.</param>
public readonly record struct IcalTime(IcalTimeKind Kind, LocalDateTime Local, string? TzId = null)
{
    public bool IsDate => Kind == IcalTimeKind.Date;

    /// <summary>The value of a line with its TZID.</summary>
    public static IcalTime? Of(IcalLine? line) => line is not null && TryParse(line.Value, line.Parameter("TZID"), out var time) ? time : null;

    /// <summary>All values of a line that holds a list; the first moment of each PERIOD. What cannot be read is left out.</summary>
    public static IEnumerable<IcalTime> AllOf(IcalLine line)
    {
        foreach (var value in line.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            if (TryParse(value.Split('/')[0], line.Parameter("TZID"), out var time))
                yield return time.Value;
    }

    public static bool TryParse(string value, string? tzid, [NotNullWhen(true)] out IcalTime? time)
    {
        time = null;
        var text = value.AsSpan().Trim();
        var utc = text.Length > 0 && text[^1] is 'Z' or 'z';
        if (utc) text = text[..^1];
        if (text.Length is not (8 or 15) || !Digits(text[..8])) return false;
        var (year, month, day) = (Number(text[..4]), Number(text[4..6]), Number(text[6..8]));
        if (year is < 1 or > 9998 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        if (text.Length == 8)
        {
            time = new(IcalTimeKind.Date, new(year, month, day, 0, 0));
            return !utc;
        }

        if (text[8] is not ('T' or 't') || !Digits(text[9..])) return false;
        var (hour, minute, second) = (Number(text[9..11]), Number(text[11..13]), Math.Min(Number(text[13..15]), 59));
        if (hour > 23 || minute > 59) return false;
        var local = new LocalDateTime(year, month, day, hour, minute, second);
        time = utc ? new(IcalTimeKind.Utc, local) : string.IsNullOrEmpty(tzid) ? new(IcalTimeKind.Floating, local) : new(IcalTimeKind.Zoned, local, tzid);
        return true;
    }

    /// <summary>As iCalendar writes it, without its zone.</summary>
    public override string ToString() => Kind == IcalTimeKind.Date
        ? Local.ToString("uuuuMMdd", CultureInfo.InvariantCulture)
        : Local.ToString("uuuuMMdd'T'HHmmss", CultureInfo.InvariantCulture) + (Kind == IcalTimeKind.Utc ? "Z" : "");

    /// <summary>An instant as UTC.</summary>
    public static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static bool Digits(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (!char.IsAsciiDigit(c))
                return false;
        return true;
    }

    private static int Number(ReadOnlySpan<char> text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
