using NodaTime;

namespace Atrium.Tasks;

/// <summary>Which instance of a series an override is of.</summary>
internal static class TodoInstances
{
    /// <summary>
    /// The instance in the series' own words. A RECURRENCE-ID tells the start where there is one; a series of ours goes by its due.
    /// </summary>
    public static When? IdOf(IcalComponent other, TaskItem task, Recurrence? series, IcalZoneBook zones)
    {
        if (series is null || IcalTime.Of(other.Line("RECURRENCE-ID")) is not { } time) return null;
        var (id, origin) = (TodoTimes.Read(time, zones), series.FirstInstance);
        var local = origin.Kind == WhenKind.Date ? id.ToDate().AtMidnight()
            : id.Kind == WhenKind.Date ? id.ToDate() + (task.Start ?? origin).ToLocal().TimeOfDay
            : id.Fixed() is { } instant && origin.Fixed() is not null ? instant.InZone(origin.ZoneOr(DateTimeZone.Utc)).LocalDateTime
            : id.ToLocal();
        if (task is { Start: { } start, Due: { } due }) local = local.PlusSeconds((long)(due.ToLocal().ToDateTimeUnspecified() - start.ToLocal().ToDateTimeUnspecified()).TotalSeconds);
        return origin.At(local);
    }
}
