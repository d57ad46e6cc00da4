using System.Text;

namespace Atrium.Kernel.Text;

/// <summary>The stretch of a text where the words sought are, marked. Everything else is encoded: the text may hold anything.</summary>
public static class Snippet
{
    /// <summary>Cuts about <paramref name="length"/> characters around the first place where most of the words meet.</summary>
    /// <param name="words">What was sought, as typed; matched folded, at the beginning of words.</param>
    public static SafeHtml Of(string? plain, IEnumerable<string> words, int length = 160)
    {
        var line = PlainText.OneLine(plain);
        string[] sought = [.. words.Select(Folding.Fold).Where(w => w.Length > 0).Distinct()];
        var origins = new List<int>(line.Length);
        var folded = Folding.Fold(line, origins);
        origins.Add(line.Length);
        var hits = Hits(folded, sought);

        var from = hits.Count == 0 ? 0 : Graphemes.Floor(line, WordStart(line, Math.Max(0, origins[Best(hits, length)] - length / 4)));
        var to = Graphemes.Floor(line, Math.Min(line.Length, from + length));
        var html = new StringBuilder(from > 0 ? "…" : "");
        var at = from;
        foreach (var (start, end) in hits)
        {
            var (first, last) = (origins[start], origins[end]);
            if (first < at || last > to) continue;
            html.Append(Encode(line[at..first])).Append("<mark>").Append(Encode(line[first..last])).Append("</mark>");
            at = last;
        }

        html.Append(Encode(line[at..to])).Append(to < line.Length ? "…" : "");
        return SafeHtml.Trusted(html.ToString());
    }

    /// <summary>Encodes a snippet that a search engine cut and marked with two control characters of ours.</summary>
    public static SafeHtml FromMarked(string marked, char open = '\u0002', char close = '\u0003')
    {
        var html = new StringBuilder(marked.Length + 32);
        var inside = false;
        var from = 0;
        for (var at = marked.AsSpan().IndexOfAny(open, close); at >= 0;)
        {
            html.Append(Encode(marked[from..at]));
            // An engine may cut between the two; tags still pair.
            if ((marked[at] == open) != inside) html.Append(inside ? "</mark>" : "<mark>");
            inside = marked[at] == open;
            from = at + 1;
            var next = marked.AsSpan(from).IndexOfAny(open, close);
            at = next < 0 ? -1 : from + next;
        }

        html.Append(Encode(marked[from..]));
        if (inside) html.Append("</mark>");
        return SafeHtml.Trusted(html.ToString());
    }

    private static string Encode(string text) => SafeHtml.Encoded(text).Value;

    private static List<(int Start, int End)> Hits(string folded, string[] sought)
    {
        var hits = new List<(int Start, int End)>();
        foreach (var word in sought)
        {
            for (var at = folded.IndexOf(word, StringComparison.Ordinal); at >= 0 && hits.Count < 500; at = folded.IndexOf(word, at + word.Length, StringComparison.Ordinal))
                if (at == 0 || !char.IsLetterOrDigit(folded[at - 1]) || folded[at] >= '\u2E80') hits.Add((at, at + word.Length));
        }

        hits.Sort((a, b) => a.Start != b.Start ? a.Start.CompareTo(b.Start) : b.End.CompareTo(a.End));
        return hits;
    }

    private static int Best(List<(int Start, int End)> hits, int length)
    {
        var (best, most, last) = (0, 0, 0);
        for (var first = 0; first < hits.Count; first++)
        {
            last = Math.Max(last, first);
            while (last < hits.Count && hits[last].End - hits[first].Start <= length * 3 / 4) last++;
            if (last - first > most) (best, most) = (hits[first].Start, last - first);
        }

        return most == 0 ? hits[0].Start : best;
    }

    private static int WordStart(string line, int at)
    {
        var space = at == 0 ? -1 : line.IndexOf(' ', at - 1);
        return at == 0 || space < 0 || space - at > 24 ? at : space + 1;
    }
}
