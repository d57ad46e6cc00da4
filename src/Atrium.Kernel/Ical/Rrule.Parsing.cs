using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Atrium.Kernel.Ical;

public sealed partial record Rrule
{
    private const int Longest = 1024;

    /// <summary>Reads a rule, with or without the leading <c>RRULE:</c>.</summary>
    /// <exception cref="Refusal"><c>bad_rrule</c>, saying which part is wrong.</exception>
    public static Rrule Parse(string text)
    {
        var (rule, problems) = Read(text);
        return problems is [] ? rule! : throw Refusal.Invalid("rrule", problems[0], "bad_rrule");
    }

    /// <summary>
    /// Reads what can be read, as a phone may have sent it: a part that is wrong is left out and told. The rule is null only when
    /// the frequency itself is missing.
    /// </summary>
    public static (Rrule? Rule, IReadOnlyList<string> Problems) Read(string text)
    {
        var problems = new List<string>();
        if (text.Length > Longest) return (null, ["A rule has at most 1,024 characters."]);
        if (text.StartsWith("RRULE:", StringComparison.OrdinalIgnoreCase)) text = text[6..];

        var rule = new Rrule();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var part in text.Trim().Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var name = (equals < 0 ? part : part[..equals]).ToUpperInvariant();
            var value = equals < 0 ? "" : part[(equals + 1)..].Trim();
            if (!seen.Add(name)) problems.Add($"{name} is there twice.");
            else if (rule.With(name, value) is { } better) rule = better;
            else problems.Add($"“{part}” is not understood.");
        }

        if (!seen.Contains("FREQ") || problems.Exists(p => p.Contains("FREQ", StringComparison.OrdinalIgnoreCase)))
            return (null, problems is [] ? ["A rule begins with FREQ, such as FREQ=WEEKLY."] : problems);
        return (rule.WithoutContradictions(problems), problems);
    }

    private Rrule? With(string name, string value) => name switch
    {
        "FREQ" => Enum.TryParse<Frequency>(value, ignoreCase: true, out var frequency) && Enum.IsDefined(frequency) && !char.IsAsciiDigit(value[0])
            ? this with { Frequency = frequency }
            : null,
        "INTERVAL" => Number(value, 1, 10_000) is { } interval ? this with { Interval = interval } : null,
        "COUNT" => Number(value, 1, 100_000) is { } count ? this with { Count = count } : null,
        "UNTIL" => ReadUntil(value) is { } until ? this with { Until = until } : null,
        "BYSECOND" => Numbers(value, 0, 60, signed: false) is { } list ? this with { BySecond = list } : null,
        "BYMINUTE" => Numbers(value, 0, 59, signed: false) is { } list ? this with { ByMinute = list } : null,
        "BYHOUR" => Numbers(value, 0, 23, signed: false) is { } list ? this with { ByHour = list } : null,
        "BYMONTHDAY" => Numbers(value, 1, 31, signed: true) is { } list ? this with { ByMonthDay = list } : null,
        "BYYEARDAY" => Numbers(value, 1, 366, signed: true) is { } list ? this with { ByYearDay = list } : null,
        "BYWEEKNO" => Numbers(value, 1, 53, signed: true) is { } list ? this with { ByWeekNo = list } : null,
        "BYMONTH" => Numbers(value, 1, 12, signed: false) is { } list ? this with { ByMonth = list } : null,
        "BYSETPOS" => Numbers(value, 1, 366, signed: true) is { } list ? this with { BySetPos = list } : null,
        "BYDAY" => Days(value) is { } days ? this with { ByDay = days } : null,
        "WKST" => Ical.ByDay.FromCode(value.ToUpperInvariant()) is { } day ? this with { WeekStart = day } : null,
        _ => null,
    };

    /// <summary>RFC 5545 forbids some parts together; the later one goes.</summary>
    private Rrule WithoutContradictions(List<string> problems)
    {
        var rule = this;
        if (rule.Count is not null && rule.Until is not null)
        {
            problems.Add("A rule ends by COUNT or by UNTIL, not both.");
            rule = rule with { Until = null };
        }

        if (!rule.ByWeekNo.IsEmpty && rule.Frequency != Frequency.Yearly)
        {
            problems.Add("BYWEEKNO goes with FREQ=YEARLY only.");
            rule = rule with { ByWeekNo = [] };
        }

        if (!rule.ByYearDay.IsEmpty && rule.Frequency is Frequency.Daily or Frequency.Weekly or Frequency.Monthly && !rule.ByYearDay.IsEmpty)
        {
            problems.Add("BYYEARDAY does not go with FREQ=DAILY, WEEKLY or MONTHLY.");
            rule = rule with { ByYearDay = [] };
        }

        if (!rule.ByMonthDay.IsEmpty && rule.Frequency == Frequency.Weekly)
        {
            problems.Add("BYMONTHDAY does not go with FREQ=WEEKLY.");
            rule = rule with { ByMonthDay = [] };
        }

        var numbered = rule.ByDay.Any(d => d.Nth != 0);
        if (numbered && (rule.Frequency is not (Frequency.Monthly or Frequency.Yearly) || !rule.ByWeekNo.IsEmpty))
        {
            problems.Add("A numbered weekday, such as 1FR, goes with FREQ=MONTHLY or YEARLY, without BYWEEKNO.");
            rule = rule with { ByDay = [.. rule.ByDay.Select(d => d with { Nth = 0 }).Distinct()] };
        }

        if (!rule.BySetPos.IsEmpty && (rule with { BySetPos = [] }).IsPlain)
        {
            problems.Add("BYSETPOS needs another BY part to choose from.");
            rule = rule with { BySetPos = [] };
        }

        return rule;
    }

    private static int? Number(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most ? n : null;

    private static ImmutableArray<int>? Numbers(string text, int least, int most, bool signed)
    {
        var list = new SortedSet<int>();
        foreach (var item in text.Split(','))
        {
            if (!int.TryParse(item, signed ? NumberStyles.AllowLeadingSign : NumberStyles.None, CultureInfo.InvariantCulture, out var n)) return null;
            if (Math.Abs(n) < least || Math.Abs(n) > most) return null;
            list.Add(n);
        }

        return [.. list];
    }

    private static ImmutableArray<ByDay>? Days(string text)
    {
        var list = new List<ByDay>();
        foreach (var item in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (item.Length < 2 || Ical.ByDay.FromCode(item[^2..].ToUpperInvariant()) is not { } day) return null;
            var nth = 0;
            if (item.Length > 2 && (!int.TryParse(item[..^2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out nth) || nth == 0 || Math.Abs(nth) > 53)) return null;
            if (!list.Contains(new(nth, day))) list.Add(new(nth, day));
        }

        return [.. list.OrderBy(d => d.Nth).ThenBy(d => d.Day)];
    }

    private static Until? ReadUntil(string text)
    {
        if (LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd").Parse(text) is { Success: true, Value: var day }) return new(day.AtMidnight(), true, false);
        var utc = text.EndsWith('Z');
        return LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss").Parse(utc ? text[..^1] : text) is { Success: true, Value: var time }
            ? new(time, false, utc)
            : null;
    }
}
