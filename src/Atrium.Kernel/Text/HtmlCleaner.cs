using System.Buffers;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Ganss.Xss;

namespace Atrium.Kernel.Text;

/// <summary>
/// The allow-list: no scripts, styles, classes but our own, forms, frames, ids, data: or remote pictures (they become links, so a
/// reader's browser never tells a stranger what was read). Null where the HTML is too deep or too large to be worth it.
/// </summary>
internal static class HtmlCleaner
{
    private const int Deepest = 120;

    /// <summary>Removed with everything inside: their text is no text.</summary>
    private const string Swallowed =
        "script,style,iframe,frame,frameset,object,embed,applet,template,noscript,noembed,noframes,svg,math,title,textarea,select,option,button,xmp,plaintext,head,meta,link,base,audio,video,canvas,dialog,slot,portal";

    private static readonly HashSet<string> Classes = new(StringComparer.Ordinal)
    {
        "mention", "hashtag", "u-url", "h-card", "invisible", "ellipsis", "contains-task-list", "task-list-item", "table-scroll", "text-center", "text-end",
    };

    private static readonly SearchValues<char> LanguageCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-+#_.");

    private static readonly HtmlSanitizer Sanitizer = MakeSanitizer();

    public sealed record Cleaned(SafeHtml Html, string Plain, List<string> Links, List<string> Pictures);

    /// <summary>Cleans <paramref name="html"/>.</summary>
    /// <param name="ours">It came from our own Markdown renderer: its check boxes may stay.</param>
    public static Cleaned? Clean(string html, bool ours)
    {
        var open = new OpenElements();
        var parser = new HtmlParser(new HtmlParserOptions
        {
            MaximumDepth = Deepest,
            DisableElementPositionTracking = true,
            SkipComments = true,
            OnToken = (token, _) => open.See(token),
        });

        try
        {
            var document = parser.ParseDocument(html);
            var body = document.Body!;
            foreach (var swallowed in body.QuerySelectorAll(Swallowed)) swallowed.Remove();
            foreach (var cell in body.QuerySelectorAll("th[style],td[style]")) Align(cell);
            foreach (var input in body.QuerySelectorAll("input")) KeepCheckBox(input, ours);
            Sanitizer.SanitizeDom(document, body);

            var links = new List<string>();
            var pictures = new List<string>();
            foreach (var image in body.QuerySelectorAll("img")) Picture(image, pictures);
            foreach (var link in body.QuerySelectorAll("a")) Link(link, links);
            foreach (var code in body.QuerySelectorAll("pre")) code.SetAttribute("tabindex", "0");
            foreach (var table in body.QuerySelectorAll("table")) Wrap(table);
            return new(SafeHtml.Trusted(body.InnerHtml.Trim()), PlainText.Of(body), [.. links.Distinct()], [.. pictures.Distinct()]);
        }
        catch (TangledHtmlException)
        {
            return null;
        }
    }

    private static void Align(IElement cell)
    {
        var style = cell.GetAttribute("style")!;
        cell.RemoveAttribute("style");
        if (style.Contains("center", StringComparison.OrdinalIgnoreCase)) cell.ClassName = "text-center";
        else if (style.Contains("right", StringComparison.OrdinalIgnoreCase)) cell.ClassName = "text-end";
    }

    private static void KeepCheckBox(IElement input, bool ours)
    {
        if (ours && input.GetAttribute("type") == "checkbox" && input.HasAttribute("disabled")) return;
        input.Remove();
    }

    private static void Picture(IElement image, List<string> pictures)
    {
        var source = image.GetAttribute("src") ?? "";
        if (IsOurs(source))
        {
            pictures.Add(source);
            image.SetAttribute("loading", "lazy");
            if (!image.HasAttribute("alt")) image.SetAttribute("alt", "");
            return;
        }

        var words = image.GetAttribute("alt") is { Length: > 0 } alt ? alt : source;
        if (image.Closest("a") is not null || !IsWeb(source))
        {
            image.Replace(image.Owner!.CreateTextNode(words));
            return;
        }

        var link = image.Owner!.CreateElement("a");
        link.SetAttribute("href", source);
        link.TextContent = words;
        image.Replace(link);
    }

    private static void Link(IElement link, List<string> links)
    {
        var href = link.GetAttribute("href");
        link.RemoveAttribute("rel");
        if (string.IsNullOrEmpty(href))
        {
            link.RemoveAttribute("href");
            return;
        }

        if (HostName.In(href) is { } host) ShowHost(link, host.Written, host.Shown, host.Mixed);
        if (!IsOurs(href)) link.SetAttribute("rel", "nofollow noopener ugc");
        if (!link.ClassList.Contains("mention") && !link.ClassList.Contains("hashtag")) links.Add(href);
    }

    // Words are not to name another host than the one they lead to.
    private static void ShowHost(IElement link, string written, string shown, bool mixed)
    {
        if (mixed) link.SetAttribute("title", HostName.Warning);
        foreach (var text in link.GetDescendants().OfType<IText>()) text.Data = text.Data.Replace(written, shown, StringComparison.OrdinalIgnoreCase);
    }

    private static void Wrap(IElement table)
    {
        if (table.ParentElement is { LocalName: "div" } parent && parent.ClassList.Contains("table-scroll"))
        {
            parent.SetAttribute("tabindex", "0");
            return;
        }

        var scroll = table.Owner!.CreateElement("div");
        scroll.ClassName = "table-scroll";
        scroll.SetAttribute("tabindex", "0");
        table.Replace(scroll);
        scroll.AppendChild(table);
    }

    /// <summary>A path of this house: one slash, and no backslash that a browser would read as a second.</summary>
    private static bool IsOurs(string url) => url.StartsWith('/') && (url.Length == 1 || url[1] is not ('/' or '\\')) && !url.Any(c => c < ' ');

    private static bool IsWeb(string url) =>
        url.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || url.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    private static HtmlSanitizer MakeSanitizer()
    {
        var sanitizer = new HtmlSanitizer(new HtmlSanitizerOptions
        {
            AllowedTags = Set("p br hr h1 h2 h3 h4 h5 h6 strong b em i u s del ins sub sup small mark abbr cite q code kbd samp var pre blockquote ul ol li dl dt dd " +
                "table thead tbody tfoot tr th td caption a img figure figcaption span div details summary time ruby rt rp bdi bdo wbr input"),
            AllowedAttributes = Set("href src alt title width height lang dir datetime cite colspan rowspan start reversed class open type checked disabled aria-label"),
            UriAttributes = Set("href src cite"),
            AllowedSchemes = Set("http https mailto tel"),
            AllowedCssProperties = Set(""),
            AllowedAtRules = new HashSet<AngleSharp.Css.Dom.CssRuleType>(),
        })
        {
            KeepChildNodes = true,
            AllowDataAttributes = false,
            AllowCssCustomProperties = false,
        };
        sanitizer.RemovingCssClass += (_, e) => e.Cancel = Classes.Contains(e.CssClass) || IsLanguage(e.CssClass);
        sanitizer.AllowedClasses.Add("mention");
        return sanitizer;
    }

    private static bool IsLanguage(string name) =>
        name.StartsWith("language-", StringComparison.Ordinal) && name.Length < 40 && !name.AsSpan(9).ContainsAnyExcept(LanguageCharacters);

    private static HashSet<string> Set(string words) => new(words.Split(' ', StringSplitOptions.RemoveEmptyEntries), StringComparer.OrdinalIgnoreCase);
}
