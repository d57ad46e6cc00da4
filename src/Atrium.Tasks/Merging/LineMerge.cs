namespace Atrium.Tasks;

/// <summary>
/// Merges two edits of one text line by line: what only one side changed is taken from that side. Both having changed the same or
/// neighbouring lines differently is a conflict, and nothing is merged.
/// </summary>
internal static class LineMerge
{
    /// <summary>Beyond this many comparisons the changed middle counts as one block: slower to agree, never wrong.</summary>
    private const long MostComparisons = 4_000_000;

    /// <returns>The merged text; null when the two cannot be had together.</returns>
    public static string? Merge(string before, string yours, string theirs)
    {
        if (yours == theirs || theirs == before) return yours;
        if (yours == before) return theirs;

        var (b, y, t) = (before.Split('\n'), yours.Split('\n'), theirs.Split('\n'));
        var (inYours, inTheirs) = (Match(b, y), Match(b, t));
        var merged = new List<string>(Math.Max(y.Length, t.Length));
        var (atB, atY, atT) = (0, 0, 0);
        while (atB < b.Length || atY < y.Length || atT < t.Length)
        {
            if (atB < b.Length && inYours[atB] == atY && inTheirs[atB] == atT)
            {
                merged.Add(b[atB]);
                (atB, atY, atT) = (atB + 1, atY + 1, atT + 1);
                continue;
            }

            // Up to the next line that all three share, one side's version must stand.
            var next = atB;
            while (next < b.Length && (inYours[next] < atY || inTheirs[next] < atT)) next++;
            var (endY, endT) = next < b.Length ? (inYours[next], inTheirs[next]) : (y.Length, t.Length);
            var old = b.AsSpan(atB..next);
            var mine = y.AsSpan(atY..endY);
            var other = t.AsSpan(atT..endT);
            if (mine.SequenceEqual(old)) merged.AddRange(other);
            else if (other.SequenceEqual(old) || mine.SequenceEqual(other)) merged.AddRange(mine);
            else return null;
            (atB, atY, atT) = (next, endY, endT);
        }

        return string.Join('\n', merged);
    }

    /// <summary>For each line of <paramref name="a"/> the line of <paramref name="b"/> it became in a longest common subsequence, or −1.</summary>
    private static int[] Match(string[] a, string[] b)
    {
        var match = new int[a.Length];
        Array.Fill(match, -1);
        var head = 0;
        while (head < a.Length && head < b.Length && a[head] == b[head]) match[head] = head++;
        var tail = 0;
        while (tail < a.Length - head && tail < b.Length - head && a[^(tail + 1)] == b[^(tail + 1)])
        {
            tail++;
            match[^tail] = b.Length - tail;
        }

        var (n, m) = (a.Length - head - tail, b.Length - head - tail);
        if ((long)n * m is 0 or > MostComparisons) return match;

        var length = new int[n + 1, m + 1];
        for (var i = n - 1; i >= 0; i--)
            for (var j = m - 1; j >= 0; j--)
                length[i, j] = a[head + i] == b[head + j] ? length[i + 1, j + 1] + 1 : Math.Max(length[i + 1, j], length[i, j + 1]);

        for (int i = 0, j = 0; i < n && j < m;)
        {
            if (a[head + i] == b[head + j]) match[head + i++] = head + j++;
            else if (length[i + 1, j] >= length[i, j + 1]) i++;
            else j++;
        }

        return match;
    }
}
