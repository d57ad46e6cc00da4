using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace Atrium.Tasks;

/// <summary>How a CSV file is written, as far as can be told from it; shown before an import, where a person may put it right.</summary>
/// <param name="DateFormat">NodaTime pattern of its dates, such as <c>dd/MM/uuuu</c>; null when it has none.</param>
/// <param name="DatesAmbiguous">True when day and month could be the other way round everywhere.</param>
internal sealed record CsvShape(char Delimiter, char Quote, bool HasHeader, string? DateFormat, bool DatesAmbiguous, IReadOnlyList<string> Columns)
{
    private const int Sample = 200;
    private static readonly char[] Delimiters = [',', ';', '\t', '|'];
    internal static readonly string[] DateFormats = ["uuuu-MM-dd", "dd/MM/uuuu", "MM/dd/uuuu", "dd.MM.uuuu", "uuuu/MM/dd", "dd-MM-uuuu", "d/M/uuuu", "M/d/uuuu", "d.M.uuuu", "d MMM uuuu", "MMM d, uuuu"];

    /// <param name="delimiter">Said by a person; null to be found out, like the others.</param>
    public static CsvShape Detect(string text, char? delimiter = null, char? quotedBy = null, bool? hasHeader = null, string? dateFormat = null)
    {
        var quote = quotedBy ?? QuoteOf(text);
        var best = (delimiter is { } said ? [said] : Delimiters).Select(d => (Delimiter: d, Rows: Rows(text, d, quote, Sample)))
            .Select(c => (c.Delimiter, c.Rows, Width: c.Rows.Count == 0 ? 0 : c.Rows[0].Count, Even: c.Rows.Count == 0 ? 0 : c.Rows.Count(r => r.Count == c.Rows[0].Count) / (double)c.Rows.Count))
            .OrderByDescending(c => c.Width > 1).ThenByDescending(c => Math.Round(c.Even, 1)).ThenByDescending(c => c.Width)
            .First();
        var rows = best.Rows;
        var header = rows.Count > 0 && (hasHeader ?? IsHeader(rows[0], rows.Skip(1).ToList()));
        var (format, ambiguous) = Dates(rows.Skip(header ? 1 : 0).SelectMany(r => r));
        var columns = rows.Count == 0 ? [] : header ? rows[0].Select(c => c.Trim().TrimStart('\uFEFF')).ToList() : [.. Enumerable.Range(1, rows[0].Count).Select(i => $"Column {i}")];
        return new(best.Delimiter, quote, header, dateFormat ?? format, ambiguous && dateFormat is null, columns);
    }

    /// <summary>A cell as a date or time, by this file's format or ISO; null when it is neither.</summary>
    public When? Read(string cell, DateTimeZone zone)
    {
        var text = cell.Trim();
        if (text.Length < 6) return null;
        if (DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && (text.EndsWith('Z') || text[^6] is '+' or '-'))
            return When.Zoned(Instant.FromDateTimeOffset(at).InZone(zone).LocalDateTime, zone.Id);
        foreach (var format in new[] { DateFormat, "uuuu-MM-dd" }.OfType<string>())
        {
            if (LocalDatePattern.Create(format, CultureInfo.InvariantCulture).Parse(text) is { Success: true, Value: var day }) return When.Date(day);
            foreach (var time in (string[])[" HH:mm", " HH:mm:ss", "'T'HH:mm", "'T'HH:mm:ss", " h:mm tt"])
                if (LocalDateTimePattern.Create(format + time, CultureInfo.InvariantCulture).Parse(text) is { Success: true, Value: var moment })
                    return When.Zoned(moment, zone.Id);
        }

        return null;
    }

    private static char QuoteOf(string text) =>
        text.Count(c => c == '"') >= text.Count(c => c == '\'') / 4 || !text.Contains('\'', StringComparison.Ordinal) ? '"' : LooksQuotedBy(text, '\'') ? '\'' : '"';

    private static (string? Format, bool Ambiguous) Dates(IEnumerable<string> cells)
    {
        var dates = cells.Select(c => c.Trim()).Where(c => c.Length is >= 6 and <= 30 && c.Any(char.IsAsciiDigit)).Select(c => c.Split((char[])['T'], 2)[0])
            .Select(c => c.IndexOf(' ', StringComparison.Ordinal) is > 7 and var space && c.Contains(':', StringComparison.Ordinal) ? c[..space] : c).ToList();
        var scores = DateFormats.Select(f => (Format: f, Score: Fits(f)))
            .OrderByDescending(s => s.Score).ToList();
        if (scores[0].Score == 0) return (null, false);
        var top = scores.Where(s => s.Score == scores[0].Score).Select(s => s.Format).ToList();
        return (top[0], top.Exists(f => f.StartsWith('d') && f.Contains('/', StringComparison.Ordinal)) && top.Exists(f => f.StartsWith('M') && f.Contains('/', StringComparison.Ordinal)));

        int Fits(string format)
        {
            var pattern = LocalDatePattern.Create(format, CultureInfo.InvariantCulture);
            return dates.Count(d => pattern.Parse(d).Success);
        }
    }

    private static bool IsHeader(IReadOnlyList<string> first, IReadOnlyList<IReadOnlyList<string>> rest)
    {
        var cells = first.Select(c => c.Trim().TrimStart('\uFEFF')).ToList();
        if (cells.Exists(c => c.Length is 0 or > 60 || c.All(char.IsAsciiDigit)) || cells.Distinct(StringComparer.OrdinalIgnoreCase).Count() < cells.Count) return false;
        if (cells.Exists(c => CsvMapping.TargetOf(c) is not null)) return true;
        return rest.Count > 0 && Enumerable.Range(0, cells.Count).Any(i => rest.Count(r => i < r.Count && r[i].Any(char.IsAsciiDigit)) > rest.Count / 2 && !cells[i].Any(char.IsAsciiDigit));
    }

    private static bool LooksQuotedBy(string text, char quote) => text.Split('\n').Take(20).Count(l => l.StartsWith(quote)) > 2;

    /// <summary>The first rows, read only to tell how the file is written.</summary>
    private static List<IReadOnlyList<string>> Rows(string text, char delimiter, char quote, int most)
    {
        var rows = new List<IReadOnlyList<string>>();
        var (row, cell, quoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length && rows.Count < most; i++)
        {
            var c = text[i];
            if (quoted && c == quote && i + 1 < text.Length && text[i + 1] == quote) cell.Append(text[++i]);
            else if (c == quote && (quoted || cell.Length == 0)) quoted = !quoted;
            else if (!quoted && c == delimiter) Cell();
            else if (!quoted && c == '\n') Row();
            else if (quoted || c != '\r') cell.Append(c);
        }

        if (rows.Count < most && (cell.Length > 0 || row.Count > 0)) Row();
        return rows;

        void Cell()
        {
            row.Add(cell.ToString());
            cell.Clear();
        }

        void Row()
        {
            Cell();
            if (row.Exists(c => c.Length > 0)) rows.Add(row);
            row = [];
        }
    }
}
