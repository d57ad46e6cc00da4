namespace Atrium.Social;

/// <summary>Languages as posts carry them: ISO 639, without region.</summary>
internal static class Languages
{
    /// <summary>Those offered where one is chosen.</summary>
    public static IReadOnlyList<string> Offered { get; } = ["en", "de"];

    /// <summary>The language of a tag such as <c>de-DE</c>; null where it is none.</summary>
    public static string? Short(string? tag)
    {
        var word = (tag ?? "").Split('-', '_')[0].ToLowerInvariant();
        return word.Length is 2 or 3 && word.All(char.IsAsciiLetter) ? word : null;
    }
}
