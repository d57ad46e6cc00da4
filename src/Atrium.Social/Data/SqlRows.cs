using System.Data.Common;
using Atrium.Kernel;
using Atrium.Kernel.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace Atrium.Social;

/// <summary>
/// Reads rows of hand-written SQL over the context's own connection, past the query pipeline: for the statements of the hottest pages, where
/// composing a query and shaping its rows costs several times what running it does.
/// </summary>
internal static class SqlRows
{
    /// <param name="sql">With places for parameters: <c>{0}</c>.</param>
    /// <param name="take">Takes one row.</param>
    public static async Task ReadSqlAsync(this SocialDb db, string sql, IReadOnlyList<object> parameters, Action<DbDataReader> take, CancellationToken ct)
    {
        var command = db.GetService<IRawSqlCommandBuilder>().Build(sql, parameters, db.Model);
        await using var reader = await command.RelationalCommand.ExecuteReaderAsync(
            new(db.GetService<IRelationalConnection>(), command.ParameterValues, null, db, db.GetService<IRelationalCommandDiagnosticsLogger>(), CommandSource.FromSqlQuery), ct);
        while (await reader.ReadAsync(ct)) take(reader.DbDataReader);
    }

    /// <summary>Keeps the connection open over several reads: each opening costs as much as a small statement.</summary>
    public static async Task<IAsyncDisposable> HoldAsync(this SocialDb db, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        return new Held(db);
    }

    public static string? Text(this DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static Id<T>? Id<T>(this DbDataReader row, int column) => row.IsDBNull(column) ? null : new(row.GetInt64(column));

    public static DateTimeOffset Instant(this DbDataReader row, int column, SocialDb db) => db.House.IsSqlite ? Microseconds.ToInstant(row.GetInt64(column)) : row.GetFieldValue<DateTimeOffset>(column);

    public static DateTimeOffset? InstantOrNull(this DbDataReader row, int column, SocialDb db) => row.IsDBNull(column) ? null : row.Instant(column, db);

    public static TEnum Word<TEnum>(this DbDataReader row, int column) where TEnum : struct, Enum => Enum.Parse<TEnum>(row.GetString(column));

    private sealed class Held(SocialDb db) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await db.Database.CloseConnectionAsync();
    }
}
