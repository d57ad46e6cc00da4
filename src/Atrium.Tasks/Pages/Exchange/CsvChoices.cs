using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>What a member said about the columns of a file: read from the form, kept, and found again for a file with the same columns.</summary>
internal static class CsvChoices
{
    /// <summary>A <see cref="MappingOption"/> as JSON, from a page on which each column has a field <c>col0</c>, <c>col1</c> … with what it becomes.</summary>
    public static string Read(IFormCollection form)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; form.ContainsKey($"col{i}"); i++)
            if (form.Said($"col{i}") is { } target && !columns.TryAdd(target, i))
                throw Refusal.Invalid($"col{i}", $"Two columns become {target}.", "bad_mapping");
        return JsonSerializer.Serialize(
            new
            {
                columns = columns.Count == 0 ? null : columns,
                todoist = form.Text("todoist") == "true" ? true : (bool?)null,
                delimiter = form.Text("delimiter") is { Length: 1 } delimiter ? delimiter : form.Text("delimiter") == "tab" ? "\t" : null,
                quote = form.Said("quote"),
                has_header = form.Said("has_header") is { } header ? header == "true" : (bool?)null,
                date_format = form.Said("date_format"),
            },
            ApiJson.Options);
    }

    public static async Task<string?> FindAsync(TasksDb db, Actor actor, IReadOnlyList<string> columns, CancellationToken ct)
    {
        var (me, header) = (actor.Demand(), HeaderOf(columns));
        return await db.CsvChoices.Where(c => c.MemberId == me && c.Header == header).Select(c => c.Mapping).FirstOrDefaultAsync(ct);
    }

    public static Task KeepAsync(TasksDb db, Actor actor, IReadOnlyList<string> columns, string mapping, CancellationToken ct)
    {
        var (me, header) = (actor.Demand(), HeaderOf(columns));
        return db.WriteAsync(
            token => db.Database.ExecuteSqlAsync(
                $"INSERT INTO tasks_csv_choice (member_id, header, mapping) VALUES ({me.Value}, {header}, {mapping}) ON CONFLICT (member_id, header) DO UPDATE SET mapping = excluded.mapping", token),
            ct);
    }

    private static string HeaderOf(IReadOnlyList<string> columns) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', columns))).AsSpan(0, 16));
}
