using Atrium.Kernel.Data;
using Atrium.Kernel.Modules;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Kernel.Outbox;

/// <summary>How a module's outbox stands.</summary>
/// <param name="OldestDueAt">The earliest instant at which anything falls due.</param>
public sealed record OutboxStanding(string Module, int Pending, int Dead, DateTimeOffset? OldestDueAt);

/// <summary>A message that was given up.</summary>
public sealed record DeadLetter(string Module, Id<OutboxMessage> Id, string Event, string Subscriber, int Attempts, DateTimeOffset CreatedAt, DateTimeOffset DeadAt, string? Error, string Payload);

/// <summary>Where the administrator sees what is under way and what was given up, over all modules' outboxes.</summary>
public sealed class OutboxDesk(IServiceScopeFactory scopes, IEnumerable<ModuleDatabase> databases, OutboxSignal signal, TimeProvider clock)
{
    /// <summary>One row per module, the emptiest included.</summary>
    public async Task<IReadOnlyList<OutboxStanding>> StandingAsync(CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var standing = new List<OutboxStanding>();
        foreach (var database in databases)
        {
            var rows = await database.In(scope).Outbox.GroupBy(m => m.DeadAt != null)
                .Select(g => new { Dead = g.Key, Count = g.Count(), Due = g.Min(m => m.DueAt) }).ToListAsync(ct);
            var (pending, dead) = (rows.FirstOrDefault(r => !r.Dead), rows.FirstOrDefault(r => r.Dead));
            standing.Add(new(database.Module, pending?.Count ?? 0, dead?.Count ?? 0, pending?.Due));
        }

        return standing;
    }

    /// <summary>What was given up, newest first, in all modules.</summary>
    public async Task<Slice<DeadLetter>> DeadAsync(int? limit, string? cursor, CancellationToken ct)
    {
        var page = new Page(limit, cursor);
        var before = Cursor.Id<OutboxMessage>(cursor);
        await using var scope = scopes.CreateAsyncScope();
        var found = new List<DeadLetter>();
        foreach (var database in databases)
        {
            var rows = await database.In(scope).Outbox.Where(m => m.DeadAt != null && (before == null || m.Id < before))
                .OrderByDescending(m => m.Id).Take(page.Size + 1).AsNoTracking().ToListAsync(ct);
            found.AddRange(rows.Select(m => new DeadLetter(database.Module, m.Id, m.Event, m.Subscriber, m.Attempts, m.CreatedAt, m.DeadAt!.Value, m.LastError, m.Payload)));
        }

        return Slice<DeadLetter>.Cut([.. found.OrderByDescending(d => d.Id).Take(page.Size + 1)], page.Size, d => d.Id.ToString());
    }

    /// <summary>Sends a dead letter again, from its first attempt.</summary>
    /// <returns>False when there is none of that id.</returns>
    public async Task<bool> RetryAsync(string module, Id<OutboxMessage> id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (Find(module, scope) is not { } db) return false;
        var now = clock.GetUtcNow();
        var found = await db.Outbox.Where(m => m.Id == id && m.DeadAt != null).ExecuteUpdateAsync(
            set => set.SetProperty(m => m.DeadAt, (DateTimeOffset?)null).SetProperty(m => m.Attempts, 0).SetProperty(m => m.DueAt, now).SetProperty(m => m.LeasedUntil, (DateTimeOffset?)null), ct);
        if (found == 1) signal.Wake();
        return found == 1;
    }

    /// <summary>Throws a dead letter away.</summary>
    /// <returns>False when there is none of that id.</returns>
    public async Task<bool> DiscardAsync(string module, Id<OutboxMessage> id, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        return Find(module, scope) is { } db && await db.Outbox.Where(m => m.Id == id && m.DeadAt != null).ExecuteDeleteAsync(ct) == 1;
    }

    private ModuleDb? Find(string module, AsyncServiceScope scope) => databases.FirstOrDefault(d => d.Module == module)?.In(scope);
}
