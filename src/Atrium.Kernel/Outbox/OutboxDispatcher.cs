using System.Text.Json;
using Atrium.Kernel.Data;
using Atrium.Kernel.Modules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Atrium.Kernel.Outbox;

/// <summary>Claims due messages with a lease and hands each to its subscriber.</summary>
public sealed partial class OutboxDispatcher(IServiceScopeFactory scopes, IEnumerable<ModuleDatabase> databases, EventRegistry events, TimeProvider clock, ILogger<OutboxDispatcher> log)
{
    private const int Batch = 25;
    private const int MostAttempts = 12;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private readonly ModuleDatabase[] _databases = [.. databases];
    private readonly string _look = string.Join(" UNION ALL ", databases.Select((d, at) => $$"""
        SELECT * FROM (SELECT {{at}}, due_at FROM {{d.Module}}_outbox
            WHERE dead_at IS NULL AND outside = {0} AND (leased_until IS NULL OR leased_until < {1}) ORDER BY due_at LIMIT 1) AS {{d.Module}}_next
        """));

    /// <summary>Handles what is due, in every module, until nothing is. For tests and for the end of a command.</summary>
    public async Task DrainAsync(CancellationToken ct)
    {
        for (var again = true; again;)
        {
            again = false;
            foreach (var outside in (bool[])[false, true])
                while ((await RunOnceAsync(outside, ct)).Handled > 0)
                    again = true;
        }
    }

    /// <summary>Handles one batch of each module that has something due.</summary>
    /// <param name="outside">Effects, or reactions.</param>
    /// <returns>How many messages were taken up, and when, before it began, the first fell due that nobody held.</returns>
    public async Task<(int Handled, DateTimeOffset? Next)> RunOnceAsync(bool outside, CancellationToken ct)
    {
        var count = 0;
        var waiting = await WaitingAsync(outside, ct);
        foreach (var (database, due) in waiting)
        {
            if (due > clock.GetUtcNow()) continue;
            var claimed = await ClaimAsync(database, outside, ct);
            count += claimed.Count;
            if (outside)
                await Parallel.ForEachAsync(claimed, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = ct }, async (m, token) => await DeliverAsync(database, m, token));
            else
                foreach (var message in claimed)
                    await DeliverAsync(database, message, ct);
        }

        return (count, waiting.Count == 0 ? null : waiting.Min(w => w.Due));
    }

    // One look at all modules' tables, which share a database: it is taken after every commit that publishes.
    private async Task<List<(ModuleDatabase Database, DateTimeOffset Due)>> WaitingAsync(bool outside, CancellationToken ct)
    {
        List<(ModuleDatabase, DateTimeOffset)> waiting = [];
        await using var scope = scopes.CreateAsyncScope();
        var db = _databases[0].In(scope);
        await db.ReadSqlAsync(_look, [outside, db.Instant(clock.GetUtcNow())], row => waiting.Add((_databases[row.GetInt32(0)], row.Instant(1, db))), ct);
        return waiting;
    }

    private async Task<List<OutboxMessage>> ClaimAsync(ModuleDatabase database, bool outside, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = database.In(scope);
        var now = clock.GetUtcNow();
        return await db.WriteAsync(
            async token =>
            {
                var table = $"{db.Module}_outbox";
                var until = now + Lease;
                var skipLocked = db.House.IsSqlite ? "" : "FOR UPDATE SKIP LOCKED";
                var sql = $$"""
                    UPDATE {{table}} SET leased_until = {0} WHERE id IN (
                        SELECT o.id FROM {{table}} o
                        WHERE o.dead_at IS NULL AND o.outside = {1} AND o.due_at <= {2} AND (o.leased_until IS NULL OR o.leased_until < {2})
                          AND (o.partition_key IS NULL OR NOT EXISTS (
                            SELECT 1 FROM {{table}} e WHERE e.subscriber = o.subscriber AND e.partition_key = o.partition_key AND e.dead_at IS NULL AND e.id < o.id))
                        ORDER BY o.due_at, o.id LIMIT {3} {{skipLocked}})
                    RETURNING id, event, subscriber, payload, partition_key, created_at, due_at, attempts
                    """;
                List<OutboxMessage> rows = [];
                await db.ReadSqlAsync(
                    sql, [db.Instant(until), outside, db.Instant(now), Batch],
                    row => rows.Add(new()
                    {
                        Id = new(row.GetInt64(0)),
                        Event = row.GetString(1),
                        Subscriber = row.GetString(2),
                        Payload = row.GetString(3),
                        Outside = outside,
                        PartitionKey = row.Text(4),
                        CreatedAt = row.Instant(5, db),
                        DueAt = row.Instant(6, db),
                        Attempts = row.GetInt32(7),
                        LeasedUntil = until,
                    }),
                    token);
                return rows.OrderBy(r => r.DueAt).ThenBy(r => r.Id).ToList();
            },
            ct);
    }

    private async Task DeliverAsync(ModuleDatabase database, OutboxMessage message, CancellationToken ct)
    {
        try
        {
            var subscription = events.Find(message) ?? throw new InvalidOperationException($"Nobody named {message.Subscriber} listens to {message.Event} any more.");
            var happened = JsonSerializer.Deserialize(message.Payload, subscription.Event, EventRegistry.Json)!;
            await using var scope = scopes.CreateAsyncScope();
            var handler = ActivatorUtilities.GetServiceOrCreateInstance(scope.ServiceProvider, subscription.Handler);
            var call = Invocation.Of(subscription);

            if (subscription.Db is { } dbType)
            {
                var db = (ModuleDb)scope.ServiceProvider.GetRequiredService(dbType);
                await db.WriteAsync(
                    async token =>
                    {
                        // Removing the row and the handler's changes commit together; whoever finds it gone has nothing to do.
                        if (await RemoveAsync(db, database, message, token)) await call(handler, happened, message, token);
                    },
                    ct);
            }
            else
            {
                await call(handler, happened, message, ct);
                await RemoveAsync(database.In(scope), database, message, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e)
        {
            LogFailed(e, message.Event, message.Subscriber, message.Attempts + 1);
            await PutBackAsync(database, message, e, ct);
        }
    }

    // The publisher's table, on the subscriber's connection: all modules share one database.
    private static async Task<bool> RemoveAsync(ModuleDb db, ModuleDatabase database, OutboxMessage message, CancellationToken ct)
    {
        var sql = $"DELETE FROM {database.Module}_outbox WHERE id = {{0}}";
        return await db.Database.ExecuteSqlRawAsync(sql, [message.Id.Value], ct) == 1;
    }

    private async Task PutBackAsync(ModuleDatabase database, OutboxMessage message, Exception e, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var now = clock.GetUtcNow();
        var attempts = message.Attempts + 1;
        var due = now + Backoff(attempts);
        DateTimeOffset? dead = attempts >= MostAttempts ? now : null;
        var error = $"{e.GetType().Name}: {e.Message}";
        if (error.Length > 2000) error = error[..2000];
        await database.In(scope).Outbox.Where(m => m.Id == message.Id).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.Attempts, attempts)
                .SetProperty(m => m.DueAt, due)
                .SetProperty(m => m.LeasedUntil, (DateTimeOffset?)null)
                .SetProperty(m => m.LastError, error)
                .SetProperty(m => m.DeadAt, dead),
            ct);
    }

    // 2 s, 4 s … about two hours at the end, each with up to a quarter of jitter.
    private static TimeSpan Backoff(int attempts) =>
        TimeSpan.FromSeconds(Math.Min(Math.Pow(2, attempts), 7200) * (1 + (Random.Shared.NextDouble() / 4)));

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Event} to {Subscriber} failed, attempt {Attempt}")]
    private partial void LogFailed(Exception e, string @event, string subscriber, int attempt);
}
