using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Atrium.Kernel.Tests.Text;

/// <summary>Judges HTML as a browser would read it, not as it is written.</summary>
internal static class SafetyOf
{
    private static readonly HashSet<string> Attributes =
    [
        "href", "src", "alt", "title", "width", "height", "lang", "dir", "datetime", "cite", "colspan", "rowspan", "start", "reversed", "class", "open", "type", "checked", "disabled",
        "aria-label", "rel", "loading", "tabindex",
    ];

    public static void Demand(string html)
    {
        var document = new HtmlParser(new HtmlParserOptions { IsScripting = true }).ParseDocument("<!doctype html><html><body>" + html);
        foreach (var element in document.Body!.QuerySelectorAll("*"))
        {
            Assert.Equal("http://www.w3.org/1999/xhtml", element.NamespaceUri);
            Assert.DoesNotContain(element.LocalName, new[] { "script", "style", "iframe", "object", "embed", "form", "button", "svg", "math", "base", "meta", "link", "template", "textarea", "select", "video", "audio" });
            if (element.LocalName == "input") Assert.True(element.GetAttribute("type") == "checkbox" && element.HasAttribute("disabled"));
            foreach (var attribute in element.Attributes)
            {
                Assert.Contains(attribute.Name, Attributes);
                if (attribute.Name is "href" or "src" or "cite") DemandAddress(attribute.Value);
            }

            if (element.LocalName == "img") Assert.True(element.GetAttribute("src")!.StartsWith('/') && !element.GetAttribute("src")!.StartsWith("//", StringComparison.Ordinal));
        }

        Assert.Empty(document.Descendants<IComment>());
    }

    private static void DemandAddress(string address)
    {
        // As the URL parser of a browser: controls and white space at the ends go, tabs and newlines go anywhere.
        var seen = new string([.. address.Trim([.. Enumerable.Range(0, 33).Select(c => (char)c)]).Where(c => c is not ('\t' or '\n' or '\r'))]);
        var colon = seen.IndexOf(':', StringComparison.Ordinal);
        var stop = seen.IndexOfAny(['/', '?', '#']);
        if (colon < 0 || (stop >= 0 && stop < colon)) return;
        Assert.Contains(seen[..colon].ToLowerInvariant(), new[] { "http", "https", "mailto", "tel" });
    }
}
