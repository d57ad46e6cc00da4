using Atrium.Kernel.Modules;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Kernel.Data;

/// <summary>A start that cannot go on, said in one plain sentence. The program prints it and ends with a non-zero exit code.</summary>
public sealed class CannotStart(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Brings every module's tables up to date, one process at a time.</summary>
public sealed class Migrator(IServiceScopeFactory scopes, IEnumerable<ModuleDatabase> databases, DbHouse house, HousePaths paths)
{
    /// <exception cref="CannotStart">The database cannot be reached, or is from a newer version.</exception>
    public async Task MigrateAsync(CancellationToken ct)
    {
        var pending = new List<ModuleDatabase>();
        foreach (var database in databases)
            if (await IsPendingAsync(database, ct))
                pending.Add(database);
        if (pending.Count == 0) return;

        await using var alone = await AloneAsync(ct);
        foreach (var database in pending)
        {
            await using var scope = scopes.CreateAsyncScope();
            await database.In(scope).Database.MigrateAsync(ct);
        }
    }

    private async Task<bool> IsPendingAsync(ModuleDatabase database, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = database.In(scope).Database;
        var known = db.GetService<IMigrationsAssembly>().Migrations.Keys.ToHashSet();
        IEnumerable<string> applied;
        try
        {
            applied = await db.GetService<IRelationalDatabaseCreator>().ExistsAsync(ct) ? await db.GetAppliedMigrationsAsync(ct) : [];
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new CannotStart($"The database cannot be opened: {e.GetBaseException().Message}", e);
        }

        var held = applied.ToHashSet();
        if (held.Except(known).FirstOrDefault() is { } foreign)
            throw new CannotStart($"This database was made by a newer Atrium: it knows the {database.Module} migration {foreign}, which this version does not.");
        return known.Except(held).Any();
    }

    // SQLite: a lock of the operating system, released by it when the holder dies; EF's own lock is a row that a crash would leave for ever.
    private async Task<IAsyncDisposable> AloneAsync(CancellationToken ct)
    {
        if (!house.IsSqlite) return new Nothing();
        FileStream? held = null;
        var path = Path.Combine(paths.DataFolder, "migrate.lock");
        for (var tries = 0; held is null; tries++)
        {
            try
            {
                held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
            }
            catch (IOException) when (tries < 600)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), house.Clock, ct);
            }
        }

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<KernelDb>().Database;
        await db.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", ct);
        await db.ExecuteSqlRawAsync("DROP TABLE IF EXISTS \"__EFMigrationsLock\"", ct);
        return held;
    }

    private sealed class Nothing : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
