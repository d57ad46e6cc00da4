using System.Globalization;
using System.Text;

namespace Atrium.Kernel.Text;

/// <summary>
/// Brings text to the form it is searched in: lower case, without the accents of Latin, Greek and Cyrillic and the points of Hebrew and
/// Arabic, compatibility forms (full width, ligatures) resolved. Other scripts keep their marks: there they are letters. The same in every culture.
/// </summary>
public static class Folding
{
    public static string Fold(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) Append(rune, folded);
        return folded.ToString();
    }

    /// <summary>Folds, and tells for each folded character where in <paramref name="text"/> it came from.</summary>
    internal static string Fold(string text, List<int> origins)
    {
        var folded = new StringBuilder(text.Length);
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            Append(rune, folded);
            while (origins.Count < folded.Length) origins.Add(at);
            at += rune.Utf16SequenceLength;
        }

        return folded.ToString();
    }

    private static void Append(Rune rune, StringBuilder to)
    {
        if (rune.IsAscii)
        {
            to.Append(char.ToLowerInvariant((char)rune.Value));
            return;
        }

        if (IsSilentMark(rune.Value)) return;
        if (Special(rune.Value) is { } special)
        {
            to.Append(special);
            return;
        }

        if (rune == Rune.ReplacementChar || Rune.GetUnicodeCategory(rune) is UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse)
        {
            to.Append(rune.ToString());
            return;
        }

        var bare = new StringBuilder(4);
        foreach (var part in rune.ToString().Normalize(NormalizationForm.FormKD).EnumerateRunes())
        {
            if (IsSilentMark(part.Value)) continue;
            var lower = Rune.ToLowerInvariant(part);
            if (Special(lower.Value) is { } letters) bare.Append(letters);
            else bare.Append(lower.ToString());
        }

        to.Append(bare.ToString().Normalize(NormalizationForm.FormC));
    }

    private static bool IsSilentMark(int c) => c is
        (>= 0x0300 and <= 0x036F) or (>= 0x0483 and <= 0x0487) or (>= 0x0591 and <= 0x05BD) or 0x05BF or 0x05C1 or 0x05C2 or 0x05C4 or 0x05C5 or 0x05C7
        or (>= 0x0610 and <= 0x061A) or 0x0640 or (>= 0x064B and <= 0x065F) or 0x0670
        or (>= 0x1AB0 and <= 0x1AFF) or (>= 0x1DC0 and <= 0x1DFF) or (>= 0x20D0 and <= 0x20FF) or (>= 0xFE20 and <= 0xFE2F)
        or 0x00AD or 0x200B or 0x200C or 0x200D or 0xFE0F;

    // Letters that Unicode does not take apart, though readers type them without their stroke.
    private static string? Special(int c) => c switch
    {
        'ß' or 'ẞ' => "ss",
        'æ' or 'Æ' => "ae",
        'œ' or 'Œ' => "oe",
        'ø' or 'Ø' => "o",
        'đ' or 'Đ' or 'ð' or 'Ð' => "d",
        'ł' or 'Ł' => "l",
        'þ' or 'Þ' => "th",
        'ħ' or 'Ħ' => "h",
        'ı' or 'İ' => "i",
        'ŋ' or 'Ŋ' => "n",
        'ς' => "σ",
        _ => null,
    };
}
