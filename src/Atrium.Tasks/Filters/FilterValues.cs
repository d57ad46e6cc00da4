using System.Collections.Immutable;
using System.Globalization;

namespace Atrium.Tasks;

/// <summary>Gives the words of a comparison the type its field needs, or says what is wrong.</summary>
internal static class FilterValues
{
    private static readonly Dictionary<string, FilterField> Fields = Enum.GetValues<FilterField>().ToDictionary(f => f.ToString().ToLowerInvariant(), StringComparer.OrdinalIgnoreCase);

    public static FilterField? Field(string name) => Fields.TryGetValue(name, out var field) ? field : null;

    public static FilterNode Compare(FilterWord name, FilterOp op, IReadOnlyList<FilterWord> words)
    {
        if (Field(name.Text) is not { } field) throw new FilterError($"There is no field “{name.Text}”. There are {string.Join(", ", Fields.Keys)}.", name.At);
        if (op > FilterOp.NotEqual)
        {
            if (words.Count > 1) throw new FilterError("An order compares with one value.", words[1].At);
            if (!IsOrdered(field)) throw new FilterError($"“{name.Text}” has no order; use : or !=.", name.At);
        }

        if (field == FilterField.Text) return Text(op, words, name.At);
        var values = words.SelectMany(w => Read(field, w)).Distinct().ToImmutableArray();
        if (op > FilterOp.NotEqual && values.OfType<FilterValue.None>().Any()) throw new FilterError("“none” goes with : and != only.", words[0].At);
        return new FilterNode.Comparison(field, op, values, name.At);
    }

    private static bool IsOrdered(FilterField field) => field is FilterField.Due or FilterField.Start or FilterField.Done or FilterField.Created or FilterField.Updated
        or FilterField.Priority or FilterField.Percent;

    private static FilterNode Text(FilterOp op, IReadOnlyList<FilterWord> words, int at)
    {
        var parts = words.Select(FilterNode (w) => new FilterNode.TextMatch(w.Text, w.At)).ToImmutableArray();
        var any = parts.Length == 1 ? parts[0] : new FilterNode.Or(parts, at);
        return op == FilterOp.Equal ? any : new FilterNode.Not(any, at);
    }

    private static IEnumerable<FilterValue> Read(FilterField field, FilterWord word)
    {
        var lower = word.Text.ToLowerInvariant();
        if (lower == "none" && !word.Quoted && field is not (FilterField.Status or FilterField.Is or FilterField.Percent or FilterField.Project))
        {
            return [field == FilterField.Priority ? new FilterValue.Range(0, 0) : new FilterValue.None()];
        }

        return field switch
        {
            FilterField.Status => word.Quoted ? [new FilterValue.Name(word.Text)] : Status(lower, word),
            FilterField.Assignee => [lower == "me" && !word.Quoted ? new FilterValue.Me() : new FilterValue.Handle(word.Text.TrimStart('@'))],
            FilterField.Priority => [Priority(lower, word)],
            FilterField.Percent => [Number(lower.TrimEnd('%'), 0, 100, word)],
            FilterField.Is => [Flag(lower, word)],
            FilterField.Label or FilterField.Project or FilterField.Parent => [new FilterValue.Name(word.Text.TrimStart('#'))],
            _ => [DateExpression.Read(word.Text) is { } date
                ? new FilterValue.Date(date)
                : throw new FilterError($"“{word.Text}” is no date. Write 2026-11-23, today, tomorrow, monday, +3d, -1w, eow or eom.", word.At)],
        };
    }

    private static FilterValue[] Status(string lower, FilterWord word) => lower switch
    {
        "todo" => [new FilterValue.OfCategory(Category.Todo)],
        "doing" => [new FilterValue.OfCategory(Category.Doing)],
        "done" => [new FilterValue.OfCategory(Category.Done)],
        "cancelled" or "canceled" => [new FilterValue.OfCategory(Category.Cancelled)],
        "open" => [new FilterValue.OfCategory(Category.Todo), new FilterValue.OfCategory(Category.Doing)],
        "closed" => [new FilterValue.OfCategory(Category.Done), new FilterValue.OfCategory(Category.Cancelled)],
        _ => [new FilterValue.Name(word.Text)],
    };

    private static FilterValue.Range Priority(string lower, FilterWord word) => lower switch
    {
        "high" => new(1, 4),
        "medium" => new(5, 5),
        "low" => new(6, 9),
        _ => Number(lower, 0, 9, word),
    };

    private static FilterValue.Range Number(string text, int least, int most, FilterWord word) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= least && n <= most
            ? new(n, n)
            : throw new FilterError($"“{word.Text}” is not between {least} and {most}.", word.At);

    private static FilterValue.Flag Flag(string lower, FilterWord word) => lower switch
    {
        "overdue" => new(FilterFlag.Overdue),
        "recurring" => new(FilterFlag.Recurring),
        "blocked" => new(FilterFlag.Blocked),
        "watched" => new(FilterFlag.Watched),
        "unassigned" => new(FilterFlag.Unassigned),
        "needs-people" => new(FilterFlag.NeedsPeople),
        "personal" => new(FilterFlag.Personal),
        "mine" => new(FilterFlag.Mine),
        _ => throw new FilterError($"“is” knows overdue, recurring, blocked, watched, unassigned, needs-people, personal and mine, not “{word.Text}”.", word.At),
    };
}
