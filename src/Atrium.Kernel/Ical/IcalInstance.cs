using NodaTime;

namespace Atrium.Kernel.Ical;

/// <summary>One instance of a to-do, event or journal entry: a component whose times are moved on by so much wall time.</summary>
/// <param name="Component">The master, or the override of this instance.</param>
/// <param name="Shift">Seconds of wall time from the component's own times to this instance; 0 for an override.</param>
/// <param name="RecurrenceId">When the series has it, before any override moved it; null for what does not repeat.</param>
public sealed record IcalInstance(IcalComponent Component, long Shift, IcalTime? RecurrenceId)
{
    private static readonly Duration Day = Duration.FromDays(1);
    private static readonly LocalDateTime Latest = new(9998, 12, 31, 23, 59, 59);

    /// <summary>A time property of this instance.</summary>
    public IcalTime? At(string name) => IcalTime.Of(Component.Line(name)) is { } time ? time with { Local = Moved(time.Local) } : null;

    private LocalDateTime Moved(LocalDateTime local) =>
        Shift > (long)(Latest.ToDateTimeUnspecified() - local.ToDateTimeUnspecified()).TotalSeconds ? Latest : local.PlusSeconds(Shift);

    /// <summary>Whether it overlaps a range, by the tables of RFC 4791, 9.9.</summary>
    /// <param name="from">Inclusive.</param>
    /// <param name="to">Exclusive.</param>
    public bool Overlaps(Instant from, Instant to, IcalZoneBook zones, DateTimeZone floating)
    {
        var start = InstantOf(At("DTSTART"));
        return Component.Name switch
        {
            "VTODO" => Todo(start),
            "VEVENT" => start is { } begin && Event(begin),
            "VJOURNAL" => start is { } entry && (At("DTSTART")!.Value.IsDate ? from < entry + Day : from <= entry) && to > entry,
            "VFREEBUSY" => start is { } free && InstantOf(At("DTEND")) is { } end && from < end && to > free,
            _ => false,
        };

        Instant? InstantOf(IcalTime? time) => time is { } t ? zones.InstantOf(t, floating) : null;

        bool Event(Instant begin)
        {
            if (InstantOf(At("DTEND")) is { } end) return end == begin ? from <= begin && to > begin : from < end && to > begin;
            if (IcalDuration.Parse(Component.ValueOf("DURATION")) is { TotalSeconds: > 0 } length) return from < length.After(begin) && to > begin;
            return (At("DTSTART")!.Value.IsDate ? from < begin + Day : from <= begin) && to > begin;
        }

        bool Todo(Instant? begin)
        {
            var due = InstantOf(At("DUE"));
            if (begin is { } s && IcalDuration.Parse(Component.ValueOf("DURATION")) is { } length)
            {
                var end = length.After(s);
                return from <= end && (to > s || to >= end);
            }

            if (begin is { } b && due is { } d) return (from < d || from <= b) && (to > b || to >= d);
            if (begin is { } only) return from <= only && to > only;
            if (due is { } by) return from < by && to >= by;
            var completed = InstantOf(IcalTime.Of(Component.Line("COMPLETED")));
            var created = InstantOf(IcalTime.Of(Component.Line("CREATED")));
            if (completed is { } c && created is { } m) return (from <= m || from <= c) && (to >= m || to >= c);
            if (completed is { } done) return from <= done && to >= done;
            return created is not { } made || to > made;
        }
    }
}
