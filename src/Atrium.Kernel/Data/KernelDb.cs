using Atrium.Kernel.Files;
using Atrium.Kernel.Http;
using Atrium.Kernel.Operations;
using Atrium.Kernel.Outbox;
using Atrium.Kernel.Settings;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Kernel.Data;

/// <summary>The platform's own tables.</summary>
public abstract class KernelDb(DbContextOptions options, DbHouse house) : ModuleDb(options, house)
{
    internal const string Name = "kernel";

    public override string Module => Name;

    public DbSet<StoredSetting> Settings => Set<StoredSetting>();

    public DbSet<StoredDataKey> DataKeys => Set<StoredDataKey>();

    public DbSet<Operation> Operations => Set<Operation>();

    public DbSet<RecurringRun> RecurringRuns => Set<RecurringRun>();

    public DbSet<IdempotentAnswer> IdempotentAnswers => Set<IdempotentAnswer>();

    public DbSet<FileRecord> Files => Set<FileRecord>();

    public DbSet<BlobRow> Blobs => Set<BlobRow>();

    protected override void Map(ModelBuilder model)
    {
        FileTables.Map(model);
        model.Entity<StoredSetting>().HasKey(s => s.Key);
        model.Entity<StoredDataKey>().HasKey(k => k.Name);
        model.Entity<RecurringRun>().HasKey(r => r.Name);
        model.Entity<Operation>(o =>
        {
            o.HasIndex(x => new { x.OwnerId, x.Id });
            o.HasIndex(x => new { x.State, x.Id });
        });
        model.Entity<IdempotentAnswer>(a =>
        {
            a.HasKey(x => x.Key);
            a.HasIndex(x => x.CreatedAt);
        });
    }
}

internal sealed class SqliteKernelDb(DbContextOptions<SqliteKernelDb> options, DbHouse house) : KernelDb(options, house);

internal sealed class PostgresKernelDb(DbContextOptions<PostgresKernelDb> options, DbHouse house) : KernelDb(options, house);
