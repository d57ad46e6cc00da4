using NodaTime;

namespace Atrium.Kernel.Ical;

/// <summary>The instances of what one calendar object holds: a master with its rule, extra and left-out dates, and overrides (RFC 5545, 3.8.4.4 and 3.8.5).</summary>
public sealed class IcalSeries
{
    /// <summary>No one request expands more instances, or more years.</summary>
    public const int MostInstances = 1000;
    public const int MostYears = 10;

    private readonly IcalComponent? _master;
    private readonly List<IcalComponent> _overrides;
    private readonly DateTimeZone _floating;
    private readonly IcalTime? _anchor;

    /// <param name="component">Which of its components: <c>VTODO</c>.</param>
    /// <param name="floating">The zone in which days and floating times are read.</param>
    public IcalSeries(IcalComponent calendar, string component, DateTimeZone floating)
    {
        Zones = new(calendar);
        _floating = floating;
        _master = calendar.ComponentsOf(component).FirstOrDefault(c => c.Line("RECURRENCE-ID") is null);
        _overrides = [.. calendar.ComponentsOf(component).Where(c => c.Line("RECURRENCE-ID") is not null)];
        _anchor = _master is null ? null : IcalTime.Of(_master.Line("DTSTART")) ?? IcalTime.Of(_master.Line("DUE"));
    }

    public IcalZoneBook Zones { get; }

    public bool Repeats => _anchor is not null && (_master!.Line("RRULE") is not null || _master.Line("RDATE") is not null);

    /// <summary>The instances that overlap <paramref name="from"/> ≤ x &lt; <paramref name="to"/>, in order.</summary>
    public IEnumerable<IcalInstance> Between(Instant from, Instant to)
    {
        var found = Candidates(from, to).Where(i => i.Overlaps(from, to, Zones, _floating));
        return found.Take(MostInstances);
    }

    private IEnumerable<IcalInstance> Candidates(Instant from, Instant to)
    {
        var moved = new HashSet<LocalDateTime>();
        foreach (var other in _overrides)
        {
            var id = IcalTime.Of(other.Line("RECURRENCE-ID"));
            if (id is { } of && _anchor is not null) moved.Add(LocalOf(of));
            yield return new(other, 0, id);
        }

        if (_master is null) yield break;
        if (!Repeats)
        {
            yield return new(_master, 0, null);
            yield break;
        }

        var anchor = _anchor!.Value;
        var without = _master.LinesOf("EXDATE").SelectMany(IcalTime.AllOf).Select(LocalOf).ToHashSet();
        foreach (var local in Dates(anchor, from, to))
            if (!moved.Contains(local) && !without.Contains(local))
                yield return new(_master, Seconds(anchor.Local, local), anchor with { Local = local });
    }

    /// <summary>Wall times of the series that may matter for a range: begun so early that what is still under way is among them.</summary>
    private IEnumerable<LocalDateTime> Dates(IcalTime anchor, Instant from, Instant to)
    {
        var zone = ZoneOf(anchor);
        var end = InstantOrEnd(_master!, anchor);
        var reach = Duration.FromDays(1) + Duration.FromSeconds(Math.Max(0, (end - Zones.InstantOf(anchor, _floating)).TotalSeconds));
        var floor = Local(from, -reach, zone);
        var roof = LocalDateTime.Min(Local(to, Duration.FromDays(1), zone), LocalDateTime.Max(floor, anchor.Local).PlusYears(MostYears));
        var extra = new SortedSet<LocalDateTime>(_master!.LinesOf("RDATE").SelectMany(IcalTime.AllOf).Select(LocalOf).Where(d => d >= floor && d < roof));
        var ruled = Ruled(anchor, zone, floor).TakeWhile(d => d < roof).Take(MostInstances * 2);
        foreach (var date in ruled)
        {
            while (extra.Count > 0 && extra.Min < date)
            {
                yield return extra.Min;
                extra.Remove(extra.Min);
            }

            extra.Remove(date);
            yield return date;
        }

        foreach (var date in extra) yield return date;
    }

    private IEnumerable<LocalDateTime> Ruled(IcalTime anchor, DateTimeZone zone, LocalDateTime floor)
    {
        // A rule of seconds or minutes is kept, not expanded.
        if (_master!.ValueOf("RRULE") is not { } text || Rrule.Read(text).Rule is not { IsSubHourly: false } rule) return [anchor.Local];
        LocalDateTime? last = rule.Until is not { } until ? null
            : until.IsDate ? until.Local.Date.PlusDays(1).AtMidnight().PlusSeconds(-1)
            : until.IsUtc && anchor.Kind == IcalTimeKind.Zoned ? until.Local.InUtc().ToInstant().InZone(zone).LocalDateTime
            : until.Local;
        var walk = new RruleWalk(rule, anchor.Local, last).From(floor);

        // The first date belongs to the series even where the rule does not give it.
        return anchor.Local < floor ? walk : walk.Prepend(anchor.Local).Distinct();
    }

    private Instant InstantOrEnd(IcalComponent component, IcalTime anchor)
    {
        var end = IcalTime.Of(component.Line("DUE")) ?? IcalTime.Of(component.Line("DTEND"));
        if (end is { } time) return Zones.InstantOf(time, _floating);
        var begin = Zones.InstantOf(anchor, _floating);
        return IcalDuration.Parse(component.ValueOf("DURATION"))?.After(begin) ?? begin;
    }

    /// <summary>A time in the wall time of the series.</summary>
    private LocalDateTime LocalOf(IcalTime time)
    {
        var anchor = _anchor!.Value;
        if (anchor.IsDate) return time.Local.Date.AtMidnight();
        if (time.IsDate) return time.Local.Date + anchor.Local.TimeOfDay;
        return time.Kind >= IcalTimeKind.Zoned && anchor.Kind >= IcalTimeKind.Zoned
            ? Zones.InstantOf(time, _floating).InZone(ZoneOf(anchor)).LocalDateTime
            : time.Local;
    }

    private DateTimeZone ZoneOf(IcalTime time) => time.Kind switch
    {
        IcalTimeKind.Utc => DateTimeZone.Utc,
        IcalTimeKind.Zoned => Zones.Find(time.TzId!) ?? _floating,
        _ => _floating,
    };

    private static LocalDateTime Local(Instant at, Duration by, DateTimeZone zone)
    {
        var bounded = Instant.Max(Instant.FromUtc(1, 1, 3, 0, 0) + Duration.FromDays(370), Instant.Min(at, Instant.FromUtc(9990, 1, 1, 0, 0)));
        var moved = by < Duration.Zero && bounded - Instant.FromUtc(1, 1, 3, 0, 0) < -by ? Instant.FromUtc(1, 1, 3, 0, 0) : bounded + by;
        return moved.InZone(zone).LocalDateTime;
    }

    private static long Seconds(LocalDateTime from, LocalDateTime to) => (long)(to.ToDateTimeUnspecified() - from.ToDateTimeUnspecified()).TotalSeconds;
}
