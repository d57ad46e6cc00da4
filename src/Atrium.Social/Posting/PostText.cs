using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Atrium.Kernel;
using Atrium.Kernel.Text;

namespace Atrium.Social;

/// <summary>What a text names: accounts as written (<c>ada</c>, <c>ada@example.org</c>, lower case), tags, links.</summary>
internal sealed record PostNames(IReadOnlyList<string> Accounts, IReadOnlyList<string> Tags, IReadOnlyList<string> Links);

/// <summary>What a text became.</summary>
internal sealed record PostRendered(string Html, string Plain);

/// <summary>
/// Turns what was typed into the HTML that apps expect: plain text keeps its lines, and names, tags and addresses become links; Markdown goes
/// through the house's own pipeline.
/// </summary>
internal static partial class PostText
{
    private const int ShownOfLink = 30;

    /// <summary>The same letters in Normal Form C; what is no sound text stays as it is.</summary>
    public static string Composed(string text)
    {
        try
        {
            return text.Normalize();
        }
        catch (ArgumentException)
        {
            return text;
        }
    }

    /// <summary>Length as readers count: characters, an address 23 of them, a remote mention without its server.</summary>
    public static int Length(string text)
    {
        var shortened = Parts().Replace(text.Normalize(), m => m.Groups["url"].Success ? new string('x', SocialLimits.PerUrl) + m.Value[Trimmed(m.Value).Length..]
            : m.Groups["host"].Success ? "@" + m.Groups["user"].Value
            : m.Value);
        return new StringInfo(shortened).LengthInTextElements;
    }

    public static PostNames Names(string text)
    {
        List<string> accounts = [], tags = [], links = [];
        foreach (Match match in Parts().Matches(text))
        {
            if (match.Groups["url"].Success) links.Add(Trimmed(match.Value));
            else if (match.Groups["user"].Success) accounts.Add(NameOf(match));
            else if (IsTag(match.Groups["tag"].Value)) tags.Add(match.Groups["tag"].Value);
        }

        return new([.. accounts.Distinct()], [.. tags.DistinctBy(TagKey)], [.. links.Distinct()]);
    }

    /// <param name="hrefs">Where each named account leads; those left out stay words.</param>
    public static PostRendered Render(string text, TextFormat format, IReadOnlyDictionary<string, string> hrefs)
    {
        if (string.IsNullOrWhiteSpace(text)) return new("", "");
        if (format == TextFormat.Plain) return new(Html(text.Normalize().Trim(), hrefs), text.Normalize().Trim());
        var rendered = Markup.Render(text.Normalize(), MarkupKind.Note, hrefs);
        return new(Headings().Replace(rendered.Html.Value, m => m.Groups["end"].Success ? "</strong></p>" : "<p><strong>"), rendered.Plain);
    }

    /// <summary>A tag as it is compared: compatibility forms resolved, case folded.</summary>
    public static string TagKey(string tag) => tag.Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    private static bool IsTag(string tag) => !tag.All(c => char.IsDigit(c) || c is '_' or '·');

    private static string NameOf(Match match) =>
        (match.Groups["host"].Success ? $"{match.Groups["user"].Value}@{match.Groups["host"].Value}" : match.Groups["user"].Value).ToLowerInvariant();

    private static string Html(string text, IReadOnlyDictionary<string, string> hrefs)
    {
        var html = new StringBuilder(text.Length * 2).Append("<p>");
        var at = 0;
        foreach (Match match in Parts().Matches(text))
        {
            Words(html, text[at..match.Index]);
            at = match.Index + match.Length;
            if (match.Groups["url"].Success)
            {
                var url = Trimmed(match.Value);
                Link(html, url);
                Words(html, match.Value[url.Length..]);
            }
            else if (match.Groups["user"].Success) Name(html, match, hrefs);
            else Tag(html, match.Groups["tag"].Value);
        }

        Words(html, text[at..]);
        return html.Append("</p>").ToString();
    }

    private static void Words(StringBuilder html, string words) =>
        html.Append(Breaks().Replace(SafeHtml.Encoded(words.ReplaceLineEndings("\n")).Value.Replace("&#xA;", "\n", StringComparison.Ordinal), m => m.Length > 1 ? "</p><p>" : "<br>"));

    private static void Name(StringBuilder html, Match match, IReadOnlyDictionary<string, string> hrefs)
    {
        if (hrefs.TryGetValue(NameOf(match), out var href))
            html.Append("<span class=\"h-card\"><a href=\"").Append(SafeHtml.Encoded(href).Value).Append("\" class=\"u-url mention\">@<span>").Append(match.Groups["user"].Value).Append("</span></a></span>");
        else html.Append(SafeHtml.Encoded(match.Value).Value);
    }

    private static void Tag(StringBuilder html, string tag)
    {
        if (IsTag(tag))
            html.Append("<a href=\"/tags/").Append(Uri.EscapeDataString(TagKey(tag))).Append("\" class=\"mention hashtag\" rel=\"tag\">#<span>").Append(SafeHtml.Encoded(tag).Value).Append("</span></a>");
        else html.Append('#').Append(SafeHtml.Encoded(tag).Value);
    }

    private static void Link(StringBuilder html, string url)
    {
        var scheme = url.IndexOf("://", StringComparison.Ordinal) + 3;
        if (url.AsSpan(scheme).StartsWith("www.")) scheme += 4;
        var rest = url[scheme..];
        var host = rest[..(rest.IndexOfAny(['/', '?', '#']) is >= 0 and var end ? end : rest.Length)];
        var (name, mixed) = HostName.Of(host);
        var shown = name + rest[host.Length..];
        var cut = shown.Length > ShownOfLink;
        html.Append("<a href=\"").Append(SafeHtml.Encoded(url).Value).Append("\" target=\"_blank\" rel=\"nofollow noopener\"").Append(mixed ? $" title=\"{HostName.Warning}\"" : "").Append("><span class=\"invisible\">").Append(url[..scheme])
            .Append("</span><span class=\"").Append(cut ? "ellipsis" : "").Append("\">").Append(SafeHtml.Encoded(cut ? shown[..ShownOfLink] : shown).Value)
            .Append("</span><span class=\"invisible\">").Append(SafeHtml.Encoded(cut ? shown[ShownOfLink..] : "").Value).Append("</span></a>");
    }

    // What ends a sentence does not end an address.
    private static string Trimmed(string url)
    {
        var end = url.Length;
        while (end > 0 && (url[end - 1] is '.' or ',' or ';' or ':' or '!' or '?' or '\'' or '"' or '*' || (url[end - 1] == ')' && !url.AsSpan(0, end).Contains('(')))) end--;
        return url[..end];
    }

    [GeneratedRegex(
        @"(?<url>https?://[^\s<>""]{3,2000})|(?<![\w/@.])@(?<user>[A-Za-z0-9_]+(?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?)(?:@(?<host>[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::\d+)?))?|(?<![\w/&#])#(?<tag>[\p{L}\p{M}\p{N}_·]{1,100})",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Parts();

    [GeneratedRegex(@"\n{2,}|\n", RegexOptions.CultureInvariant, 500)]
    private static partial Regex Breaks();

    [GeneratedRegex("<(?<end>/)?h[1-6]>", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 500)]
    private static partial Regex Headings();
}
