using Atrium.Kernel.Http;
using Atrium.Kernel.Live;
using Atrium.Kernel.Outbox;
using Microsoft.AspNetCore.Http;

namespace Atrium.Kernel.Data;

/// <summary>Which of the two databases holds the house.</summary>
public enum DbProvider
{
    Sqlite,
    Postgres,
}

/// <summary>What every <see cref="ModuleDb"/> of one house shares.</summary>
public sealed class DbHouse(DbProvider provider, string connectionString, WriteGate gate, EventRegistry events, OutboxSignal signal, ILiveBus live, TimeProvider clock, IHttpContextAccessor requests)
{
    public DbProvider Provider { get; } = provider;

    public string ConnectionString { get; } = connectionString;

    public WriteGate Gate { get; } = gate;

    public EventRegistry Events { get; } = events;

    public OutboxSignal Signal { get; } = signal;

    public ILiveBus Live { get; } = live;

    public TimeProvider Clock { get; } = clock;

    internal KeyedRequest? Unmarked => requests.HttpContext?.Features.Get<KeyedRequest>() is { Marked: false } request ? request : null;

    public bool IsSqlite => Provider == DbProvider.Sqlite;
}
