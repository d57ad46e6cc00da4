using System.Text.Json;
using Atrium.Kernel.Http;
using Atrium.Kernel.Live;
using Atrium.Kernel.Outbox;
using Atrium.Kernel.Time;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Atrium.Kernel.Data;

/// <summary>
/// The base of each module's database context. Tables are <c>snake_case</c> under the module's prefix; writes pass the
/// <see cref="WriteGate"/>; events are published into the module's own outbox in the same transaction.
/// </summary>
public abstract partial class ModuleDb(DbContextOptions options, DbHouse house) : DbContext(options)
{
    // Of n writers of one row one wins each round.
    private const int MostAmends = 24;

    // The migration tool holds contexts of both databases in one house, so the context itself says which it is.
    private readonly DbProvider _provider = options.Extensions.Any(e => e.GetType().Name.StartsWith("Npgsql", StringComparison.Ordinal)) ? DbProvider.Postgres : DbProvider.Sqlite;
    private readonly List<LiveMessage> _announced = [];
    private bool _published;
    private bool _overtaken;

    /// <summary>The module's name, the prefix of its tables: <c>tasks</c>.</summary>
    public abstract string Module { get; }

    public DbHouse House { get; } = house;

    /// <summary>Now, UTC.</summary>
    public DateTimeOffset Now => House.Clock.GetUtcNow();

    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();

    internal IDisposable? GatePass { get; set; }

    // What the scope before left undone is not this one's.
    internal void BeginAfresh()
    {
        _announced.Clear();
        _published = false;
        _overtaken = false;
    }

    /// <summary>
    /// Runs <paramref name="work"/> and saves, all in one transaction; joins the transaction under way, if there is one.
    /// Keep it short: no network, mail, image or file work inside.
    /// </summary>
    public async Task<T> WriteAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        if (Database.CurrentTransaction is not null)
        {
            var joined = await work(ct);
            await SaveChangesAsync(ct);
            return joined;
        }

        await using var transaction = await Database.BeginTransactionAsync(ct);
        var result = await work(ct);
        await SaveChangesAsync(ct);
        var request = House.Unmarked;
        if (request is not null) await Database.ExecuteSqlAsync($"UPDATE kernel_idempotent_answer SET carried_out = {true} WHERE key = {request.Key}", ct);
        await transaction.CommitAsync(ct);
        if (request is not null) request.Marked = true;
        AfterCommit();
        return result;
    }

    /// <inheritdoc cref="WriteAsync{T}"/>
    public Task WriteAsync(Func<CancellationToken, Task> work, CancellationToken ct) => WriteAsync(
        async token =>
        {
            await work(token);
            return true;
        },
        ct);

    /// <summary>
    /// As <see cref="WriteAsync{T}"/>, and begun again when another writer came between: for a change that names no revision it was
    /// made from, where losing the race is nobody's error.
    /// </summary>
    /// <param name="work">Reads all that it changes itself, and keeps nothing outside.</param>
    public async Task<T> AmendAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            _overtaken = false;
            try
            {
                return await WriteAsync(work, ct);
            }
            catch (Exception e) when ((_overtaken || e is UniqueViolation) && attempt < MostAmends && Database.CurrentTransaction is null)
            {
                ChangeTracker.Clear();
                BeginAfresh();
            }
        }
    }

    /// <inheritdoc cref="AmendAsync{T}"/>
    public Task AmendAsync(Func<CancellationToken, Task> work, CancellationToken ct) => AmendAsync(
        async token =>
        {
            await work(token);
            return true;
        },
        ct);

    /// <summary>
    /// Tells <paramref name="happened"/> to all who subscribed: one outbox row each, committed with the change itself.
    /// </summary>
    /// <param name="partition">Messages of one partition reach a subscriber in order.</param>
    /// <param name="due">Not before this instant: how things happen later.</param>
    public void Publish<TEvent>(TEvent happened, string? partition = null, DateTimeOffset? due = null) where TEvent : class
    {
        foreach (var message in House.Events.Messages(happened, partition, due, Now)) Outbox.Add(message);
        _published |= due is null || due <= Now;
    }

    /// <summary>Wakes those who look at <paramref name="topic"/>, once this is committed.</summary>
    /// <param name="data">Small facts for the page; nothing that not every listener may see.</param>
    public void Announce(string topic, long cursor, string kind = "change", object? data = null) =>
        _announced.Add(new(topic, cursor, kind, data is null ? null : JsonSerializer.SerializeToElement(data, ApiJson.Options)));

    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        if (Database.CurrentTransaction is null && House.Unmarked is not null)
            return await WriteAsync(ct => SaveChangesAsync(acceptAllChangesOnSuccess, ct), cancellationToken);

        foreach (var entry in ChangeTracker.Entries<IRevised>())
            if (entry.State == EntityState.Modified && !entry.Property(e => e.Revision).IsModified)
                entry.Entity.Revision++;

        var outgoing = TakeOutgoing();
        try
        {
            var count = await base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
            foreach (var some in outgoing.Chunk(MostOutgoing)) await SendAsync(some, cancellationToken);
            if (Database.CurrentTransaction is null) AfterCommit();
            return count + outgoing.Count;
        }
        catch (DbUpdateConcurrencyException)
        {
            _overtaken = true;
            throw Refusal.Stale();
        }
        catch (DbUpdateException e)
        {
            if (UniqueViolation.In(e) is { } violation) throw violation;
            throw;
        }
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess) =>
        throw new NotSupportedException("Save asynchronously: the write gate is waited for.");

    protected sealed override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder) =>
        Conventions.Apply(configurationBuilder, _provider);

    protected sealed override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<OutboxMessage>(m =>
        {
            m.HasIndex(x => new { x.Outside, x.DueAt }).HasFilter("dead_at IS NULL");
            m.HasIndex(x => new { x.Subscriber, x.PartitionKey, x.Id }).HasFilter("partition_key IS NOT NULL AND dead_at IS NULL");
        });
        MapShared(modelBuilder);
        Map(modelBuilder);

        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            NameTable(entity);
            foreach (var property in entity.GetProperties())
                if (property.Name == nameof(IRevised.Revision) && typeof(IRevised).IsAssignableFrom(entity.ClrType))
                    property.IsConcurrencyToken = true;
        }
    }

    /// <summary>The module's own entities.</summary>
    protected abstract void Map(ModelBuilder model);

    /// <summary>An instant as a parameter of hand-written SQL.</summary>
    public object Instant(DateTimeOffset at) => House.IsSqlite ? Microseconds.Of(at) : at.ToUniversalTime();

    /// <summary>The collation in which text sorts by its bytes: for ranks and keys.</summary>
    protected string ByteOrder => OnSqlite ? "BINARY" : "C";

    /// <summary>Which of the two this context maps to: the migration tool makes both in one house.</summary>
    protected bool OnSqlite => _provider == DbProvider.Sqlite;

    private void NameTable(IMutableEntityType entity)
    {
        if (entity.IsOwned() || entity.GetTableName() is null || entity.BaseType is not null) return;
        var name = entity.ClrType == typeof(OutboxMessage) ? "outbox" : SnakeCase.Of(entity.ClrType.Name);
        var prefix = entity.FindAnnotation(SharedTable) is null ? Module : KernelDb.Name;
        entity.SetTableName($"{prefix}_{name}");
    }

    private void AfterCommit()
    {
        foreach (var message in _announced) House.Live.Publish(message);
        _announced.Clear();
        if (!_published) return;
        _published = false;
        House.Signal.Wake();
    }
}
