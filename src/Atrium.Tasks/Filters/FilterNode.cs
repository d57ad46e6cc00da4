using System.Collections.Immutable;

namespace Atrium.Tasks;

/// <summary>What a comparison looks at.</summary>
internal enum FilterField
{
    Status,
    Due,
    Start,
    Done,
    Created,
    Updated,
    Assignee,
    Label,
    Project,
    Priority,
    Percent,
    Parent,
    Is,
    Text,
}

internal enum FilterOp
{
    /// <summary><c>:</c>, <c>=</c> and <c>in</c>: any of the values.</summary>
    Equal,

    /// <summary>None of the values.</summary>
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>The values of <c>is:</c>.</summary>
internal enum FilterFlag
{
    Overdue,
    Recurring,
    Blocked,
    Watched,
    Unassigned,
    NeedsPeople,

    /// <summary>On the viewer's own list.</summary>
    Personal,

    /// <summary>Assigned to the viewer, a place of theirs, or on their own list.</summary>
    Mine,
}

/// <summary>
/// A parsed filter, shaped for a compiler: every leaf is a <see cref="Comparison"/> whose values already have the type its field needs
/// (dates unresolved until the viewer's zone is known), or a <see cref="TextMatch"/>.
/// </summary>
/// <param name="At">Where in the text it begins.</param>
internal abstract record FilterNode(int At)
{
    public sealed record And(ImmutableArray<FilterNode> Parts, int At) : FilterNode(At);

    public sealed record Or(ImmutableArray<FilterNode> Parts, int At) : FilterNode(At);

    public sealed record Not(FilterNode Inner, int At) : FilterNode(At);

    /// <summary>A field against values. More than one value only with <see cref="FilterOp.Equal"/> and <see cref="FilterOp.NotEqual"/>.</summary>
    public sealed record Comparison(FilterField Field, FilterOp Op, ImmutableArray<FilterValue> Values, int At) : FilterNode(At);

    /// <summary>Words in title or description.</summary>
    public sealed record TextMatch(string Text, int At) : FilterNode(At);

    /// <summary>How many nodes there are, values included.</summary>
    public int Count => this switch
    {
        And and => 1 + and.Parts.Sum(p => p.Count),
        Or or => 1 + or.Parts.Sum(p => p.Count),
        Not not => 1 + not.Inner.Count,
        Comparison comparison => comparison.Values.Length,
        _ => 1,
    };
}

/// <summary>A value of a comparison.</summary>
internal abstract record FilterValue
{
    /// <summary>A column, label, project (key or title) or parent (CLUB-123) by name.</summary>
    public sealed record Name(string Text) : FilterValue;

    public sealed record OfCategory(Category Category) : FilterValue;

    /// <summary>A number, or a band such as <c>high</c> (1–4). Orders compare with its nearer end.</summary>
    public sealed record Range(int From, int To) : FilterValue;

    public sealed record Date(DateExpression Expression) : FilterValue;

    public sealed record Handle(string Text) : FilterValue;

    public sealed record Me : FilterValue;

    public sealed record None : FilterValue;

    public sealed record Flag(FilterFlag What) : FilterValue;
}
