using System.Net;
using System.Text.RegularExpressions;

namespace Atrium.Social;

/// <summary>Finds the link of a post that is worth a preview: its first that is no mention and no hashtag.</summary>
internal static partial class LinkOf
{
    private const int Longest = 2000;

    public static string? Html(string html)
    {
        foreach (Match match in Anchors().Matches(html))
        {
            var attributes = match.Groups["attributes"].Value;
            if (Class().Match(attributes) is { Success: true } names && names.Groups["names"].Value.Split(' ').Any(n => n is "mention" or "hashtag" or "u-url")) continue;
            if (Href().Match(attributes) is not { Success: true } href) continue;
            var address = WebUtility.HtmlDecode(href.Groups["to"].Value);
            if (address.Length > Longest) continue;
            // One of ours, as Markdown may write it, or one out there.
            if (address is ['/', not '/', ..] || (Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0)) return address;
        }

        return null;
    }

    [GeneratedRegex("<a(?<attributes>\\s[^>]*)>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Anchors();

    [GeneratedRegex("\\sclass=\"(?<names>[^\"]*)\"", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Class();

    [GeneratedRegex("\\shref=\"(?<to>[^\"]*)\"", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 200)]
    private static partial Regex Href();
}
