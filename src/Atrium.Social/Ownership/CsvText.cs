using System.Text;

namespace Atrium.Social;

/// <param name="Number">The line of the file it begins on, from 1.</param>
/// <param name="Cells">At least one.</param>
internal sealed record CsvLine(int Number, IReadOnlyList<string> Cells);

/// <summary>Comma-separated values (RFC 4180).</summary>
internal static class CsvText
{
    /// <summary>The lines that hold anything. A quote that never closes takes the rest as one cell.</summary>
    public static IReadOnlyList<CsvLine> Read(string text)
    {
        List<CsvLine> lines = [];
        List<string> cells = [];
        var cell = new StringBuilder();
        var (quoted, number, begun) = (false, 1, 1);
        void EndCell()
        {
            cells.Add(cell.ToString().Trim());
            cell.Clear();
        }

        void EndLine()
        {
            EndCell();
            if (cells.Exists(c => c.Length > 0)) lines.Add(new(begun, cells));
            (cells, begun) = ([], number + 1);
        }

        for (var i = text.StartsWith('\uFEFF') ? 1 : 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted && c == '"' && i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[i++]);
            else if (c == '"' && (quoted || cell.Length == 0)) quoted = !quoted;
            else if (c == ',' && !quoted) EndCell();
            else if (c == '\n' && !quoted) EndLine();
            else if (c != '\r' || quoted) cell.Append(c);
            if (c == '\n') number++;
        }

        if (cell.Length > 0 || cells.Count > 0) EndLine();
        return lines;
    }

    public static string Line(params IEnumerable<string> cells) => string.Join(',', cells.Select(Quoted)) + "\n";

    private static string Quoted(string cell) => cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
