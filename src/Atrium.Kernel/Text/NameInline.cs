using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace Atrium.Kernel.Text;

/// <summary>A <c>@handle</c> or a <c>#tag</c> in a text.</summary>
internal sealed class NameInline(char sign, string written) : LeafInline
{
    public char Sign { get; } = sign;

    /// <summary>As written, without the sign.</summary>
    public string Written { get; } = written;

    public bool IsMention => Sign == '@';

    /// <summary>What it is known by: handles in lower case, tags folded.</summary>
    public string Key { get; } = sign == '@' ? written.ToLowerInvariant() : Folding.Fold(written);

    /// <summary>Where it leads; null leaves it plain text.</summary>
    public string? Href { get; set; }
}

/// <summary>Reads names: not inside a word, a handle or an address; a tag needs a letter, so that <c>#12</c> stays a number.</summary>
internal sealed class NameParser : InlineParser
{
    private const int Longest = 100;

    public NameParser() => OpeningCharacters = ['@', '#'];

    public override bool Match(InlineProcessor processor, ref StringSlice slice)
    {
        var before = slice.PeekCharExtra(-1);
        if (char.IsLetterOrDigit(before) || before is '_' or '/' or '@' or '#' or '&' or '.') return false;

        var sign = slice.CurrentChar;
        var rest = slice.Text.AsSpan(slice.Start + 1, slice.End - slice.Start);
        var length = sign == '@' ? HandleLength(rest) : TagLength(rest);
        if (length is 0 or > Longest) return false;

        processor.Inline = new NameInline(sign, rest[..length].ToString()) { Span = new(processor.GetSourcePosition(slice.Start), processor.GetSourcePosition(slice.Start + length)) };
        slice.Start += length + 1;
        return true;
    }

    private static int HandleLength(ReadOnlySpan<char> text)
    {
        var local = NameLength(text);
        if (local == 0 || local >= text.Length || text[local] != '@') return local;
        var host = NameLength(text[(local + 1)..]);
        return host > 0 && text.Slice(local + 1, host).Contains('.') ? local + 1 + host : local;
    }

    private static int NameLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        while (length < text.Length && length <= Longest && (char.IsAsciiLetterOrDigit(text[length]) || text[length] is '_' or '-' or '.')) length++;
        while (length > 0 && text[length - 1] is '-' or '.') length--;
        return length;
    }

    private static int TagLength(ReadOnlySpan<char> text)
    {
        var length = 0;
        var letters = false;
        foreach (var rune in text.EnumerateRunes())
        {
            var category = System.Text.Rune.GetUnicodeCategory(rune);
            var mark = category is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;
            if (!System.Text.Rune.IsLetterOrDigit(rune) && !mark && rune.Value != '_') break;
            letters |= System.Text.Rune.IsLetter(rune);
            length += rune.Utf16SequenceLength;
            if (length > Longest) break;
        }

        return letters ? length : 0;
    }
}

/// <summary>Writes a name as a link, or as the words it is.</summary>
internal sealed class NameRenderer : HtmlObjectRenderer<NameInline>
{
    protected override void Write(HtmlRenderer renderer, NameInline name)
    {
        var linked = name.Href is not null && renderer.EnableHtmlForInline && !IsInLink(name);
        if (linked)
        {
            renderer.Write("<a class=\"").Write(name.IsMention ? "mention" : "hashtag").Write("\" href=\"");
            renderer.WriteEscapeUrl(name.Href).Write("\">");
        }

        renderer.Write(name.Sign).WriteEscape(name.Written);
        if (linked) renderer.Write("</a>");
    }

    private static bool IsInLink(NameInline name)
    {
        for (var parent = name.Parent; parent is not null; parent = parent.Parent)
            if (parent is LinkInline) return true;
        return false;
    }
}
