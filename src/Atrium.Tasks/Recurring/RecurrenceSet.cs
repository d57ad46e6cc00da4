using NodaTime;

namespace Atrium.Tasks;

/// <summary>A rule with its extra and left-out dates, laid on the calendar from one first instance.</summary>
internal sealed class RecurrenceSet
{
    /// <summary>No one request expands more.</summary>
    public const int MostInstances = 1000;
    public const int MostYears = 10;

    private readonly When _origin;
    private readonly RruleWalk? _walk;
    private readonly SortedSet<LocalDateTime> _extra;
    private readonly HashSet<LocalDateTime> _without;

    /// <param name="rule">The rule; null when only listed dates repeat.</param>
    /// <param name="origin">The first instance, whose kind and zone all others have.</param>
    public RecurrenceSet(Rrule? rule, When origin, IEnumerable<When> extra, IEnumerable<When> without)
    {
        _origin = origin;
        _walk = rule is null ? null : new(rule, origin.ToLocal(), LastMoment(rule, origin));
        _extra = [.. extra.Select(LocalOf)];
        _without = [.. without.Select(LocalOf)];
    }

    /// <summary>The first instance after a wall time, and whether the rule itself gave it.</summary>
    public (When Instance, bool OfRule)? Next(LocalDateTime after)
    {
        var listed = _extra.Where(e => e > after && !_without.Contains(e)).Cast<LocalDateTime?>().FirstOrDefault();
        LocalDateTime? ruled = null;
        if (_walk is not null)
        {
            foreach (var instance in _walk.From(after))
            {
                if (instance <= after || _without.Contains(instance)) continue;
                ruled = instance;
                break;
            }
        }

        if (ruled is null && listed is null) return null;
        return ruled is not null && (listed is null || ruled <= listed) ? (_origin.At(ruled.Value), true) : (_origin.At(listed!.Value), false);
    }

    /// <summary>Instances with <paramref name="from"/> ≤ instance &lt; <paramref name="to"/>, at most 1,000 and ten years of them.</summary>
    public IReadOnlyList<When> Between(LocalDateTime from, LocalDateTime to)
    {
        var end = LocalDateTime.Min(to, from.PlusYears(MostYears));
        var found = new SortedSet<LocalDateTime>(_extra.Where(e => e >= from && e < end));
        if (_walk is not null)
        {
            foreach (var instance in _walk.From(from).TakeWhile(i => i < end).Take(MostInstances + _without.Count)) found.Add(instance);
        }

        found.ExceptWith(_without);
        return [.. found.Take(MostInstances).Select(_origin.At)];
    }

    /// <summary>The next few instances after a wall time, for the form that shows them.</summary>
    public IReadOnlyList<When> Upcoming(LocalDateTime after, int count)
    {
        var list = new List<When>(count);
        while (list.Count < count && Next(after) is { } next)
        {
            list.Add(next.Instance);
            after = next.Instance.ToLocal();
        }

        return list;
    }

    public bool Contains(LocalDateTime instance) => Next(instance.PlusSeconds(-1))?.Instance.ToLocal() == instance;

    private LocalDateTime LocalOf(When when)
    {
        if (_origin.Kind == WhenKind.Date) return when.ToDate().AtMidnight();
        if (when.Kind == WhenKind.Date) return when.ToDate() + _origin.ToLocal().TimeOfDay;
        if (when.Fixed() is { } instant && _origin.Kind is WhenKind.Zoned or WhenKind.Utc && when.Fixed() is not null)
            return instant.InZone(_origin.ZoneOr(DateTimeZone.Utc)).LocalDateTime;
        return when.ToLocal();
    }

    private static LocalDateTime? LastMoment(Rrule rule, When origin)
    {
        if (rule.Until is not { } until) return null;
        if (until.IsDate) return until.Local.Date.PlusDays(1).AtMidnight().PlusSeconds(-1);
        return until.IsUtc && origin.Kind == WhenKind.Zoned
            ? until.Local.InUtc().ToInstant().InZone(origin.ZoneOr(DateTimeZone.Utc)).LocalDateTime
            : until.Local;
    }
}
