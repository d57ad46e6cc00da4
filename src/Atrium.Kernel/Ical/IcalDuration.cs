using System.Globalization;
using NodaTime;

namespace Atrium.Kernel.Ical;

/// <summary>A DURATION (RFC 5545, 3.3.6): days are days of the calendar, the rest is exact.</summary>
public readonly record struct IcalDuration(int Days, long Seconds)
{
    private const long MostDays = 100_000;
    private static readonly Instant End = Instant.FromUtc(9999, 12, 31, 0, 0);

    /// <summary>All of it, a day as 24 hours.</summary>
    public long TotalSeconds => (Days * 86_400L) + Seconds;

    public static IcalDuration? Parse(string? value)
    {
        if (value is null) return null;
        var text = value.Trim().ToUpperInvariant().AsSpan();
        var sign = 1;
        if (text.Length > 0 && text[0] is '+' or '-')
        {
            sign = text[0] == '-' ? -1 : 1;
            text = text[1..];
        }

        if (text.Length < 2 || text[0] != 'P' || text[^1] == 'T' || text.Length > 30) return null;
        long days = 0, seconds = 0;
        var (time, any, from) = (false, false, 1);
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsAsciiDigit(text[i])) continue;
            if (text[i] == 'T' && !time && i == from)
            {
                (time, from) = (true, i + 1);
                continue;
            }

            if (!int.TryParse(text[from..i], NumberStyles.None, CultureInfo.InvariantCulture, out var n)) return null;
            switch (text[i])
            {
                case 'W' when !time: days += n * 7L; break;
                case 'D' when !time: days += n; break;
                case 'H' when time: seconds += n * 3600L; break;
                case 'M' when time: seconds += n * 60L; break;
                case 'S' when time: seconds += n; break;
                default: return null;
            }

            (any, from) = (true, i + 1);
        }

        return any && from == text.Length && days < MostDays && seconds < MostDays * 86_400 ? new((int)days * sign, seconds * sign) : null;
    }

    /// <summary>When it is over, a day as 24 hours; never later than time goes.</summary>
    public Instant After(Instant start)
    {
        var length = Duration.FromSeconds(TotalSeconds);
        return length > End - start ? End : start + length;
    }

    public LocalDateTime After(LocalDateTime start) => start.PlusDays(Days).PlusSeconds(Seconds);

    /// <summary>Seconds as the shortest DURATION.</summary>
    public static string Write(long seconds)
    {
        var left = Math.Abs(seconds);
        var sign = seconds < 0 ? "-" : "";
        if (left == 0) return "PT0S";
        if (left % 604_800 == 0) return string.Create(CultureInfo.InvariantCulture, $"{sign}P{left / 604_800}W");
        var days = left / 86_400 > 0 ? string.Create(CultureInfo.InvariantCulture, $"{left / 86_400}D") : "";
        left %= 86_400;
        var time = "";
        if (left / 3600 > 0) time += string.Create(CultureInfo.InvariantCulture, $"{left / 3600}H");
        if (left / 60 % 60 > 0) time += string.Create(CultureInfo.InvariantCulture, $"{left / 60 % 60}M");
        if (left % 60 > 0) time += string.Create(CultureInfo.InvariantCulture, $"{left % 60}S");
        return $"{sign}P{days}{(time.Length > 0 ? "T" + time : "")}";
    }
}
