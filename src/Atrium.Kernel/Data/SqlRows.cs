using System.Data.Common;
using Atrium.Kernel.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Atrium.Kernel.Data;

/// <summary>
/// Reads rows of hand-written SQL over the context's own connection, past the query pipeline: for the statements of the hottest pages, where
/// composing a query and shaping its rows costs several times what running it does.
/// </summary>
public static class SqlRows
{
    /// <summary>Runs <paramref name="sql"/> and hands each row over.</summary>
    /// <param name="sql">With places for parameters: <c>{0}</c>.</param>
    /// <param name="take">Takes one row.</param>
    public static Task ReadSqlAsync(this ModuleDb db, string sql, IReadOnlyList<object> parameters, Action<DbDataReader> take, CancellationToken ct) => db.ReadSqlAsync(sql, parameters, [take], ct);

    /// <summary>Runs several statements in one round trip and hands the rows of each over.</summary>
    /// <param name="sql">With places for parameters: <c>{0}</c>; a semicolon between statements.</param>
    /// <param name="takes">For each statement, what takes one row of it.</param>
    public static async Task ReadSqlAsync(this ModuleDb db, string sql, IReadOnlyList<object> parameters, IReadOnlyList<Action<DbDataReader>> takes, CancellationToken ct)
    {
        var command = db.GetService<IRawSqlCommandBuilder>().Build(sql, parameters, db.Model);
        await using var reader = await command.RelationalCommand.ExecuteReaderAsync(
            new(db.GetService<IRelationalConnection>(), command.ParameterValues, null, db, db.GetService<IRelationalCommandDiagnosticsLogger>(), CommandSource.FromSqlQuery), ct);
        foreach (var take in takes)
        {
            while (await reader.ReadAsync(ct)) take(reader.DbDataReader);
            await reader.DbDataReader.NextResultAsync(ct);
        }
    }

    /// <summary>Keeps the connection open over several reads: each opening costs as much as a small statement.</summary>
    public static async Task<IAsyncDisposable> HoldAsync(this ModuleDb db, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        return new Held(db);
    }

    /// <summary>A text, or null.</summary>
    public static string? Text(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    /// <summary>An id, or null.</summary>
    public static Id<T>? Id<T>(this DbDataReader row, int column) => row.IsDBNull(column) ? null : new(row.GetInt64(column));

    /// <summary>An instant as the provider keeps it.</summary>
    public static DateTimeOffset Instant(this DbDataReader row, int column, ModuleDb db) => db.House.IsSqlite ? Microseconds.ToInstant(row.GetInt64(column)) : row.GetFieldValue<DateTimeOffset>(column);

    /// <inheritdoc cref="Instant"/>
    public static DateTimeOffset? InstantOrNull(this DbDataReader row, int column, ModuleDb db) => row.IsDBNull(column) ? null : row.Instant(column, db);

    /// <summary>An enumeration's value, which is kept as its name.</summary>
    public static TEnum Word<TEnum>(this DbDataReader row, int column) where TEnum : struct, Enum => Enum.Parse<TEnum>(row.GetString(column));

    private sealed class Held(ModuleDb db) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await db.Database.CloseConnectionAsync();
    }
}
