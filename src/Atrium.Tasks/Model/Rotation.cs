using Atrium.Kernel;

namespace Atrium.Tasks;

internal enum RotationStrategy
{
    /// <summary>In the order of the list.</summary>
    RoundRobin,

    /// <summary>Whoever did it least in the last 90 days, then whose last time is longest ago.</summary>
    LeastLoad,
}

/// <summary>Members who take turns at a recurring task.</summary>
internal sealed class Rotation
{
    public const int Days = 90;

    private Rotation() { }

    /// <exception cref="Refusal">Fewer than 2 or more than 50 different members.</exception>
    public Rotation(IEnumerable<Id<Member>> members, RotationStrategy strategy, int cursor = 0)
    {
        Members = [.. members.Distinct()];
        if (Members.Count is < 2 or > Limits.Rotation)
            throw Refusal.Invalid(Field.Rotation, $"Between 2 and {Limits.Rotation} people take turns.", Members.Count < 2 ? "too_few" : "too_many_items");
        Strategy = strategy;
        Cursor = cursor % Members.Count;
    }

    public List<Id<Member>> Members { get; private set; } = [];

    public RotationStrategy Strategy { get; private set; }

    /// <summary>Whose turn it is: a place in <see cref="Members"/>.</summary>
    public int Cursor { get; private set; }

    public Id<Member> Current => Members[Cursor];

    public Rotation At(int cursor) => new(Members, Strategy, cursor);

    /// <summary>Who is next after the current one, and why.</summary>
    public RotationTurn Next(RotationTally tally)
    {
        var inTurn = (Cursor + 1) % Members.Count;
        if (Strategy == RotationStrategy.RoundRobin) return new(Members[inTurn], inTurn, TurnReason.Order, 0);

        var ranked = Enumerable.Range(0, Members.Count)
            .Select(i => (At: i, Load: tally.Of(Members[i]), Wait: (i - inTurn + Members.Count) % Members.Count))
            .OrderBy(c => c.Load.Done)
            .ThenBy(c => c.Load.Last ?? DateTimeOffset.MinValue)
            .ThenBy(c => c.Wait)
            .ToList();
        var first = ranked[0];
        var reason = first.Load.Done < ranked[1].Load.Done ? TurnReason.Fewest
            : first.Load.Last != ranked[1].Load.Last ? TurnReason.LongestAgo
            : TurnReason.Order;
        return new(Members[first.At], first.At, reason, first.Load.Done);
    }

    /// <summary>Without someone who may no longer read the project; null when too few are left.</summary>
    public Rotation? Without(Id<Member> member)
    {
        if (!Members.Contains(member)) return this;
        var rest = Members.Where(m => m != member).ToList();
        return rest.Count < 2 ? null : new(rest, Strategy, Math.Max(0, rest.IndexOf(Current)));
    }

    /// <summary>Who did what when: the bar per person, and the table behind it.</summary>
    public IReadOnlyList<RotationRow> Table(RotationTally tally)
    {
        var next = Next(tally).Member;
        var total = Members.Sum(m => tally.Of(m).Done);
        return [.. Members.Select(m => new RotationRow(m, tally.Of(m).Done, tally.Of(m).Last, total == 0 ? 0 : (double)tally.Of(m).Done / total, m == Current, m == next))];
    }

    public override string ToString() => $"{(Strategy == RotationStrategy.RoundRobin ? "round_robin" : "least_load")} {string.Join(' ', Members)}";
}

/// <summary>A member's line of the fairness table.</summary>
/// <param name="Share">Of all done in the last 90 days, 0 to 1.</param>
internal sealed record RotationRow(Id<Member> Member, int Done, DateTimeOffset? Last, double Share, bool IsNow, bool IsNext);

/// <summary>Why someone is next.</summary>
internal enum TurnReason
{
    Order,
    Fewest,
    LongestAgo,
}

/// <summary>Whose turn it is, and why.</summary>
internal sealed record RotationTurn(Id<Member> Member, int Cursor, TurnReason Reason, int Done)
{
    public string Words(string name) => Reason switch
    {
        TurnReason.Fewest => $"It is {name}’s turn: done {Times(Done)} in the last {Rotation.Days} days, the fewest of all.",
        TurnReason.LongestAgo => $"It is {name}’s turn: others did it as often, but {name}’s last time is longest ago.",
        _ => $"It is {name}’s turn: next in order.",
    };

    private static string Times(int n) => n switch { 0 => "not once", 1 => "once", _ => $"{n} times" };
}

/// <summary>Who did a task how often in the last 90 days, and when last (ever).</summary>
internal sealed record RotationTally(IReadOnlyDictionary<Id<Member>, RotationTally.Load> Loads)
{
    public static RotationTally Empty { get; } = new(new Dictionary<Id<Member>, Load>());

    public Load Of(Id<Member> member) => Loads.GetValueOrDefault(member);

    /// <summary>Counts what was done, the one just done included if it is among <paramref name="occurrences"/>.</summary>
    public static RotationTally Count(IEnumerable<Occurrence> occurrences, DateTimeOffset now) => new(occurrences
        .Where(o => o is { Outcome: OccurrenceOutcome.Done, By: not null })
        .GroupBy(o => o.By!.Value)
        .ToDictionary(g => g.Key, g => new Load(g.Count(o => o.At > now.AddDays(-Rotation.Days)), g.Max(o => o.At))));

    internal readonly record struct Load(int Done, DateTimeOffset? Last);
}
