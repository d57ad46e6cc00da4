using System.Text;

namespace Atrium.Kernel.Ical;

/// <summary>TEXT values and folding (RFC 5545, 3.1 and 3.3.11).</summary>
public static class IcalText
{
    /// <summary>Octets of a physical line, its end not counted.</summary>
    public const int LineOctets = 75;

    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 8);
        foreach (var c in text)
        {
            if (c is '\\' or ';' or ',') escaped.Append('\\').Append(c);
            else if (c == '\n') escaped.Append("\\n");
            else if (c == '\t' || !char.IsControl(c)) escaped.Append(c);
        }

        return escaped.ToString();
    }

    public static string Unescape(string value)
    {
        if (!value.Contains('\\', StringComparison.Ordinal)) return value;
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c == '\\' && i + 1 < value.Length) text.Append(value[++i] is 'n' or 'N' ? '\n' : value[i]);
            else text.Append(c);
        }

        return text.ToString();
    }

    /// <summary>A list of TEXT, cut at the commas that are not escaped.</summary>
    public static IReadOnlyList<string> Split(string value)
    {
        var parts = new List<string>();
        var from = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] == '\\') i++;
            else if (value[i] == ',')
            {
                parts.Add(Unescape(value[from..i]));
                from = i + 1;
            }
        }

        parts.Add(Unescape(value[from..]));
        return parts;
    }

    /// <summary>A content line folded at 75 octets, never inside a character, with its line end.</summary>
    public static string Fold(string line, string lineEnd = "\r\n")
    {
        var folded = new StringBuilder(line.Length + (line.Length / 30) + 4);
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LineOctets)
            {
                folded.Append(lineEnd).Append(' ');
                octets = 1;
            }

            folded.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }

        return folded.Append(lineEnd).ToString();
    }
}
