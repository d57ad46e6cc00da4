using System.Text.RegularExpressions;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Search;

namespace Atrium.Home;

/// <summary>Takes the reader straight to a thing whose very key or address they typed.</summary>
internal static partial class ExactKey
{
    /// <summary>The address of the one thing that <paramref name="text"/> names, such as CLUB-123 or a path of ours; null when it is words.</summary>
    public static async Task<string?> FindAsync(string text, Things things, ISearch search, Actor actor, CancellationToken ct)
    {
        text = text.Trim();
        if (text.StartsWith('/')) return (await things.AtAsync(text, actor, ct))?.Href;
        if (!Key().IsMatch(text)) return null;
        var hits = (await search.FindAsync(new($"\"{text}\"", Limit: 5), actor, ct)).Hits.Items;
        var named = hits.Where(h => Names(h.Title, text)).ToList();
        return named is [var only] ? only.Href : null;
    }

    // The key itself, not one that goes on: CLUB-1 is not CLUB-12.
    private static bool Names(string title, string key)
    {
        var at = title.IndexOf(key, StringComparison.OrdinalIgnoreCase);
        return at >= 0 && (at == 0 || !char.IsLetterOrDigit(title[at - 1])) && (at + key.Length == title.Length || !char.IsLetterOrDigit(title[at + key.Length]));
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9]{0,15}-[0-9]{1,9}$", RegexOptions.NonBacktracking)]
    private static partial Regex Key();
}
