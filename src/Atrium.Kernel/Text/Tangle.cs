namespace Atrium.Kernel.Text;

/// <summary>
/// Tells text that no one wrote from text that someone did, in one pass, before a parser whose worst case is quadratic sees it:
/// thousands of delimiters on one line, or markers nested past any sense.
/// </summary>
internal static class Tangle
{
    private const int MostPerParagraph = 3_000;
    private const int DeepestMarkers = 60;
    private const int MostUnderlines = 2_000;

    public static bool IsTangled(ReadOnlySpan<char> text)
    {
        var inParagraph = 0;
        var underlines = 0;
        foreach (var line in text.EnumerateLines())
        {
            if (line.IsWhiteSpace()) inParagraph = 0;
            if (MarkersAtStart(line) > DeepestMarkers) return true;
            // An underlined heading makes the parser search all blocks before it.
            if (!line.IsWhiteSpace() && !line.Trim().ContainsAnyExcept('=', '-') && ++underlines > MostUnderlines) return true;
            foreach (var c in line)
                if (c is '[' or ']' or '*' or '_' or '`' or '~' or '<' or '(' or '|' or '!') inParagraph++;
            if (inParagraph > MostPerParagraph) return true;
        }

        return false;
    }

    private static int MarkersAtStart(ReadOnlySpan<char> line)
    {
        var markers = 0;
        foreach (var c in line)
        {
            if (c is '>' or '-' or '+' or '*') markers++;
            else if (c is not (' ' or '\t')) break;
        }

        return markers;
    }
}
