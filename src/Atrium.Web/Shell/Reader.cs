using System.Globalization;
using Atrium.Kernel;

namespace Atrium.Web;

/// <summary>Who reads the page, as far as writing is concerned: culture, time zone, and the moment of reading. Cascaded by the layouts.</summary>
public sealed record Reader
{
    private static readonly Dictionary<string, string> Symbols = new()
    {
        ["EUR"] = "€", ["USD"] = "$", ["GBP"] = "£", ["JPY"] = "¥", ["CNY"] = "CN¥", ["INR"] = "₹", ["KRW"] = "₩", ["ILS"] = "₪", ["VND"] = "₫", ["UAH"] = "₴", ["TRY"] = "₺",
    };

    /// <param name="culture">BCP 47; an unknown one reads as English.</param>
    /// <param name="timeZone">IANA name; an unknown one reads as UTC.</param>
    public Reader(string culture, string timeZone, DateTimeOffset now)
    {
        // Plain "en" would put the month before the day; the house writes the day first unless asked otherwise.
        Culture = CultureOf(culture == "en" ? "en-GB" : culture);
        Zone = TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? zone : TimeZoneInfo.Utc;
        Language = culture;
        Now = now;
    }

    public CultureInfo Culture { get; }

    public TimeZoneInfo Zone { get; }

    /// <summary>The language of the page, as the reader set it.</summary>
    public string Language { get; }

    public DateTimeOffset Now { get; }

    public DateOnly Today => DayOf(Now);

    public DateTimeOffset Local(DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, Zone);

    public DateOnly DayOf(DateTimeOffset at) => DateOnly.FromDateTime(Local(at).DateTime);

    /// <summary>“Today”, “Fri 27 Nov”, “Fri 27 Nov 2025”.</summary>
    public string Day(DateOnly day) => (day.DayNumber - Today.DayNumber) switch
    {
        0 => "Today",
        1 => "Tomorrow",
        -1 => "Yesterday",
        _ => day.Year == Today.Year ? Weekday(day) : $"{Weekday(day)} {day.ToString("yyyy", Culture)}",
    };

    /// <summary>“14:30” or “2:30 PM”.</summary>
    public string Time(DateTimeOffset at) => Local(at).ToString("t", Culture);

    /// <summary>“Today, 14:30”.</summary>
    public string Moment(DateTimeOffset at) => $"{Day(DayOf(at))}, {Time(at)}";

    /// <summary>“now”, “5 min”, “2 h”; from a day on, the day.</summary>
    public string Ago(DateTimeOffset at) => (Now - at) switch
    {
        { Ticks: < 0 } => Moment(at),
        { TotalMinutes: < 1 } => "now",
        { TotalHours: < 1 } since => $"{(int)since.TotalMinutes} min",
        { TotalHours: < 24 } since => $"{(int)since.TotalHours} h",
        _ => Day(DayOf(at)),
    };

    /// <summary>The whole of it, for a title: “Friday, 27 November 2026 14:30 (Europe/Berlin)”.</summary>
    public string Exact(DateTimeOffset at) => $"{Local(at).ToString("D", Culture)} {Time(at)} ({Zone.Id})";

    public string Number(long value) => value.ToString("N0", Culture);

    public string Number(double value, int decimals) => value.ToString($"N{decimals}", Culture);

    /// <summary>“71 %” as the culture writes it, of a share between 0 and 1.</summary>
    public string Percent(double share) => share.ToString("P0", Culture);

    /// <summary>“€12.50”, with the currency's own number of decimals.</summary>
    public string Money(Money money)
    {
        var format = (NumberFormatInfo)Culture.NumberFormat.Clone();
        var symbol = Symbols.GetValueOrDefault(money.Currency, money.Currency);
        format.CurrencyDecimalDigits = money.Decimals;
        format.CurrencySymbol = symbol.Length == 3 && format.CurrencyPositivePattern == 0 ? symbol + "\u00a0" : symbol;
        format.CurrencyNegativePattern = format.CurrencyPositivePattern is 0 or 2 ? 1 : format.CurrencyNegativePattern;
        return (money.Minor / (decimal)Math.Pow(10, money.Decimals)).ToString("C", format);
    }

    /// <summary>“3.2 MB”.</summary>
    public string Size(long bytes) => bytes switch
    {
        < 1000 => $"{bytes} B",
        < 1_000_000 => $"{Number(bytes / 1e3, 0)} kB",
        < 1_000_000_000 => $"{Number(bytes / 1e6, 1)} MB",
        _ => $"{Number(bytes / 1e9, 1)} GB",
    };

    private static CultureInfo CultureOf(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name, predefinedOnly: true);
        }
        catch (CultureNotFoundException)
        {
            return CultureInfo.GetCultureInfo("en-GB");
        }
    }

    private string Weekday(DateOnly day) =>
        day.ToString("ddd ", Culture) + day.ToString(Culture.DateTimeFormat.MonthDayPattern.Replace("MMMM", "MMM", StringComparison.Ordinal), Culture);
}
