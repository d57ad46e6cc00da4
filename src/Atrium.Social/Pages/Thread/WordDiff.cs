using System.Net;
using System.Text.RegularExpressions;

namespace Atrium.Social;

/// <summary>What changed between two versions of a text, word by word.</summary>
internal static partial class WordDiff
{
    private const int Most = 2000;

    /// <summary>Runs of words: 1 was added, -1 was taken out, 0 stayed.</summary>
    public static IReadOnlyList<(int Kind, string Words)> Between(string before, string after)
    {
        var (a, b) = (Words(before), Words(after));
        if (a.Length > Most || b.Length > Most) return [(-1, before), (1, after)];
        // What stands between words is no part of them: a word that another follows now is still the same.
        var (left, right) = (Array.ConvertAll(a, w => w.TrimEnd()), Array.ConvertAll(b, w => w.TrimEnd()));
        var length = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
            for (var j = b.Length - 1; j >= 0; j--)
                length[i, j] = left[i] == right[j] ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]);
        List<(int Kind, string Words)> runs = [];
        void Add(int kind, string word)
        {
            if (runs.Count > 0 && runs[^1].Kind == kind) runs[^1] = (kind, runs[^1].Words + word);
            else runs.Add((kind, word));
        }

        for (int i = 0, j = 0; i < a.Length || j < b.Length;)
        {
            if (i < a.Length && j < b.Length && left[i] == right[j])
            {
                Add(0, b[j++]);
                i++;
            }
            else if (j == b.Length || (i < a.Length && length[i + 1, j] >= length[i, j + 1])) Add(-1, a[i++]);
            else Add(1, b[j++]);
        }

        return runs;
    }

    /// <summary>The words of a post's HTML.</summary>
    public static string Plain(string html) => WebUtility.HtmlDecode(Tag().Replace(Break().Replace(html, "\n"), "")).Trim();

    private static string[] Words(string text) => [.. Word().Matches(text).Select(m => m.Value)];

    [GeneratedRegex(@"\S+\s*|\s+", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Word();

    [GeneratedRegex("<br[^>]*>|</p>", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Break();

    [GeneratedRegex("<[^>]+>", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Tag();
}
