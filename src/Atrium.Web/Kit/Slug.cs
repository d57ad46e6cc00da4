using System.Text;

namespace Atrium.Web;

/// <summary>Names for elements, made from words.</summary>
internal static class Slug
{
    /// <summary>Letters and digits of <paramref name="text"/>, lower case, joined by hyphens: fit for an <c>id</c>.</summary>
    public static string Of(string? text)
    {
        var slug = new StringBuilder();
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune)) slug.Append(Rune.ToLowerInvariant(rune));
            else if (slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }

        return slug.ToString().TrimEnd('-');
    }
}
