using System.Globalization;

namespace Atrium.Kernel.Text;

/// <summary>Cuts where a reader sees characters.</summary>
internal static class Graphemes
{
    /// <summary>The last boundary between characters (grapheme clusters) at or before <paramref name="index"/>.</summary>
    public static int Floor(string text, int index)
    {
        if (index >= text.Length) return text.Length;
        if (index <= 0) return 0;
        // Clusters are short: looking back a little is enough, and a long run of marks is cut where it must be.
        var start = Math.Max(0, index - 64);
        while (start > 0 && (char.IsLowSurrogate(text[start]) || CharUnicodeInfo.GetUnicodeCategory(text, start) == UnicodeCategory.NonSpacingMark)) start--;
        var at = start;
        while (at < index)
        {
            var next = at + StringInfo.GetNextTextElementLength(text, at);
            if (next > index) break;
            at = next;
        }

        return at > start || start == 0 ? at : index - (char.IsLowSurrogate(text[index]) ? 1 : 0);
    }
}
