using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Atrium.Tasks;

/// <summary>Reads English and ISO dates and times from words: <c>tomorrow 18:00</c>, <c>next Tue</c>, <c>in 3 days</c>, <c>24 Dec at 9am</c>, <c>2026-11-23T18:00</c>.</summary>
/// <param name="now">The reader's own wall time.</param>
internal sealed class EnglishDates(LocalDateTime now)
{
    private static readonly string[] Weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private readonly LocalDate _today = now.Date;

    /// <summary>What was read: a day, a time, or both, and how many words it took.</summary>
    public readonly record struct Found(LocalDate? Day, LocalTime? Time, int Words);

    /// <summary>Monday to Sunday, by name or at least its first three letters.</summary>
    public static IsoDayOfWeek? Weekday(string word)
    {
        var lower = word.TrimEnd('.').ToLowerInvariant();
        if (lower is "tues") lower = "tue";
        if (lower is "thurs" or "thur") lower = "thu";
        var at = lower.Length < 3 ? -1 : Array.FindIndex(Weekdays, d => d == lower || (lower.Length == 3 && d.StartsWith(lower, StringComparison.Ordinal)));
        return at < 0 ? null : (IsoDayOfWeek)(at + 1);
    }

    public static int? Month(string word)
    {
        var lower = word.TrimEnd('.', ',').ToLowerInvariant();
        if (lower == "sept") lower = "sep";
        var at = lower.Length < 3 ? -1 : Array.FindIndex(Months, m => m == lower || (lower.Length == 3 && m.StartsWith(lower, StringComparison.Ordinal)));
        return at < 0 ? null : at + 1;
    }

    /// <param name="words">The words from where it may begin.</param>
    /// <param name="told">True after a marker such as <c>^</c>, where a bare weekday or time of day is surely meant.</param>
    public Found? Read(IReadOnlyList<string> words, bool told)
    {
        if (words.Count == 0) return null;
        if (Moment(words) is { } moment) return moment;
        if (Day(words, told) is var (day, used))
        {
            var time = Time(words, used, told: true);
            return new(day, time?.Time, used + (time?.Words ?? 0));
        }

        if (Time(words, 0, told) is not { } alone) return null;
        if (Day([.. words.Skip(alone.Words)], told) is var (later, more)) return new(later, alone.Time, alone.Words + more);
        return new(alone.Time > now.TimeOfDay ? _today : _today.PlusDays(1), alone.Time, alone.Words);
    }

    private Found? Moment(IReadOnlyList<string> words)
    {
        var first = words[0];
        if (first.Length > 10 && first[4] == '-' && first[10] is 'T' or 't'
            && LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm").Parse(first.ToUpperInvariant()) is { Success: true, Value: var moment })
            return new(moment.Date, moment.TimeOfDay, 1);
        if (words.Count < 3 || !Is(words[0], "in") || Number(words[1]) is not { } n) return null;
        return words[2].ToLowerInvariant() switch
        {
            "hour" or "hours" or "h" => At(now.PlusHours(n)),
            "minute" or "minutes" or "min" or "mins" => At(now.PlusMinutes(n)),
            _ => null,
        };

        static Found At(LocalDateTime moment) => new(moment.Date, new LocalTime(moment.Hour, moment.Minute), 3);
    }

    private (LocalDate Day, int Words)? Day(IReadOnlyList<string> words, bool told)
    {
        if (words.Count == 0) return null;
        var first = words[0].TrimEnd(',');
        switch (first.ToLowerInvariant())
        {
            case "today" or "tod": return (_today, 1);
            case "tomorrow" or "tmr" or "tom" when told || first.Length > 3: return (_today.PlusDays(1), 1);
            case "yesterday" when told: return (_today.PlusDays(-1), 1);
            case "weekend" when told: return (NextOrToday(IsoDayOfWeek.Saturday), 1);
            case "eow" when told: return (NextOrToday(IsoDayOfWeek.Sunday), 1);
            case "eom" when told: return (_today.With(DateAdjusters.EndOfMonth), 1);
            case "on" or "by" when words.Count > 1 && Day([.. words.Skip(1)], told: true) is var (day, used): return (day, used + 1);
            case "this" when words.Count > 1 && Weekday(words[1]) is { } weekday: return (NextOrToday(weekday), 2);
            case "this" when words.Count > 1 && Is(words[1], "weekend"): return (NextOrToday(IsoDayOfWeek.Saturday), 2);
            case "next" when words.Count > 1: return Next(words[1]);
            case "in" when words.Count > 2 && Number(words[1]) is { } n && After(n, words[2]) is { } after: return (after, 3);
        }

        if (LocalDatePattern.Iso.Parse(first) is { Success: true, Value: var iso }) return (iso, 1);
        if (told && Weekday(first) is { } named) return (NextOrToday(named), 1);
        if (told && first.Length > 2 && first[0] == '+' && Number(first[1..^1]) is { } steps && After(steps, first[^1..]) is { } hence) return (hence, 1);
        return OfMonth(words);
    }

    /// <summary><c>24 Dec</c>, <c>Dec 24</c>, <c>24th of December 2027</c>; the coming one where no year is said.</summary>
    private (LocalDate Day, int Words)? OfMonth(IReadOnlyList<string> words)
    {
        if (words.Count < 2) return null;
        int used;
        int? day, month;
        if (Ordinal(words[0]) is { } before)
        {
            var of = Is(words[1], "of") ? 1 : 0;
            if (words.Count <= 1 + of) return null;
            (day, month, used) = (before, Month(words[1 + of]), 2 + of);
        }
        else
        {
            (day, month, used) = (Ordinal(words[1]), Month(words[0]), 2);
        }

        if (day is not { } d || month is not { } m) return null;
        if (words.Count > used && words[used].Length == 4 && Number(words[used]) is >= 1970 and <= 2200 and var year)
            return d <= CalendarSystem.Iso.GetDaysInMonth(year, m) ? (new(year, m, d), used + 1) : null;
        for (var y = _today.Year; y <= _today.Year + 8; y++)
            if (d <= CalendarSystem.Iso.GetDaysInMonth(y, m) && new LocalDate(y, m, d) is var date && date >= _today)
                return (date, used);
        return null;
    }

    private (LocalTime Time, int Words)? Time(IReadOnlyList<string> words, int from, bool told)
    {
        var at = from;
        var said = at < words.Count && (Is(words[at], "at") || words[at] == "@");
        if (said) at++;
        if (at >= words.Count) return null;
        var text = words[at].TrimEnd(',').ToLowerInvariant();
        LocalTime? time = text switch
        {
            "noon" => LocalTime.Noon,
            "midnight" => LocalTime.Midnight,
            "morning" when told => new(9, 0),
            "afternoon" when told => new(14, 0),
            "evening" when told => new(18, 0),
            _ => Clock(text, told && said),
        };
        return time is { } t && (told || said) ? (t, at - from + 1) : null;
    }

    private static LocalTime? Clock(string text, bool bareHour)
    {
        var suffix = text.EndsWith("am", StringComparison.Ordinal) ? "am" : text.EndsWith("pm", StringComparison.Ordinal) ? "pm" : "";
        var body = text[..^suffix.Length];
        var colon = body.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0 && suffix == "" && !bareHour) return null;
        var minute = colon < 0 ? 0 : body.Length == colon + 3 ? Number(body[(colon + 1)..]) : null;
        if (Number(colon < 0 ? body : body[..colon]) is not { } hour || minute is null or > 59) return null;
        if (suffix != "")
        {
            if (hour is < 1 or > 12) return null;
            hour = (hour % 12) + (suffix == "pm" ? 12 : 0);
        }

        return hour > 23 ? null : new LocalTime(hour, minute.Value);
    }

    private (LocalDate, int)? Next(string word)
    {
        if (Weekday(word) is { } weekday) return (_today.Next(weekday), 2);
        return word.TrimEnd(',').ToLowerInvariant() switch
        {
            "week" => (_today.Next(IsoDayOfWeek.Monday), 2),
            "month" => (_today.PlusMonths(1).With(DateAdjusters.StartOfMonth), 2),
            "year" => (new(_today.Year + 1, 1, 1), 2),
            _ => null,
        };
    }

    private LocalDate? After(int n, string unit) => unit.TrimEnd(',').ToLowerInvariant() switch
    {
        "day" or "days" or "d" => _today.PlusDays(n),
        "week" or "weeks" or "w" => _today.PlusWeeks(n),
        "month" or "months" or "m" => _today.PlusMonths(n),
        "year" or "years" or "y" => _today.PlusYears(Math.Min(n, 200)),
        _ => null,
    };

    private LocalDate NextOrToday(IsoDayOfWeek day) => _today.DayOfWeek == day ? _today : _today.Next(day);

    internal static int? Number(string text) => text.ToLowerInvariant() switch
    {
        "a" or "an" or "one" => 1,
        "two" => 2,
        "three" => 3,
        "four" => 4,
        "five" => 5,
        "six" => 6,
        "seven" => 7,
        _ => text.Length <= 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null,
    };

    /// <summary>1 to 31, with or without its ending.</summary>
    internal static int? Ordinal(string text)
    {
        var lower = text.TrimEnd(',').ToLowerInvariant();
        if (lower.Length > 2 && lower[^2..] is "st" or "nd" or "rd" or "th" && char.IsAsciiDigit(lower[^3])) lower = lower[..^2];
        return lower.Length <= 2 && int.TryParse(lower, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is >= 1 and <= 31 ? n : null;
    }

    internal static bool Is(string word, string expected) => string.Equals(word, expected, StringComparison.OrdinalIgnoreCase);
}
