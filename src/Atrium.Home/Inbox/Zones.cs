namespace Atrium.Home;

/// <summary>Time zones by IANA name; an unknown one is UTC.</summary>
internal static class Zones
{
    public static TimeZoneInfo Find(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>The date and time on the wall in <paramref name="zone"/>.</summary>
    public static DateTime Local(DateTimeOffset at, string zone) => TimeZoneInfo.ConvertTime(at, Find(zone)).DateTime;

    /// <summary>The instant at which a local day begins.</summary>
    public static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        // A day whose midnight was skipped by a clock change begins an hour later.
        if (zone.IsInvalidTime(midnight)) midnight = midnight.AddHours(1);
        return new(midnight, zone.GetUtcOffset(midnight));
    }
}
