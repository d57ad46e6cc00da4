using System.Text.Json;
using System.Text.RegularExpressions;

namespace Atrium.Social;

/// <summary>The filters of one reader that hold now, and what they catch. Words are matched literally, without regard to case.</summary>
internal sealed class FilterSet(IReadOnlyList<ActiveFilter> filters)
{
    public static FilterSet None { get; } = new([]);

    public bool IsEmpty => filters.Count == 0;

    public bool Watches(string context) => filters.Any(f => f.Contexts.Contains(context));

    /// <summary>What catches a post.</summary>
    /// <param name="context">Null looks in all of them.</param>
    public IReadOnlyList<FilterHit> Of(Status status, IReadOnlyList<string> alsoSaid, string? context)
    {
        if (filters.Count == 0) return [];
        var text = string.Join('\n', [status.Spoiler, status.Plain, .. alsoSaid, .. status.Document.Media.Select(m => m.Description ?? "")]);
        List<FilterHit> hits = [];
        foreach (var filter in filters)
        {
            if (context is not null && !filter.Contexts.Contains(context)) continue;
            List<string> words = [.. filter.Keywords.Where(k => k.IsIn(text)).Select(k => k.Word)];
            var named = filter.Statuses.Contains(status.Id.Value);
            if (words.Count > 0 || named) hits.Add(new(filter, words, named));
        }

        return hits;
    }
}

internal sealed record ActiveFilter(
    long Id, string Title, IReadOnlyList<string> Contexts, FilterAction Action, DateTimeOffset? ExpiresAt, IReadOnlyList<ActiveKeyword> Keywords, IReadOnlySet<long> Statuses)
{
    public static IReadOnlyList<string> ReadContexts(string json) => JsonSerializer.Deserialize<List<string>>(json) ?? [];
}

internal sealed record FilterHit(ActiveFilter Filter, IReadOnlyList<string> Words, bool Named);

internal sealed class ActiveKeyword(string word, bool whole)
{
    private readonly Regex? _whole = whole ? Whole(word) : null;

    public string Word { get; } = word;

    public bool IsIn(string text) => _whole is null ? text.Contains(Word, StringComparison.OrdinalIgnoreCase) : _whole.IsMatch(text);

    // A boundary only where the word itself ends in a letter: “#tag” has none at its sign.
    private static Regex Whole(string word)
    {
        var before = word.Length > 0 && IsWord(word[0]) ? @"(?<![\w])" : "";
        var after = word.Length > 0 && IsWord(word[^1]) ? @"(?![\w])" : "";
        return new(before + Regex.Escape(word) + after, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));
    }

    private static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
