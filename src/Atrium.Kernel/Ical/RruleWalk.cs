using System.Collections.Immutable;
using NodaTime;

namespace Atrium.Kernel.Ical;

/// <summary>
/// Walks the instances of a rule in wall time. The period that holds the moment asked for is computed, not searched, so a daily rule of 1970
/// answers as fast as one of today; only COUNT makes it begin at the first instance.
/// </summary>
public sealed class RruleWalk
{
    /// <summary>The Gregorian calendar repeats after 400 years: what has not come by then, at any interval that matters, never comes.</summary>
    private const int YearsOfPatience = 400;
    private const int PeriodsOfPatience = 200_000;
    private const int SecondsOfDay = 86_400;

    private readonly Rrule _rule;
    private readonly DateTime _start;
    private readonly DateTime _until;
    private readonly RruleDays _days;
    private readonly ImmutableArray<int> _times;

    /// <param name="rule">The rule.</param>
    /// <param name="start">The first instance: what the rule does not say is taken from it.</param>
    /// <param name="until">The last moment in the wall time of the series, when it has one.</param>
    public RruleWalk(Rrule rule, LocalDateTime start, LocalDateTime? until)
    {
        _rule = rule;
        _start = start.ToDateTimeUnspecified();
        _until = until?.ToDateTimeUnspecified() ?? DateTime.MaxValue;
        _days = new(rule, start.Date);
        _times = rule.Frequency >= Frequency.Daily ? TimesOfDay(rule, start) : [];
    }

    /// <summary>Instances at or after <paramref name="from"/>, in order, without end if the rule has none.</summary>
    public IEnumerable<LocalDateTime> From(LocalDateTime from)
    {
        var floor = from.ToDateTimeUnspecified();
        var left = _rule.Count ?? int.MaxValue;
        foreach (var instance in Walk(_rule.Count is null && floor > _start ? floor : _start))
        {
            if (instance > _until || left-- == 0) yield break;
            if (instance >= floor) yield return LocalDateTime.FromDateTime(instance);
        }
    }

    /// <summary>The first instance after <paramref name="moment"/>; null when the rule has ended.</summary>
    public LocalDateTime? After(LocalDateTime moment)
    {
        foreach (var instance in From(moment))
            if (instance > moment)
                return instance;
        return null;
    }

    private IEnumerable<DateTime> Walk(DateTime floor)
    {
        var buffer = new List<DateTime>();
        var lastYear = Math.Min(9998, floor.Year + YearsOfPatience);
        var patience = PeriodsOfPatience;
        var period = PeriodOf(floor);
        while (patience-- > 0)
        {
            if (Begin(period) is not { } begin || begin.Year > lastYear || begin > _until) yield break;
            if (_rule.Frequency < Frequency.Daily && !Admits(begin, out var skipTo))
            {
                period = Math.Max(period + 1, PeriodOf(skipTo));
                continue;
            }

            buffer.Clear();
            Fill(buffer, begin);
            if (!_rule.BySetPos.IsEmpty) Choose(buffer);
            foreach (var instance in buffer)
            {
                if (instance < _start) continue;
                patience = PeriodsOfPatience;
                lastYear = Math.Min(9998, instance.Year + YearsOfPatience);
                yield return instance;
            }

            period++;
        }
    }

    /// <summary>The number of the last period of the rule that begins at or before <paramref name="moment"/>; never negative.</summary>
    private long PeriodOf(DateTime moment)
    {
        if (moment <= _start) return 0;
        var passed = _rule.Frequency switch
        {
            Frequency.Yearly => moment.Year - _start.Year,
            Frequency.Monthly => ((moment.Year - _start.Year) * 12L) + moment.Month - _start.Month,
            Frequency.Weekly => (WeekOf(moment) - WeekOf(_start)).Days / 7,
            Frequency.Daily => (moment.Date - _start.Date).Days,
            Frequency.Hourly => (long)(moment - FloorOfStart()).TotalHours,
            Frequency.Minutely => (long)(moment - FloorOfStart()).TotalMinutes,
            _ => (long)(moment - _start).TotalSeconds,
        };
        return passed / _rule.Interval;
    }

    private DateTime? Begin(long period)
    {
        var steps = period * _rule.Interval;
        return _rule.Frequency switch
        {
            Frequency.Yearly => _start.Year + steps > 9998 ? null : new DateTime((int)(_start.Year + steps), 1, 1),
            Frequency.Monthly => Month(steps),
            _ => steps > 3_000_000_000_000 ? null : AddSafely(steps),
        };
    }

    private DateTime? Month(long steps)
    {
        var month = (_start.Year * 12L) + _start.Month - 1 + steps;
        return month / 12 > 9998 ? null : new DateTime((int)(month / 12), (int)(month % 12) + 1, 1);
    }

    private DateTime? AddSafely(long steps)
    {
        var (origin, unit) = _rule.Frequency switch
        {
            Frequency.Weekly => (WeekOf(_start), 7L * SecondsOfDay),
            Frequency.Daily => (_start.Date, (long)SecondsOfDay),
            Frequency.Hourly => (FloorOfStart(), 3600L),
            Frequency.Minutely => (FloorOfStart(), 60L),
            _ => (_start, 1L),
        };
        var seconds = steps * unit;
        return seconds > (DateTime.MaxValue - origin).TotalSeconds - (8 * SecondsOfDay) ? null : origin.AddTicks(seconds * TimeSpan.TicksPerSecond);
    }

    /// <summary>Whether a period shorter than a day can hold instances; if not, the moment before which there are none.</summary>
    private bool Admits(DateTime begin, out DateTime skipTo)
    {
        skipTo = begin;
        if (!_days.Admits(begin))
        {
            skipTo = begin.Date.AddDays(1);
            return false;
        }

        if (!Passes(_rule.ByHour, begin.Hour))
        {
            skipTo = begin.Date.AddHours(begin.Hour + 1);
            return false;
        }

        if (_rule.Frequency <= Frequency.Minutely && !Passes(_rule.ByMinute, begin.Minute))
        {
            skipTo = begin.Date.AddHours(begin.Hour).AddMinutes(begin.Minute + 1);
            return false;
        }

        return _rule.Frequency != Frequency.Secondly || Passes(_rule.BySecond, begin.Second);
    }

    private void Fill(List<DateTime> buffer, DateTime begin)
    {
        switch (_rule.Frequency)
        {
            case Frequency.Hourly:
                foreach (var minute in Or(_rule.ByMinute, _start.Minute))
                    foreach (var second in Or(_rule.BySecond, _start.Second))
                        buffer.Add(begin.AddSeconds((minute * 60) + Math.Min(second, 59)));
                return;
            case Frequency.Minutely:
                foreach (var second in Or(_rule.BySecond, _start.Second)) buffer.Add(begin.AddSeconds(Math.Min(second, 59)));
                return;
            case Frequency.Secondly:
                buffer.Add(begin);
                return;
            default:
                var end = _rule.Frequency switch
                {
                    Frequency.Yearly => begin.AddYears(1),
                    Frequency.Monthly => begin.AddMonths(1),
                    Frequency.Weekly => begin.AddDays(7),
                    _ => begin.AddDays(1),
                };
                for (var day = begin; day < end; day = day.AddDays(1))
                {
                    if (_days.MonthToSkip(day))
                    {
                        day = new DateTime(day.Year, day.Month, 1).AddMonths(1).AddDays(-1);
                        continue;
                    }

                    if (!_days.Admits(day)) continue;
                    foreach (var time in _times) buffer.Add(day.AddTicks(time * TimeSpan.TicksPerSecond));
                }

                return;
        }
    }

    private void Choose(List<DateTime> buffer)
    {
        var chosen = new SortedSet<DateTime>();
        foreach (var position in _rule.BySetPos)
        {
            var at = position > 0 ? position - 1 : buffer.Count + position;
            if (at >= 0 && at < buffer.Count) chosen.Add(buffer[at]);
        }

        buffer.Clear();
        buffer.AddRange(chosen);
    }

    private DateTime WeekOf(DateTime day)
    {
        var back = ((int)LocalDate.FromDateTime(day).DayOfWeek - (int)_rule.WeekStart + 7) % 7;
        return day.Date.AddDays(-Math.Min(back, (day.Date - DateTime.MinValue).Days));
    }

    private DateTime FloorOfStart() => _rule.Frequency == Frequency.Hourly
        ? _start.Date.AddHours(_start.Hour)
        : _start.Date.AddHours(_start.Hour).AddMinutes(_start.Minute);

    private static ImmutableArray<int> TimesOfDay(Rrule rule, LocalDateTime start)
    {
        var times = new SortedSet<int>();
        foreach (var hour in Or(rule.ByHour, start.Hour))
            foreach (var minute in Or(rule.ByMinute, start.Minute))
                foreach (var second in Or(rule.BySecond, start.Second))
                    times.Add((hour * 3600) + (minute * 60) + Math.Min(second, 59));
        return [.. times];
    }

    private static ImmutableArray<int> Or(ImmutableArray<int> said, int fromStart) => said.IsEmpty ? [fromStart] : said;

    private static bool Passes(ImmutableArray<int> allowed, int value) => allowed.IsEmpty || allowed.Contains(value);
}
