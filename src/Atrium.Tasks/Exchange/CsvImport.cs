using System.Globalization;
using System.Text;
using NodaTime;
using Sylvan.Data.Csv;

namespace Atrium.Tasks;

/// <summary>Reads tasks from a CSV file.</summary>
internal static class CsvImport
{
    /// <param name="shape">Null to detect.</param>
    /// <param name="mapping">Null to guess.</param>
    public static ImportPlan Plan(byte[] file, string title, DateTimeZone zone, Instant now, CsvShape? shape = null, CsvMapping? mapping = null)
    {
        PlanBuilder.DemandSize(file.Length);
        var text = Decode(file);
        if (string.IsNullOrWhiteSpace(text)) throw PlanBuilder.Unreadable("The file is empty.");
        shape ??= CsvShape.Detect(text);
        mapping ??= CsvMapping.Guess(shape.Columns);
        var plan = new PlanBuilder("csv", title);
        var rows = Rows(text, shape);
        if (mapping.Todoist) new TodoistRows(plan, shape, zone, now).Read(rows);
        else new CsvRows(plan, shape, mapping, zone).Read(rows);
        return plan.Build();
    }

    /// <summary>UTF-8, or what old spreadsheets write where it is not.</summary>
    public static string Decode(byte[] file)
    {
        if (file.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Encoding.Unicode.GetString(file.AsSpan(2));
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(file).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            return Encoding.Latin1.GetString(file);
        }
    }

    private static IEnumerable<string[]> Rows(string text, CsvShape shape)
    {
        var options = new CsvDataReaderOptions { Delimiter = shape.Delimiter, Quote = shape.Quote, HasHeaders = false, MaxBufferSize = 4 * 1024 * 1024 };
        var count = 0;
        using var reader = Guard(() => CsvDataReader.Create(new StringReader(text), options));
        var first = shape.HasHeader;
        while (Guard(reader.Read))
        {
            if (first)
            {
                first = false;
                continue;
            }

            if (++count > Limits.ImportRows) throw Kernel.Refusal.Invalid("file", $"An import holds at most {Limits.ImportRows:N0} rows.", "too_many_items");
            var row = new string[Math.Max(reader.RowFieldCount, shape.Columns.Count)];
            for (var i = 0; i < row.Length; i++) row[i] = i < reader.RowFieldCount ? reader.GetString(i) : "";
            if (Array.Exists(row, c => !string.IsNullOrWhiteSpace(c))) yield return row;
        }
    }

    private static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException e)
        {
            throw PlanBuilder.Unreadable(string.Create(CultureInfo.InvariantCulture, $"Row {e.RowNumber} cannot be read."));
        }
    }
}
