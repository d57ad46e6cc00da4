namespace Atrium.Bench;

/// <summary>Multiplies rows in the database.</summary>
internal static class Rows
{
    /// <summary>Copies the rows of a table until there are so many more of them.</summary>
    /// <param name="which">A condition on the templates, <c>t</c>.</param>
    /// <param name="changed">Column to SQL; <c>n.n</c> counts the copies of a template.</param>
    public static async Task CopyAsync(BenchHouse house, string table, string which, int count, Dictionary<string, string> changed, CancellationToken ct)
    {
        var columns = await ColumnsAsync(house, table, ct);
        var templates = await house.CountAsync($"SELECT COUNT(*) FROM {table} t WHERE {which}", ct);
        await house.ExecuteAsync(
            $"""
             INSERT INTO {table} ({string.Join(", ", columns.Select(c => $"\"{c}\""))})
             WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {count / templates})
             SELECT {string.Join(", ", columns.Select(c => changed.GetValueOrDefault(c, $"t.\"{c}\"")))} FROM n, {table} t WHERE {which}
             """,
            ct);
    }

    public static async Task<IReadOnlyList<string>> ColumnsAsync(BenchHouse house, string table, CancellationToken ct)
    {
        await using var connection = await house.ConnectAsync(ct);
        await using var ask = connection.CreateCommand();
        ask.CommandText = $"SELECT * FROM {table} LIMIT 0";
        List<string> columns = [];
        await using var reader = await ask.ExecuteReaderAsync(ct);
        for (var i = 0; i < reader.FieldCount; i++) columns.Add(reader.GetName(i));
        return columns;
    }
}
