using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Atrium.Tasks;

/// <summary>A date as a filter says it: <c>2026-11-23</c>, <c>2026-11-23T18:00</c>, <c>today</c>, <c>+3d</c>, <c>-1w</c>, <c>monday</c>, <c>eow</c>, <c>eom</c>.</summary>
internal sealed record DateExpression(string Text)
{
    private static readonly LocalDateTimePattern Time = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm");

    /// <summary>Reads one; null when it is none.</summary>
    public static DateExpression? Read(string text)
    {
        var clean = text.Trim().ToLowerInvariant();
        var expression = new DateExpression(clean.Contains('t', StringComparison.Ordinal) && char.IsAsciiDigit(clean[0]) ? clean.ToUpperInvariant() : clean);
        return expression.Span(new(2026, 1, 1, 0, 0)) is null ? null : expression;
    }

    /// <summary>The stretch of wall time it means to someone whose clock says <paramref name="now"/>: a day, or a moment where both ends are equal.</summary>
    public (LocalDateTime From, LocalDateTime To) Resolve(LocalDateTime now) => Span(now) ?? throw new InvalidOperationException($"{Text} is no date.");

    /// <summary>The same as instants, for columns that hold instants.</summary>
    public (Instant From, Instant To) Resolve(Instant now, DateTimeZone zone)
    {
        var (from, to) = Resolve(now.InZone(zone).LocalDateTime);
        return (zone.AtLeniently(from).ToInstant(), zone.AtLeniently(to).ToInstant());
    }

    private (LocalDateTime, LocalDateTime)? Span(LocalDateTime now)
    {
        var today = now.Date;
        switch (Text)
        {
            case "now": return (now, now);
            case "today": return Day(today);
            case "tomorrow": return Day(today.PlusDays(1));
            case "yesterday": return Day(today.PlusDays(-1));
            case "eow": return Day(today.DayOfWeek == IsoDayOfWeek.Sunday ? today : today.Next(IsoDayOfWeek.Sunday));
            case "eom": return Day(today.With(DateAdjusters.EndOfMonth));
            case "eoy": return Day(new(today.Year, 12, 31));
        }

        if (EnglishDates.Weekday(Text) is { } weekday) return Day(today.DayOfWeek == weekday ? today : today.Next(weekday));
        if (LocalDatePattern.Iso.Parse(Text) is { Success: true, Value: var date }) return Day(date);
        if (Time.Parse(Text) is { Success: true, Value: var moment }) return (moment, moment);
        if (Text.Length is < 3 or > 6 || Text[0] is not ('+' or '-') || !int.TryParse(Text.AsSpan(1, Text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var n)) return null;
        if (Text[0] == '-') n = -n;
        return Text[^1] switch
        {
            'h' => (now.PlusHours(n), now.PlusHours(n)),
            'd' => Day(today.PlusDays(n)),
            'w' => Day(today.PlusWeeks(n)),
            'm' => Day(today.PlusMonths(n)),
            'y' when Math.Abs(n) < 1000 => Day(today.PlusYears(n)),
            _ => null,
        };
    }

    private static (LocalDateTime, LocalDateTime) Day(LocalDate day) => (day.AtMidnight(), day.PlusDays(1).AtMidnight());
}
