using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Kernel.Data;

public abstract partial class ModuleDb
{
    private const int MostOutgoing = 500;

    // What one transaction tells goes out in one statement: an event has a row for each who listens, and a statement each would be
    // most of what a small change costs. A save that is its own transaction is left as it is.
    private List<OutboxMessage> TakeOutgoing()
    {
        if (Database.CurrentTransaction is null) return [];
        var added = ChangeTracker.Entries<OutboxMessage>().Where(e => e.State == EntityState.Added).ToList();
        if (added.Count < 2) return [];
        foreach (var entry in added) entry.State = EntityState.Detached;
        return added.ConvertAll(e => e.Entity);
    }

    private Task SendAsync(OutboxMessage[] messages, CancellationToken ct)
    {
        List<string> rows = [];
        List<object> values = [];
        string Place(object? value)
        {
            if (value is null) return "NULL";
            values.Add(value);
            return $"{{{values.Count - 1}}}";
        }

        foreach (var m in messages)
            rows.Add(
                $"({Place(m.Id.Value)}, {Place(m.Event)}, {Place(m.Subscriber)}, {Place(m.Payload)}, {Place(m.Outside)}, {Place(m.PartitionKey)}, {Place(Instant(m.CreatedAt))}, {Place(Instant(m.DueAt))}, 0)");
        var sql = $"INSERT INTO {Module}_outbox (id, event, subscriber, payload, outside, partition_key, created_at, due_at, attempts) VALUES {string.Join(", ", rows)}";
        return Database.ExecuteSqlRawAsync(sql, values, ct);
    }
}
