using System.Globalization;
using System.Text;

namespace Atrium.Kernel.Search;

/// <summary>
/// How text becomes words, the same for both databases: lower case, without diacritics, split at whatever is neither letter nor digit;
/// scripts written without spaces become overlapping pairs of characters.
/// </summary>
public static class SearchTerms
{
    private const int LongestWord = 64;

    /// <summary>The words of a text, in order.</summary>
    public static IReadOnlyList<string> Of(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var run = new List<string>();
        foreach (var rune in text.Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark) continue;
            var dense = IsDense(rune);
            if (!dense) EndRun(run, words);
            if (dense || !Rune.IsLetterOrDigit(rune)) EndWord(word, words);
            if (dense) run.Add(rune.ToString());
            else if (Rune.IsLetterOrDigit(rune) && word.Length < LongestWord) word.Append(Rune.ToLowerInvariant(rune).ToString());
        }

        EndRun(run, words);
        EndWord(word, words);
        return words;
    }

    /// <summary>The words as one line, as the index holds them.</summary>
    public static string Line(string text) => string.Join(' ', Of(text));

    private static void EndWord(StringBuilder word, List<string> words)
    {
        if (word.Length == 0) return;
        words.Add(word.ToString());
        word.Clear();
    }

    private static void EndRun(List<string> run, List<string> words)
    {
        if (run.Count == 1) words.Add(run[0]);
        for (var i = 0; i + 1 < run.Count; i++) words.Add(run[i] + run[i + 1]);
        run.Clear();
    }

    // Han, kana, Thai, Lao, Khmer, Myanmar: written without spaces between words.
    private static bool IsDense(Rune rune) => rune.Value is
        (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xF900 and <= 0xFAFF)
        or (>= 0x20000 and <= 0x3FFFF) or (>= 0x0E00 and <= 0x0EFF) or (>= 0x1780 and <= 0x17FF) or (>= 0x1000 and <= 0x109F);
}
