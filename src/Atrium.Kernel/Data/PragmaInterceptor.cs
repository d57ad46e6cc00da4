using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Atrium.Kernel.Data;

/// <summary>Sets what SQLite forgets with each connection. WAL is kept in the file and set once, at migration.</summary>
/// <param name="synchronous"><c>NORMAL</c> survives a crash of the process; <c>FULL</c> also one of the machine.</param>
internal sealed class PragmaInterceptor(string synchronous) : DbConnectionInterceptor
{
    private readonly string _pragmas =
        $"PRAGMA synchronous={synchronous};PRAGMA cache_size=-16000;PRAGMA foreign_keys=ON;PRAGMA busy_timeout=5000;PRAGMA mmap_size=268435456;PRAGMA temp_store=MEMORY;PRAGMA trusted_schema=OFF;";

    // A handle that comes from the pool again still knows them.
    private readonly ConditionalWeakTable<sqlite3, PragmaInterceptor> _set = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (!IsNew(connection, out var handle)) return;
        using var command = connection.CreateCommand();
        command.CommandText = _pragmas;
        command.ExecuteNonQuery();
        _set.AddOrUpdate(handle, this);
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        if (!IsNew(connection, out var handle)) return;
        await using var command = connection.CreateCommand();
        command.CommandText = _pragmas;
        await command.ExecuteNonQueryAsync(cancellationToken);
        _set.AddOrUpdate(handle, this);
    }

    private bool IsNew(DbConnection connection, out sqlite3 handle) => !_set.TryGetValue(handle = ((SqliteConnection)connection).Handle!, out _);
}
