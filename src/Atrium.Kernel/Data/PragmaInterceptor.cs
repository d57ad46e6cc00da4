using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Atrium.Kernel.Data;

/// <summary>Sets what SQLite forgets with each connection. WAL is kept in the file and set once, at migration.</summary>
/// <param name="synchronous"><c>NORMAL</c> survives a crash of the process; <c>FULL</c> also one of the machine.</param>
internal sealed class PragmaInterceptor(string synchronous) : DbConnectionInterceptor
{
    private readonly string _pragmas =
        $"PRAGMA synchronous={synchronous};PRAGMA cache_size=-16000;PRAGMA foreign_keys=ON;PRAGMA busy_timeout=5000;PRAGMA mmap_size=268435456;PRAGMA temp_store=MEMORY;PRAGMA trusted_schema=OFF;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = _pragmas;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = _pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
