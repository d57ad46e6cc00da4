using System.Globalization;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>Says a rule in English: “Every 2 weeks on Monday and Thursday, 5 times”, and what happens in months that are too short.</summary>
internal static class RruleWords
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <param name="rule">The rule.</param>
    /// <param name="start">An instance, for what the rule leaves to it.</param>
    /// <param name="fromCompletion">True when the interval counts from the day it was done.</param>
    public static string Say(Rrule rule, When start, bool fromCompletion = false)
    {
        var local = start.ToLocal();
        var text = Every(rule) + (fromCompletion && rule.IsPlain ? " after it was done" : On(rule, local));
        if (start.HasTime && TimesSaid(rule) is { } times) text += times;
        if (fromCompletion && !rule.IsPlain) text += ", counted from the day it was done";
        if (rule.Count is { } count) text += count == 1 ? ", once" : $", {count} times";
        if (rule.Until is { } until) text += $", until {until.Local.Date.ToString("d MMMM uuuu", English)}";
        return text + "." + MonthEnds(rule, local, fromCompletion);
    }

    /// <summary>Without what a rule leaves to its start: “Every week”.</summary>
    public static string Brief(Rrule rule, bool fromCompletion) => Every(rule) + (fromCompletion ? " after it was done" : On(rule, null));

    private static string Every(Rrule rule)
    {
        var unit = rule.Frequency switch
        {
            Frequency.Secondly => "second",
            Frequency.Minutely => "minute",
            Frequency.Hourly => "hour",
            Frequency.Daily => "day",
            Frequency.Weekly => "week",
            Frequency.Monthly => "month",
            _ => "year",
        };
        return rule.Interval switch { 1 => $"Every {unit}", 2 when rule.Frequency >= Frequency.Daily => $"Every second {unit}", _ => $"Every {rule.Interval} {unit}s" };
    }

    private static string On(Rrule rule, LocalDateTime? start)
    {
        var where = "";
        var weekdays = rule.ByDay.Where(d => d.Nth == 0).Select(d => d.Day).ToList();
        var numbered = rule.ByDay.Where(d => d.Nth != 0).ToList();
        if (rule.BySetPos is [var position] && weekdays.Count > 0) return $" on the {Ordinal(position)} {DayKind(weekdays)}" + Months(rule);
        if (numbered.Count > 0) where += " on the " + And(numbered.Select(d => $"{Ordinal(d.Nth)} {d.Day}"));
        if (weekdays.Count > 0) where += weekdays.Count == 7 ? " on every weekday" : IsWorkWeek(weekdays) ? " from Monday to Friday" : " on " + And(weekdays.Select(d => d.ToString()));
        if (!rule.ByMonthDay.IsEmpty)
            where += (weekdays.Count > 0 ? ", if it is" : " on") + " the " + And(rule.ByMonthDay.Order().Select(d => d > 0 ? Ordinal(d) : d == -1 ? "last day" : $"{Ordinal(d)} day"));
        if (!rule.ByYearDay.IsEmpty) where += " on day " + And(rule.ByYearDay.Select(d => d.ToString(CultureInfo.InvariantCulture))) + " of the year";
        if (!rule.ByWeekNo.IsEmpty) where += " in week " + And(rule.ByWeekNo.Select(d => d.ToString(CultureInfo.InvariantCulture)));
        if (where.Length == 0 && start is { } first)
        {
            where = rule.Frequency switch
            {
                Frequency.Weekly => $" on {first.DayOfWeek}",
                Frequency.Monthly => $" on the {Ordinal(first.Day)}",
                Frequency.Yearly when rule.ByMonth.IsEmpty => $" on {first.Date.ToString("d MMMM", English)}",
                Frequency.Yearly => $" on the {Ordinal(first.Day)}",
                _ => "",
            };
        }

        where += Months(rule);
        if (!rule.BySetPos.IsEmpty) where += ", only the " + And(rule.BySetPos.Select(Ordinal)) + " of these";
        return where;
    }

    private static string Months(Rrule rule) => rule.ByMonth.IsEmpty
        ? ""
        : (rule.Frequency == Frequency.Yearly ? " of " : " in ") + And(rule.ByMonth.Select(m => English.DateTimeFormat.GetMonthName(m)));

    private static string? TimesSaid(Rrule rule)
    {
        if (rule.Frequency < Frequency.Daily || (rule.ByHour.IsEmpty && rule.ByMinute.IsEmpty)) return null;
        var minutes = rule.ByMinute.IsEmpty ? [0] : rule.ByMinute;
        return rule.ByHour.IsEmpty ? null : " at " + And(rule.ByHour.SelectMany(h => minutes.Select(m => $"{h:00}:{m:00}")));
    }

    private static string MonthEnds(Rrule rule, LocalDateTime start, bool fromCompletion)
    {
        if (rule.Frequency is not (Frequency.Monthly or Frequency.Yearly) || !rule.ByDay.IsEmpty || !rule.ByYearDay.IsEmpty || !rule.ByWeekNo.IsEmpty) return "";
        if (fromCompletion && rule.IsPlain) return rule.Frequency == Frequency.Monthly ? " A shorter month uses its last day." : "";
        var days = rule.ByMonthDay.IsEmpty ? [start.Day] : rule.ByMonthDay.ToArray();
        if (days.Any(d => d < 0) && days.Length == 1) return days[0] == -1 && rule.Frequency == Frequency.Monthly ? " That is the 28th, 29th, 30th or 31st." : "";
        if (rule.Frequency == Frequency.Yearly)
        {
            var month = rule.ByMonth.IsEmpty && rule.ByMonthDay.IsEmpty ? [start.Month] : rule.ByMonth.ToArray();
            return days.Contains(29) && month is [2] ? " Only leap years have a 29 February; other years are skipped." : "";
        }

        var highest = days.Max();
        return highest > 28 ? $" Months without a {Ordinal(highest)} are skipped." : "";
    }

    private static string DayKind(List<IsoDayOfWeek> days) => days.Count == 7
        ? "day"
        : IsWorkWeek(days) ? "working day" : days is [IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday] ? "weekend day" : string.Join(" or ", days);

    private static bool IsWorkWeek(List<IsoDayOfWeek> days) => days.Count == 5 && days.TrueForAll(d => d <= IsoDayOfWeek.Friday);

    private static string Ordinal(int n) => n switch
    {
        -1 => "last",
        -2 => "last but one",
        -3 => "last but two",
        < 0 => Ordinal(-n) + " from the end,",
        _ when n % 100 is 11 or 12 or 13 => $"{n}th",
        _ => n + (n % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" },
    };

    private static string And(IEnumerable<string> parts)
    {
        var list = parts.ToList();
        return list.Count == 1 ? list[0] : string.Join(", ", list[..^1]) + " and " + list[^1];
    }
}
