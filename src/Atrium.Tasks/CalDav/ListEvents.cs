using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>One time an event takes place, as the calendar of its list shows it to one reader.</summary>
/// <param name="Last">The last day it touches.</param>
/// <param name="Begin">Null for whole days.</param>
/// <param name="End">Null for whole days, and where it has no length.</param>
internal sealed record ListedEvent(string Title, string? Location, DateOnly First, DateOnly Last, TimeOnly? Begin, TimeOnly? End, bool Cancelled);

/// <summary>The events that phones keep in a list beside its tasks: only shown here, changed where they come from.</summary>
internal static class ListEvents
{
    private const int Most = 1000;
    private const string Kind = "VEVENT";

    /// <summary>Those of the days from <paramref name="first"/> to <paramref name="last"/>, in order; a day begins where the reader is.</summary>
    public static async Task<IReadOnlyList<ListedEvent>> HandleAsync(Id<Project> project, DateOnly first, DateOnly last, TasksDb db, Actor actor, CancellationToken ct)
    {
        var zone = Zones.Of(actor);
        var (from, to) = (Begin(first), Begin(last.AddDays(1)));

        // Days and floating times were kept as if in UTC; the exact test is made on what is found.
        var (early, late) = (from.ToDateTimeOffset().AddHours(-14), to.ToDateTimeOffset().AddHours(14));
        var found = await (from o in db.CalendarObjects
                           join access in db.Access(actor) on o.ProjectId equals access.ProjectId
                           where o.ProjectId == project && o.Component == Kind && o.StartSort <= late && o.EndSort >= early
                           orderby o.StartSort, o.Id
                           select o.Raw).Take(Most).ToListAsync(ct);
        return [.. found.SelectMany(Instances).OrderBy(e => e.First).ThenBy(e => e.Begin).ThenBy(e => e.Title, StringComparer.CurrentCulture).Take(Most)];

        Instant Begin(DateOnly day) => zone.AtStartOfDay(new(day.Year, day.Month, day.Day)).ToInstant();

        IEnumerable<ListedEvent> Instances(byte[] raw)
        {
            var series = new IcalSeries(IcalDocument.Parse(raw).Components.First(), Kind, zone);
            return series.Between(from, to).Select(i => Show(i, series.Zones, zone));
        }
    }

    private static ListedEvent Show(IcalInstance instance, IcalZoneBook zones, DateTimeZone zone)
    {
        var part = instance.Component;
        var start = instance.At("DTSTART")!.Value;
        var begin = zones.InstantOf(start, zone);
        var length = IcalDuration.Parse(part.ValueOf("DURATION"));
        var end = instance.At("DTEND") is { } told ? zones.InstantOf(told, zone) : length?.After(begin) ?? (start.IsDate ? begin + Duration.FromDays(1) : begin);
        if (end < begin) end = begin;
        var (local, until) = (begin.InZone(zone).LocalDateTime, end.InZone(zone).LocalDateTime);

        // What ends at midnight does not touch the day that begins then.
        var last = until > local && until.TimeOfDay == LocalTime.Midnight ? until.Date.PlusDays(-1) : until.Date;
        var title = part.Line("SUMMARY")?.Text.Trim();
        return new(
            string.IsNullOrEmpty(title) ? TodoFields.NoTitle : title, part.Line("LOCATION")?.Text.Trim() is { Length: > 0 } place ? place : null,
            local.Date.ToDateOnly(), last.ToDateOnly(), start.IsDate ? null : local.TimeOfDay.ToTimeOnly(), start.IsDate || until == local ? null : until.TimeOfDay.ToTimeOnly(),
            part.ValueOf("STATUS")?.Trim().Equals("CANCELLED", StringComparison.OrdinalIgnoreCase) == true);
    }
}
