using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>How one task stands to another. The inverse is derived, never stored.</summary>
internal enum RelationKind
{
    /// <summary>To cannot be finished before From.</summary>
    Blocks,

    /// <summary>To starts after From, with an optional lag.</summary>
    Precedes,
    Relates,
    Duplicates,
    CopiedFrom,
}

internal sealed class Relation
{
    private Relation() { }

    public Relation(Id<TaskItem> from, Id<TaskItem> to, RelationKind kind, int? lagSeconds = null)
    {
        if (from == to) throw Refusal.Invalid(Field.Relations, "A task cannot be related to itself.", "cycle");
        if (lagSeconds is not null && kind != RelationKind.Precedes) throw Refusal.Invalid("lag", "Only a task that precedes has a lag.");

        // One row for a pair that is the same both ways.
        (From, To) = kind == RelationKind.Relates && to < from ? (to, from) : (from, to);
        (Kind, LagSeconds) = (kind, lagSeconds);
    }

    public Id<TaskItem> From { get; private set; }

    public Id<TaskItem> To { get; private set; }

    public RelationKind Kind { get; private set; }

    public int? LagSeconds { get; private set; }

    /// <summary>Whether a ring of these would be a deadlock.</summary>
    public bool Orders => Kind is RelationKind.Blocks or RelationKind.Precedes;

    /// <summary>How it reads from one end: <c>blocks</c> or <c>blocked_by</c>.</summary>
    public string NameFrom(Id<TaskItem> end) => (Kind, end == From) switch
    {
        (RelationKind.Blocks, true) => "blocks",
        (RelationKind.Blocks, false) => "blocked_by",
        (RelationKind.Precedes, true) => "precedes",
        (RelationKind.Precedes, false) => "follows",
        (RelationKind.Duplicates, true) => "duplicates",
        (RelationKind.Duplicates, false) => "duplicated_by",
        (RelationKind.CopiedFrom, true) => "copied_from",
        (RelationKind.CopiedFrom, false) => "copied_to",
        _ => "relates",
    };

    /// <summary>Reads a name, its inverse included: <c>blocked_by</c> of A to B is <c>blocks</c> of B to A.</summary>
    public static Relation Named(string name, Id<TaskItem> self, Id<TaskItem> other) => name switch
    {
        "blocks" => new(self, other, RelationKind.Blocks),
        "blocked_by" => new(other, self, RelationKind.Blocks),
        "precedes" => new(self, other, RelationKind.Precedes),
        "follows" => new(other, self, RelationKind.Precedes),
        "relates" => new(self, other, RelationKind.Relates),
        "duplicates" => new(self, other, RelationKind.Duplicates),
        "duplicated_by" => new(other, self, RelationKind.Duplicates),
        "copied_from" => new(self, other, RelationKind.CopiedFrom),
        "copied_to" => new(other, self, RelationKind.CopiedFrom),
        _ => throw Refusal.Invalid("kind", "A relation is blocks, precedes, relates, duplicates or copied_from, or an inverse of these."),
    };
}
