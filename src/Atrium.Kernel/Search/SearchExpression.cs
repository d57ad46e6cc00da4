namespace Atrium.Kernel.Search;

/// <summary>What somebody typed, as groups of words: each group is a phrase, and the last may be unfinished.</summary>
/// <param name="Open">True when the last word of the last phrase may go on.</param>
internal sealed record SearchExpression(IReadOnlyList<IReadOnlyList<string>> Phrases, bool Open)
{
    private const int MostPhrases = 16;

    public bool IsEmpty => Phrases.Count == 0;

    public static SearchExpression Read(string text)
    {
        if (text.Length > 500) throw Refusal.Invalid("q", "A search is at most 500 characters.");
        var phrases = new List<IReadOnlyList<string>>();
        var open = false;
        var quoted = false;
        foreach (var part in text.Split('"'))
        {
            foreach (var chunk in quoted ? [part] : part.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            {
                var words = SearchTerms.Of(chunk);
                if (words.Count == 0) continue;
                phrases.Add(words);
                open = !quoted && text.EndsWith(chunk, StringComparison.Ordinal);
            }

            quoted = !quoted;
        }

        return new([.. phrases.Take(MostPhrases)], open && phrases.Count <= MostPhrases);
    }

    /// <summary>FTS5 query syntax. Words hold only letters and digits, so nothing needs escaping beyond the quotes.</summary>
    public string ForSqlite() => string.Join(" AND ", Phrases.Select((p, i) => $"\"{string.Join(' ', p)}\"{(IsOpen(i) ? "*" : "")}"));

    /// <summary>tsquery syntax.</summary>
    public string ForPostgres() => string.Join(" & ", Phrases.Select((p, i) => $"({string.Join(" <-> ", p.Select(w => $"'{w}'"))}{(IsOpen(i) ? ":*" : "")})"));

    private bool IsOpen(int phrase) => Open && phrase == Phrases.Count - 1;
}
