namespace Atrium.Kernel.Search;

/// <summary>Cuts the part of a text that shows best why it was found.</summary>
internal static class SearchSnippet
{
    public const char Begin = '\u0002';
    public const char End = '\u0003';
    private const int Length = 180;

    /// <summary>Plain text with each match between U+0002 and U+0003.</summary>
    public static string Cut(string text, SearchExpression expression)
    {
        var wanted = expression.Phrases.SelectMany(p => p).ToHashSet(StringComparer.Ordinal);
        var open = expression.Open ? expression.Phrases[^1][^1] : null;
        var words = Split(text);
        var hits = words.Where(w => Matches(text[w], wanted, open)).ToList();
        var from = hits.Count == 0 ? 0 : Math.Max(0, hits[0].Start.Value - (Length / 3));
        while (from > 0 && !char.IsWhiteSpace(text[from - 1])) from--;
        var to = Math.Min(text.Length, from + Length);
        while (to < text.Length && !char.IsWhiteSpace(text[to])) to++;

        var snippet = new System.Text.StringBuilder();
        if (from > 0) snippet.Append("… ");
        var at = from;
        foreach (var hit in hits.Where(h => h.Start.Value >= from && h.End.Value <= to))
        {
            snippet.Append(text, at, hit.Start.Value - at).Append(Begin).Append(text[hit]).Append(End);
            at = hit.End.Value;
        }

        snippet.Append(text, at, to - at);
        if (to < text.Length) snippet.Append(" …");
        return snippet.ToString();
    }

    private static bool Matches(string word, HashSet<string> wanted, string? open) =>
        SearchTerms.Of(word).Any(t => wanted.Contains(t) || (open is not null && t.StartsWith(open, StringComparison.Ordinal)));

    private static List<Range> Split(string text)
    {
        var words = new List<Range>();
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var inside = i < text.Length && (char.IsLetterOrDigit(text[i]) || char.IsSurrogate(text[i]) || char.GetUnicodeCategory(text[i]) == System.Globalization.UnicodeCategory.NonSpacingMark);
            if (inside && start < 0) start = i;
            if (inside || start < 0) continue;
            words.Add(start..i);
            start = -1;
        }

        return words;
    }
}
