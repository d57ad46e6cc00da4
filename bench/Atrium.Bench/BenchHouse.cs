using Atrium.Kernel.Data;
using Atrium.Social;
using Atrium.Tasks;
using Atrium.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using System.Data.Common;
using System.Globalization;

namespace Atrium.Bench;

/// <summary>A house as the tests run it: a real server, a real database, and a count of SQL statements on each answer.</summary>
internal sealed class BenchHouse() : TestHouse(new TasksModule(), new SocialModule())
{
    /// <summary>A connection of the house's database, open, for what goes past the house.</summary>
    public async Task<DbConnection> ConnectAsync(CancellationToken ct)
    {
        var text = Services.GetRequiredService<DbHouse>().ConnectionString;
        DbConnection connection = OnPostgres ? new NpgsqlConnection(text) : new SqliteConnection(text);
        await connection.OpenAsync(ct);
        return connection;
    }

    public async Task<int> ExecuteAsync(string sql, CancellationToken ct)
    {
        await using var connection = await ConnectAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = 300;
        return await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>The number that a statement answers.</summary>
    public async Task<int> CountAsync(string sql, CancellationToken ct)
    {
        await using var connection = await ConnectAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt32(await command.ExecuteScalarAsync(ct), CultureInfo.InvariantCulture);
    }
}
