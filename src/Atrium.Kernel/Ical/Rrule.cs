using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using NodaTime;

namespace Atrium.Kernel.Ical;

/// <summary>How often a rule repeats (RFC 5545, 3.3.10).</summary>
public enum Frequency
{
    Secondly,
    Minutely,
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// <summary>A weekday of BYDAY; <paramref name="Nth"/> 0 means every one of the period, −1 the last.</summary>
public readonly record struct ByDay(int Nth, IsoDayOfWeek Day)
{
    private static readonly string[] Codes = ["", "MO", "TU", "WE", "TH", "FR", "SA", "SU"];

    public static string Code(IsoDayOfWeek day) => Codes[(int)day];

    public static IsoDayOfWeek? FromCode(string code) => Array.IndexOf(Codes, code) is > 0 and var at ? (IsoDayOfWeek)at : null;

    public override string ToString() => Nth == 0 ? Code(Day) : Nth.ToString(CultureInfo.InvariantCulture) + Code(Day);
}

/// <summary>The end of a rule: the last moment, inclusive. A day lasts to its end; an instant is turned into the series' zone before it is compared.</summary>
public readonly record struct Until(LocalDateTime Local, bool IsDate, bool IsUtc)
{
    public override string ToString() => IsDate
        ? Local.ToString("uuuuMMdd", CultureInfo.InvariantCulture)
        : Local.ToString("uuuuMMdd'T'HHmmss", CultureInfo.InvariantCulture) + (IsUtc ? "Z" : "");
}

/// <summary>One recurrence rule (RFC 5545, 3.3.10): read by <see cref="Parse"/>, walked by <see cref="RruleWalk"/>.</summary>
public sealed partial record Rrule
{
    public Frequency Frequency { get; init; }

    public int Interval { get; init; } = 1;

    /// <summary>How many instances there are; null for no end by number.</summary>
    public int? Count { get; init; }

    public Until? Until { get; init; }

    public ImmutableArray<int> BySecond { get; init; } = [];

    public ImmutableArray<int> ByMinute { get; init; } = [];

    public ImmutableArray<int> ByHour { get; init; } = [];

    public ImmutableArray<ByDay> ByDay { get; init; } = [];

    public ImmutableArray<int> ByMonthDay { get; init; } = [];

    public ImmutableArray<int> ByYearDay { get; init; } = [];

    public ImmutableArray<int> ByWeekNo { get; init; } = [];

    public ImmutableArray<int> ByMonth { get; init; } = [];

    public ImmutableArray<int> BySetPos { get; init; } = [];

    public IsoDayOfWeek WeekStart { get; init; } = IsoDayOfWeek.Monday;

    /// <summary>True when nothing but frequency, interval and an end is said, so the first instance alone gives the pattern.</summary>
    public bool IsPlain => ByDay.IsEmpty && ByMonthDay.IsEmpty && ByYearDay.IsEmpty && ByWeekNo.IsEmpty && ByMonth.IsEmpty && BySetPos.IsEmpty
        && ByHour.IsEmpty && ByMinute.IsEmpty && BySecond.IsEmpty;

    /// <summary>True for rules that views keep but do not expand.</summary>
    public bool IsSubHourly => Frequency <= Frequency.Minutely;

    /// <summary>The rule in the order RFC 5545 gives its examples.</summary>
    public override string ToString()
    {
        var text = new StringBuilder("FREQ=").Append(Frequency.ToString().ToUpperInvariant());
        if (Until is { } until) text.Append(";UNTIL=").Append(until);
        if (Count is { } count) text.Append(CultureInfo.InvariantCulture, $";COUNT={count}");
        if (Interval != 1) text.Append(CultureInfo.InvariantCulture, $";INTERVAL={Interval}");
        Add("BYSECOND", BySecond);
        Add("BYMINUTE", ByMinute);
        Add("BYHOUR", ByHour);
        Add("BYDAY", ByDay);
        Add("BYMONTHDAY", ByMonthDay);
        Add("BYYEARDAY", ByYearDay);
        Add("BYWEEKNO", ByWeekNo);
        Add("BYMONTH", ByMonth);
        Add("BYSETPOS", BySetPos);
        if (WeekStart != IsoDayOfWeek.Monday) text.Append(";WKST=").Append(Ical.ByDay.Code(WeekStart));
        return text.ToString();

        void Add<T>(string name, ImmutableArray<T> values)
        {
            if (!values.IsEmpty) text.Append(';').Append(name).Append('=').AppendJoin(',', values);
        }
    }

    public bool Equals(Rrule? other) => other is not null && ToString() == other.ToString();

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);
}
