using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Finds the house's own pictures in words: <c>:shortcode:</c>.</summary>
internal sealed partial class EmojiBook(SocialDb db)
{
    /// <summary>Those that stand in the texts. No statement where nothing looks like one.</summary>
    public async Task<IReadOnlyList<DocumentEmoji>> InAsync(IEnumerable<string?> texts, CancellationToken ct)
    {
        List<string> codes = [.. texts.OfType<string>().SelectMany(t => Codes().Matches(t).Select(m => m.Groups["code"].Value)).Distinct(StringComparer.Ordinal).Take(100)];
        if (codes.Count == 0) return [];
        var rows = await db.Emojis.Where(e => e.Domain == "" && !e.Disabled && codes.Contains(e.Shortcode)).ToListAsync(ct);
        return [.. rows.Select(e => new DocumentEmoji(e.Shortcode, e.Url, e.StaticUrl, e.Category))];
    }

    public static bool IsCode(string text) => Whole().IsMatch(text);

    /// <summary>Cuts a text where a picture stands for a word of it.</summary>
    public static IEnumerable<(string Text, EmojiEntity? Emoji)> Cut(string text, IReadOnlyList<EmojiEntity> emojis)
    {
        var at = 0;
        foreach (Match match in Codes().Matches(text))
        {
            if (emojis.FirstOrDefault(e => e.Shortcode == match.Groups["code"].Value) is not { } emoji) continue;
            if (match.Index > at) yield return (text[at..match.Index], null);
            yield return (match.Value, emoji);
            at = match.Index + match.Length;
        }

        if (at < text.Length) yield return (text[at..], null);
    }

    [GeneratedRegex("(?<![A-Za-z0-9:]):(?<code>[A-Za-z0-9_]{2,50}):(?![A-Za-z0-9:])", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Codes();

    [GeneratedRegex(@"\A[A-Za-z0-9_]{2,50}\z", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Whole();
}
