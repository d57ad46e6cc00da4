using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Http;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Outbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Victim;

/// <summary>A module as small as can be: entries, what followed from each inside the database, and what reached the outside.</summary>
public sealed class LedgerModule : IModule
{
    public string Name => "ledger";

    public void Register(ModuleBuilder module) => module
        .Database<LedgerDb, SqliteLedgerDb, PostgresLedgerDb>()
        .On<EntryMade, CountEntry>()
        .Effect<EntryMade, TellOutside>();

    public void Map(IEndpointRouteBuilder app)
    {
        var api = app.MapApi(Name).AllowAnonymous();
        api.MapPost("entries", AddAsync).Rate(RateClass.Free);
        api.MapPost("entries/lost", LoseAsync).Rate(RateClass.Free);
    }

    private static async Task<Posted> AddAsync(Posted posted, LedgerDb db, CancellationToken ct)
    {
        if (posted.Number < 0) throw Refusal.Invalid("number", "A number is not negative.");
        db.Entries.Add(new() { Number = posted.Number });
        await db.SaveChangesAsync(ct);
        return posted;
    }

    // What a crash between the change and its answer leaves.
    private static async Task<Posted> LoseAsync(Posted posted, LedgerDb db, CancellationToken ct)
    {
        await AddAsync(posted, db, ct);
        throw new InvalidOperationException("the answer is lost");
    }

    private sealed record Posted(int Number);
}

public sealed class Entry
{
    public Id<Entry> Id { get; init; } = Id<Entry>.New();

    public int Number { get; init; }
}

public sealed class Consequence
{
    public Id<Consequence> Id { get; init; } = Id<Consequence>.New();

    public int Number { get; init; }
}

public sealed class Tally : IRevised
{
    public Id<Tally> Id { get; init; } = Id<Tally>.New();

    public long Count { get; set; }

    public Audience Audience { get; set; }

    public long Revision { get; set; }
}

[EventName("ledger.entry_made")]
public sealed record EntryMade(int Number);

public abstract class LedgerDb(DbContextOptions options, DbHouse house) : ModuleDb(options, house)
{
    public override string Module => "ledger";

    public DbSet<Entry> Entries => Set<Entry>();

    public DbSet<Consequence> Consequences => Set<Consequence>();

    public DbSet<Tally> Tallies => Set<Tally>();

    protected override void Map(ModelBuilder model) => model.Entity<Entry>().HasIndex(e => e.Number).IsUnique();
}

public sealed class SqliteLedgerDb(DbContextOptions<SqliteLedgerDb> options, DbHouse house) : LedgerDb(options, house);

public sealed class PostgresLedgerDb(DbContextOptions<PostgresLedgerDb> options, DbHouse house) : LedgerDb(options, house);

/// <summary>Not idempotent on purpose: a second delivery would show.</summary>
public sealed class CountEntry(LedgerDb db) : IReaction<EntryMade>
{
    public Task HandleAsync(EntryMade happened, CancellationToken ct)
    {
        db.Consequences.Add(new() { Number = happened.Number });
        return Task.CompletedTask;
    }
}

/// <summary>Appends a line to a file beside the database: the world outside.</summary>
public sealed class TellOutside(HousePaths paths) : IEffect<EntryMade>
{
    private static readonly SemaphoreSlim OneAtATime = new(1);

    public async Task HandleAsync(EntryMade happened, Delivery delivery, CancellationToken ct)
    {
        await OneAtATime.WaitAsync(ct);
        try
        {
            await File.AppendAllTextAsync(Path.Combine(paths.DataFolder, "outside.txt"), $"{happened.Number} {delivery.Id}\n", ct);
        }
        finally
        {
            OneAtATime.Release();
        }
    }
}
