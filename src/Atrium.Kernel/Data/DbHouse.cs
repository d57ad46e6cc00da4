using Atrium.Kernel.Live;
using Atrium.Kernel.Outbox;

namespace Atrium.Kernel.Data;

/// <summary>Which of the two databases holds the house.</summary>
public enum DbProvider
{
    Sqlite,
    Postgres,
}

/// <summary>What every <see cref="ModuleDb"/> of one house shares.</summary>
public sealed class DbHouse(DbProvider provider, string connectionString, WriteGate gate, EventRegistry events, OutboxSignal signal, ILiveBus live, TimeProvider clock)
{
    public DbProvider Provider { get; } = provider;

    public string ConnectionString { get; } = connectionString;

    public WriteGate Gate { get; } = gate;

    public EventRegistry Events { get; } = events;

    public OutboxSignal Signal { get; } = signal;

    public ILiveBus Live { get; } = live;

    public TimeProvider Clock { get; } = clock;

    public bool IsSqlite => Provider == DbProvider.Sqlite;
}
