using System.Collections.Immutable;
using NodaTime;

namespace Atrium.Kernel.Ical;

/// <summary>Which days a rule admits, by the table of RFC 5545, 3.3.10, with what the rule leaves out filled in from its first instance.</summary>
public sealed class RruleDays
{
    private readonly Rrule _rule;
    private readonly ImmutableArray<int> _months;
    private readonly ImmutableArray<int> _monthDays;
    private readonly ImmutableArray<ByDay> _weekdays;
    private readonly bool _nthOfYear;

    public RruleDays(Rrule rule, LocalDate start)
    {
        _rule = rule;
        _months = rule.ByMonth;
        _monthDays = rule.ByMonthDay;
        _weekdays = rule.ByDay;
        _nthOfYear = rule.Frequency == Frequency.Yearly && rule.ByMonth.IsEmpty;
        var silent = rule.ByDay.IsEmpty && rule.ByMonthDay.IsEmpty && rule.ByYearDay.IsEmpty;
        if (!silent) return;

        if (rule.Frequency == Frequency.Weekly || !rule.ByWeekNo.IsEmpty) _weekdays = [new(0, start.DayOfWeek)];
        else if (rule.Frequency is Frequency.Monthly or Frequency.Yearly) _monthDays = [start.Day];
        if (rule.Frequency == Frequency.Yearly && rule.ByMonth.IsEmpty && rule.ByWeekNo.IsEmpty) _months = [start.Month];
    }

    /// <summary>True when no day of this day's month can pass, so that a year is not walked day by day for one month.</summary>
    public bool MonthToSkip(DateTime day) => !_months.IsEmpty && !_months.Contains(day.Month);

    public bool Admits(DateTime day)
    {
        if (MonthToSkip(day)) return false;
        if (!_monthDays.IsEmpty && !Holds(_monthDays, day.Day, DateTime.DaysInMonth(day.Year, day.Month))) return false;
        if (!_rule.ByYearDay.IsEmpty && !Holds(_rule.ByYearDay, day.DayOfYear, DateTime.IsLeapYear(day.Year) ? 366 : 365)) return false;
        if (!_weekdays.IsEmpty && !HoldsWeekday(day)) return false;
        return _rule.ByWeekNo.IsEmpty || HoldsWeek(day);
    }

    private bool HoldsWeekday(DateTime day)
    {
        var weekday = day.DayOfWeek == DayOfWeek.Sunday ? IsoDayOfWeek.Sunday : (IsoDayOfWeek)day.DayOfWeek;
        foreach (var wanted in _weekdays)
        {
            if (wanted.Day != weekday) continue;
            if (wanted.Nth == 0) return true;
            var (position, length) = _nthOfYear
                ? (day.DayOfYear, DateTime.IsLeapYear(day.Year) ? 366 : 365)
                : (day.Day, DateTime.DaysInMonth(day.Year, day.Month));
            if (wanted.Nth == (wanted.Nth > 0 ? ((position - 1) / 7) + 1 : -(((length - position) / 7) + 1))) return true;
        }

        return false;
    }

    /// <summary>Week 1 is the first with at least four days in the year; a week belongs to the year that has most of it.</summary>
    private bool HoldsWeek(DateTime day)
    {
        var intoWeek = (((int)day.DayOfWeek + 6) % 7 - ((int)_rule.WeekStart - 1) + 7) % 7;
        var middle = day.AddDays(3 - intoWeek);
        var week = ((middle.DayOfYear - 1) / 7) + 1;
        var last = ((new DateTime(middle.Year, 12, 31).DayOfYear - 1 - ((new DateTime(middle.Year, 12, 31).DayOfYear - middle.DayOfYear) % 7)) / 7) + 1;
        return Holds(_rule.ByWeekNo, week, last);
    }

    private static bool Holds(ImmutableArray<int> wanted, int position, int length)
    {
        foreach (var n in wanted)
            if (n == position || n == position - length - 1)
                return true;
        return false;
    }
}
