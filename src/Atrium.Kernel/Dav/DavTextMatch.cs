using System.Globalization;
using System.Xml.Linq;

namespace Atrium.Kernel.Dav;

/// <summary>A text to be found in a value (RFC 4791, 9.7.5), under one of three collations.</summary>
internal sealed record DavTextMatch(string Text, string Collation, bool Negated)
{
    public const string Ascii = "i;ascii-casemap";
    public const string Octet = "i;octet";
    public const string Unicode = "i;unicode-casemap";

    public static IReadOnlyList<string> Collations { get; } = [Ascii, Octet, Unicode];

    /// <exception cref="DavFault"><c>supported-collation</c>.</exception>
    public static DavTextMatch? Read(XElement? element)
    {
        if (element is null) return null;
        var collation = (string?)element.Attribute("collation") ?? Ascii;
        if (collation == "default") collation = Ascii;
        if (!Collations.Contains(collation)) throw DavFault.Cal("supported-collation", $"The collation “{collation}” is not known here.");
        return new(element.Value, collation, (string?)element.Attribute("negate-condition") == "yes");
    }

    public bool Matches(string value)
    {
        var found = Collation switch
        {
            Octet => value.Contains(Text, StringComparison.Ordinal),
            Unicode => CultureInfo.InvariantCulture.CompareInfo.IndexOf(value, Text, CompareOptions.IgnoreCase) >= 0,
            _ => Upper(value).Contains(Upper(Text), StringComparison.Ordinal),
        };
        return found != Negated;
    }

    /// <summary>Only the letters of ASCII change (RFC 4790, 9.2).</summary>
    private static string Upper(string text) => string.Create(text.Length, text, static (span, from) =>
    {
        for (var i = 0; i < span.Length; i++) span[i] = char.IsAsciiLetterLower(from[i]) ? (char)(from[i] - 32) : from[i];
    });
}
