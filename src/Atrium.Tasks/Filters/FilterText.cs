using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;

namespace Atrium.Tasks;

/// <summary>Writes a filter in its canonical text, which parses back to the same: what the filter bar shows and a saved filter keeps.</summary>
internal static class FilterText
{
    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(" \t\r\n(),\"\\:=<>!");

    public static string Print(FilterNode node) => Print(node, inAnd: false);

    private static string Print(FilterNode node, bool inAnd) => node switch
    {
        FilterNode.And { Parts: [] } => "",
        FilterNode.And and => string.Join(" and ", and.Parts.Select(p => Print(p, inAnd: true))),
        FilterNode.Or or => (inAnd ? "(" : "") + string.Join(" or ", or.Parts.Select(p => Print(p, inAnd: false))) + (inAnd ? ")" : ""),
        FilterNode.Not { Inner: FilterNode.And { Parts.Length: > 1 } inner } => $"not ({Print(inner, inAnd: false)})",
        FilterNode.Not not => "not " + Print(not.Inner, inAnd: true),
        FilterNode.Comparison comparison => Print(comparison),
        FilterNode.TextMatch text => Quote(text.Text, always: true),
        _ => throw new InvalidOperationException(),
    };

    private static string Print(FilterNode.Comparison comparison)
    {
        var field = comparison.Field.ToString().ToLowerInvariant();
        var values = Words(comparison.Values);
        if (values.Count > 1) return comparison.Op == FilterOp.Equal ? $"{field} in ({string.Join(", ", values)})" : $"{field}!=({string.Join(", ", values)})";
        return field + (comparison.Op switch
        {
            FilterOp.Equal => ":",
            FilterOp.NotEqual => "!=",
            FilterOp.Less => "<",
            FilterOp.LessOrEqual => "<=",
            FilterOp.Greater => ">",
            _ => ">=",
        }) + values[0];
    }

    private static List<string> Words(ImmutableArray<FilterValue> values) => [.. values.Select(v => v switch
    {
        FilterValue.OfCategory c => c.Category.ToString().ToLowerInvariant(),
        FilterValue.Name name => Quote(name.Text, always: IsWordOfTheLanguage(name.Text)),
        FilterValue.Range { From: 1, To: 4 } => "high",
        FilterValue.Range { From: 6, To: 9 } => "low",
        FilterValue.Range range => range.From.ToString(CultureInfo.InvariantCulture),
        FilterValue.Date date => date.Expression.Text,
        FilterValue.Handle handle => "@" + handle.Text,
        FilterValue.Me => "me",
        FilterValue.None => "none",
        FilterValue.Flag { What: FilterFlag.NeedsPeople } => "needs-people",
        FilterValue.Flag flag => flag.What.ToString().ToLowerInvariant(),
        _ => throw new InvalidOperationException(),
    })];

    private static bool IsWordOfTheLanguage(string name) =>
        name.ToLowerInvariant() is "none" or "todo" or "doing" or "done" or "cancelled" or "canceled" or "open" or "closed" || name.StartsWith('#');

    private static string Quote(string text, bool always) => !always && text.Length > 0 && !text.AsSpan().ContainsAny(NeedsQuotes)
        ? text
        : "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";
}
