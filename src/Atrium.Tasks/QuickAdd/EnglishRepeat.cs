using System.Collections.Immutable;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>Reads what follows “every”: <c>Mon</c>, <c>2 weeks on Tue and Thu</c>, <c>1st Friday</c>, <c>last day</c>, <c>24 Dec</c>, <c>weekday at 9:00 until 3 May</c>.</summary>
internal static class EnglishRepeat
{
    private static readonly IsoDayOfWeek[] WorkDays = [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday];

    /// <param name="Words">How many words it took, without “every”.</param>
    public readonly record struct Found(Rrule Rule, LocalTime? Time, int Words, bool FromCompletion);

    /// <summary><c>daily</c>, <c>weekly</c>, <c>monthly</c>, <c>yearly</c>.</summary>
    public static Rrule? Short(string word) => word.ToLowerInvariant() switch
    {
        "daily" => new() { Frequency = Frequency.Daily },
        "weekly" => new() { Frequency = Frequency.Weekly },
        "monthly" => new() { Frequency = Frequency.Monthly },
        "yearly" => new() { Frequency = Frequency.Yearly },
        _ => null,
    };

    public static Found? Read(IReadOnlyList<string> words, LocalDateTime now)
    {
        if (Rule(words) is not var (rule, used, time)) return null;
        var dates = new EnglishDates(now);
        for (var more = true; more && used < words.Count;)
        {
            more = false;
            var rest = words.Skip(used).ToArray();
            if (time is null && (dates.Read(["today", .. rest], told: true) is { Time: { } clock, Words: > 1 } read))
            {
                (time, used, more) = (clock, used + read.Words - 1, true);
            }
            else if (EnglishDates.Is(rest[0], "until") && rule.Count is null && dates.Read(rest[1..], told: true) is { Day: { } day } end)
            {
                (rule, used, more) = (rule with { Until = new(day.AtMidnight(), true, false) }, used + 1 + end.Words, true);
            }
            else if (rule.Until is null && rest.Length > 1 && EnglishDates.Number(rest[0]) is > 0 and var n && EnglishDates.Is(rest[1], "times"))
            {
                (rule, used, more) = (rule with { Count = n }, used + 2, true);
            }
        }

        return new(rule, time, used, false);
    }

    private static (Rrule Rule, int Words, LocalTime? Time)? Rule(IReadOnlyList<string> words)
    {
        if (words.Count == 0) return null;
        var first = Bare(words[0]);
        switch (first)
        {
            case "weekday" or "workday": return (Weekly(WorkDays), 1, null);
            case "weekend": return (Weekly([IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday]), 1, null);
            case "morning": return (Short("daily")!, 1, new(9, 0));
            case "afternoon": return (Short("daily")!, 1, new(14, 0));
            case "evening" or "night": return (Short("daily")!, 1, new(first == "night" ? 21 : 18, 0));
        }

        if (Weekdays(words, 0) is var (days, used)) return (Weekly(days), used, null);
        if (OfYear(words) is { } yearly) return yearly;
        if (Nth(words, 0) is var (monthly, taken)) return (monthly, taken, null);

        var (interval, at) = Interval(words);
        if (at >= words.Count || Unit(Bare(words[at])) is not { } frequency)
        {
            // “every second Friday” is every other week.
            return at > 0 && at < words.Count && EnglishDates.Weekday(words[at].TrimEnd(',')) is { } weekday
                ? (Weekly([weekday]) with { Interval = interval }, at + 1, null)
                : null;
        }

        var rule = new Rrule { Frequency = frequency, Interval = interval };
        at++;
        if (at < words.Count && EnglishDates.Is(words[at], "on"))
        {
            if (frequency == Frequency.Weekly && Weekdays(words, at + 1) is var (on, more)) return (rule with { ByDay = [.. on.Select(d => new ByDay(0, d))] }, at + 1 + more, null);
            if (frequency == Frequency.Monthly && Nth(words, at + 1) is var (each, many)) return (each with { Interval = interval }, at + 1 + many, null);
        }

        return (rule, at, null);
    }

    private static (int Interval, int Words) Interval(IReadOnlyList<string> words) => Bare(words[0]) switch
    {
        "other" or "second" => (2, 1),
        "third" => (3, 1),
        "fourth" => (4, 1),
        var n when EnglishDates.Number(n) is > 0 and var count => (count, 1),
        _ => (1, 0),
    };

    /// <summary><c>Mon, Wed and Fri</c>.</summary>
    private static (IReadOnlyList<IsoDayOfWeek> Days, int Words)? Weekdays(IReadOnlyList<string> words, int from)
    {
        var days = new List<IsoDayOfWeek>();
        var at = from;
        while (at < words.Count)
        {
            var parts = words[at].Split((char[])[',', '/'], StringSplitOptions.RemoveEmptyEntries).Select(p => EnglishDates.Weekday(p.Length > 4 && p.EndsWith('s') ? p[..^1] : p)).ToList();
            if (parts.Count > 0 && parts.TrueForAll(p => p is not null)) days.AddRange(parts.Select(p => p!.Value));
            else if (days.Count == 0 || words[at] is not ("and" or "&") || at + 1 >= words.Count || EnglishDates.Weekday(words[at + 1].TrimEnd(',')) is null) break;
            at++;
        }

        return days.Count == 0 ? null : ([.. days.Distinct().Order()], at - from);
    }

    /// <summary><c>1st Friday</c>, <c>last day of the month</c>, <c>the 15th</c>, <c>last workday</c>.</summary>
    private static (Rrule Rule, int Words)? Nth(IReadOnlyList<string> words, int from)
    {
        var at = from;
        if (at < words.Count && EnglishDates.Is(words[at], "the")) at++;
        if (at >= words.Count) return null;
        var text = Bare(words[at]);
        var nth = text switch { "last" => -1, "first" => 1, _ when char.IsAsciiDigit(text[0]) && !char.IsAsciiDigit(text[^1]) => EnglishDates.Ordinal(text), _ => null };
        if (nth is not { } n) return null;
        at++;
        var rule = new Rrule { Frequency = Frequency.Monthly };
        var next = at < words.Count ? Bare(words[at]) : "";
        if (EnglishDates.Weekday(next) is { } weekday && n is >= -1 and <= 5) (rule, at) = (rule with { ByDay = [new(n, weekday)] }, at + 1);
        else if (next is "workday" or "weekday" && n is >= -1 and <= 23) (rule, at) = (rule with { ByDay = [.. WorkDays.Select(d => new ByDay(0, d))], BySetPos = [n] }, at + 1);
        else if (next == "day") (rule, at) = (rule with { ByMonthDay = [n] }, at + 1);
        else if (n > 0 && text is not "first") rule = rule with { ByMonthDay = [n] };
        else return null;

        if (at + 2 < words.Count && EnglishDates.Is(words[at], "of") && EnglishDates.Is(words[at + 1], "the") && Bare(words[at + 2]) == "month") at += 3;
        else if (at + 2 < words.Count && EnglishDates.Is(words[at], "of") && words[at + 1] is "each" or "every" && Bare(words[at + 2]) == "month") at += 3;
        return (rule, at - from);
    }

    private static (Rrule Rule, int Words, LocalTime? Time)? OfYear(IReadOnlyList<string> words)
    {
        if (words.Count < 2) return null;
        var (day, month) = EnglishDates.Ordinal(words[0]) is { } before ? (before, EnglishDates.Month(words[1])) : (EnglishDates.Ordinal(words[1]) ?? 0, EnglishDates.Month(words[0]));
        return day > 0 && month is { } m ? (new Rrule { Frequency = Frequency.Yearly, ByMonth = [m], ByMonthDay = [day] }, 2, null) : null;
    }

    private static Frequency? Unit(string word) => word switch
    {
        "day" or "days" => Frequency.Daily,
        "week" or "weeks" => Frequency.Weekly,
        "month" or "months" => Frequency.Monthly,
        "year" or "years" => Frequency.Yearly,
        "hour" or "hours" => Frequency.Hourly,
        _ => null,
    };

    private static Rrule Weekly(IEnumerable<IsoDayOfWeek> days) => new() { Frequency = Frequency.Weekly, ByDay = [.. days.Select(d => new ByDay(0, d))] };

    private static string Bare(string word) => word.TrimEnd(',').ToLowerInvariant();
}
