using System.Diagnostics;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;

namespace Atrium.Kernel.Text;

/// <summary>
/// Stops a parser on HTML no one wrote. Its stack of open elements is searched again and again, so thousands of unclosed ones make it
/// quadratic; each name is counted on its own, so that stray end tags do not hide them. A wall clock stands behind, for what was not foreseen.
/// </summary>
internal sealed class OpenElements
{
    private const int MostOpen = 200;
    private const int MostTags = 60_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    // Their end tags may be left out, or they have none; none of them can nest without one of the others between.
    private static readonly HashSet<string> Unclosed =
    [
        "p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup", "rt", "rp", "html", "head", "body",
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    ];

    private readonly Dictionary<string, int> _open = [];
    private readonly long _started = Stopwatch.GetTimestamp();
    private int _depth;
    private int _tags;

    public void See(HtmlToken token)
    {
        if (token.Type is not (HtmlTokenType.StartTag or HtmlTokenType.EndTag)) return;
        if (++_tags > MostTags || (_tags % 64 == 0 && Stopwatch.GetElapsedTime(_started) > Patience)) throw new TangledHtmlException();

        var name = token.Name;
        if (Unclosed.Contains(name)) return;
        var open = _open.GetValueOrDefault(name);
        if (token.Type == HtmlTokenType.StartTag)
        {
            _open[name] = open + 1;
            if (++_depth > MostOpen) throw new TangledHtmlException();
        }
        else if (open > 0)
        {
            _open[name] = open - 1;
            _depth--;
        }
    }
}

/// <summary>The HTML is not worth reading further.</summary>
internal sealed class TangledHtmlException : Exception;
