using System.Buffers;
using System.Text;

namespace Atrium.Kernel.Ical;

/// <summary>Cuts octets into content lines (RFC 5545, 3.1): unfolds on octets, before they are read as UTF-8.</summary>
internal static class IcalReader
{
    private static readonly SearchValues<byte> Ends = SearchValues.Create("\r\n"u8);

    public static IEnumerable<(IcalLine Line, string LineEnd)> Lines(ReadOnlyMemory<byte> octets)
    {
        var lineEnd = LineEndOf(octets.Span);
        var content = new ArrayBufferWriter<byte>(128);
        for (var at = 0; at < octets.Length;)
        {
            content.ResetWrittenCount();
            var begin = at;
            at = Unfold(octets.Span, at, content);
            yield return (Read(octets[begin..at], content.WrittenSpan), lineEnd);
        }
    }

    /// <summary>Writes a logical line without its folds; answers where the next one begins.</summary>
    private static int Unfold(ReadOnlySpan<byte> octets, int at, ArrayBufferWriter<byte> content)
    {
        while (true)
        {
            var length = octets[at..].IndexOfAny(Ends);
            if (length < 0)
            {
                content.Write(octets[at..]);
                return octets.Length;
            }

            content.Write(octets.Slice(at, length));
            at += length;
            at += octets[at] == '\r' && at + 1 < octets.Length && octets[at + 1] == '\n' ? 2 : 1;
            if (at >= octets.Length || octets[at] is not ((byte)' ' or (byte)'\t')) return at;
            at++;
            if (at == octets.Length) return at;
        }
    }

    private static string LineEndOf(ReadOnlySpan<byte> octets)
    {
        var first = octets.IndexOfAny(Ends);
        if (first < 0 || octets[first] == '\r') return first >= 0 && (first + 1 == octets.Length || octets[first + 1] != '\n') ? "\r" : "\r\n";
        return "\n";
    }

    private static IcalLine Read(ReadOnlyMemory<byte> octets, ReadOnlySpan<byte> content)
    {
        var line = Encoding.UTF8.GetString(content);
        if (line.Length > 0 && line[0] == '\uFEFF') line = line[1..];
        var nameEnd = line.AsSpan().IndexOfAny(";:");
        if (nameEnd <= 0) return new(octets, "", [], line);
        var name = line[..nameEnd].Trim().ToUpperInvariant();
        if (name.LastIndexOf('.') is >= 0 and var group) name = name[(group + 1)..];
        if (line[nameEnd] == ':') return new(octets, name, [], line[(nameEnd + 1)..]);
        var parameters = new List<KeyValuePair<string, string>>(2);
        var at = nameEnd;
        while (at < line.Length && line[at] == ';') at = Parameter(line, at + 1, parameters);
        return at < line.Length && line[at] == ':' ? new(octets, name, parameters, line[(at + 1)..]) : new(octets, "", [], line);
    }

    /// <summary>Reads <c>NAME=value</c>; a quoted value may hold what would end it. Answers where it ended.</summary>
    private static int Parameter(string line, int at, List<KeyValuePair<string, string>> parameters)
    {
        var from = at;
        var quoted = false;
        var equals = -1;
        for (; at < line.Length; at++)
        {
            var c = line[at];
            if (c == '"') quoted = !quoted;
            else if (!quoted && c == '=' && equals < 0) equals = at;
            else if (!quoted && c is ';' or ':' && !quoted) break;
        }

        var name = (equals < 0 ? line[from..at] : line[from..equals]).Trim().ToUpperInvariant();
        parameters.Add(new(name, equals < 0 ? "" : line[(equals + 1)..at].Replace("\"", "", StringComparison.Ordinal)));
        return at;
    }
}
