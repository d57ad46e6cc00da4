using System.Globalization;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>Writes iCalendar content lines (RFC 5545, 3.1): CRLF, folded at 75 octets without splitting a character.</summary>
internal sealed class IcalWriter(TextWriter output)
{
    public void Begin(string component) => Line("BEGIN", component);

    public void End(string component) => Line("END", component);

    /// <summary>A value that is written as it is.</summary>
    public void Line(string name, string? value)
    {
        if (value is null) return;
        output.Write(IcalText.Fold($"{name}:{value}"));
    }

    /// <summary>A TEXT value, escaped (3.3.11).</summary>
    public void Text(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value)) Line(name, IcalText.Escape(value));
    }

    public void List(string name, IEnumerable<string> values)
    {
        var list = values.Select(IcalText.Escape).ToList();
        if (list.Count > 0) Line(name, string.Join(',', list));
    }

    public void When(string name, When? when)
    {
        if (when is null) return;
        var local = when.ToLocal();
        switch (when.Kind)
        {
            case WhenKind.Date:
                Line(name + ";VALUE=DATE", local.ToString("uuuuMMdd", CultureInfo.InvariantCulture));
                break;
            case WhenKind.Zoned:
                Line($"{name};TZID={when.TzId}", Local(local));
                break;
            default:
                Line(name, Local(local) + (when.Kind == WhenKind.Utc ? "Z" : ""));
                break;
        }
    }

    public void Instant(string name, DateTimeOffset? at)
    {
        if (at is { } moment) Line(name, moment.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
    }

    private static string Local(LocalDateTime local) => local.ToString("uuuuMMdd'T'HHmmss", CultureInfo.InvariantCulture);
}
