using System.Text;
using AngleSharp.Dom;

namespace Atrium.Kernel.Text;

/// <summary>Words without markup.</summary>
public static class PlainText
{
    private static readonly HashSet<string> Blocks =
    [
        "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "blockquote", "pre", "table", "tr", "hr", "dl", "dt", "dd", "figure", "figcaption", "details", "summary",
    ];

    /// <summary>The beginning of a plain text on one line, cut at a word with an ellipsis; never inside a character.</summary>
    /// <param name="length">The most UTF-16 units wanted, ellipsis not counted.</param>
    public static string Excerpt(string? plain, int length = 200)
    {
        var line = OneLine(plain);
        if (line.Length <= length) return line;
        var end = Graphemes.Floor(line, length);
        // A space near the end is a better place; in scripts without spaces any character is.
        var space = line.LastIndexOf(' ', Math.Max(0, end - 1));
        if (line[end] != ' ' && space > length / 2) end = space;
        return line[..end].TrimEnd(' ', ',', ';', ':', '-', '–') + "…";
    }

    /// <summary>White space of any kind becomes single spaces.</summary>
    public static string OneLine(string? text)
    {
        if (string.IsNullOrEmpty(text)) return "";
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c) && !char.IsControl(c)) line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
        }

        return line.ToString().TrimEnd();
    }

    internal static string Of(IElement root)
    {
        var text = new StringBuilder();
        Write(root, text, preformatted: false);
        return text.ToString().Trim();
    }

    // Depth is bounded: the parser nests no deeper than the cleaner lets it.
    private static void Write(INode node, StringBuilder text, bool preformatted)
    {
        foreach (var child in node.ChildNodes)
        {
            if (child is IText words) Append(words.Data, text, preformatted);
            else if (child is IElement element) WriteElement(element, text, preformatted);
        }
    }

    private static void WriteElement(IElement element, StringBuilder text, bool preformatted)
    {
        var name = element.LocalName;
        if (name == "br") Break(text);
        else if (name == "img") Append(element.GetAttribute("alt") ?? "", text, preformatted);
        else if (name == "input") Append(element.HasAttribute("checked") ? "[x] " : "[ ] ", text, preformatted);
        else
        {
            var block = Blocks.Contains(name);
            if (block && text.Length > 0) Break(text);
            if (name is "td" or "th" && text.Length > 0 && text[^1] is not ('\n' or ' ')) text.Append(' ');
            Write(element, text, preformatted || name == "pre");
            if (block && text.Length > 0) Break(text);
        }
    }

    private static void Append(string words, StringBuilder text, bool preformatted)
    {
        foreach (var c in words)
        {
            if (preformatted || !char.IsWhiteSpace(c) || c == '\u00A0') text.Append(c);
            else if (text.Length > 0 && !char.IsWhiteSpace(text[^1])) text.Append(' ');
        }
    }

    private static void Break(StringBuilder text)
    {
        while (text.Length > 0 && text[^1] == ' ') text.Length--;
        if (text.Length > 0 && text[^1] != '\n') text.Append('\n');
    }
}
