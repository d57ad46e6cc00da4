using Atrium.Kernel.Modules;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Kernel.Data;

internal static class DataRegistration
{
    // To make a context costs more than most of what is asked of it, so a scope borrows one.
    private const int MostKept = 64;

    // EF Core counts ten for each statement it translated, and keeps a thousand of them: less than one house asks, so that it would
    // translate and compile the same ones again and again.
    private static readonly MemoryCache Translated = new(new MemoryCacheOptions { SizeLimit = 200_000 });

    public static void AddModuleDb<TDb, TSqlite, TPostgres>(this IServiceCollection services, string module, DbProvider provider)
        where TDb : ModuleDb where TSqlite : TDb where TPostgres : TDb
    {
        services.AddSingleton(new ModuleDatabase(module, typeof(TDb)));
        // The migration tool wants to see both; a running house has one.
        if (provider == DbProvider.Sqlite || EF.IsDesignTime) services.AddDbContextPool<TSqlite>((sp, o) => Use(o, sp, module, DbProvider.Sqlite), MostKept);
        if (provider == DbProvider.Postgres || EF.IsDesignTime) services.AddDbContextPool<TPostgres>((sp, o) => Use(o, sp, module, DbProvider.Postgres), MostKept);
        services.AddScoped<TDb>(provider == DbProvider.Sqlite ? sp => Afresh(sp.GetRequiredService<TSqlite>()) : sp => Afresh(sp.GetRequiredService<TPostgres>()));
    }

    private static TDb Afresh<TDb>(TDb db) where TDb : ModuleDb
    {
        db.BeginAfresh();
        return db;
    }

    private static void Use(DbContextOptionsBuilder options, IServiceProvider services, string module, DbProvider provider)
    {
        var house = services.GetRequiredService<DbHouse>();
        if (provider == DbProvider.Sqlite)
        {
            options.UseSqlite(
                house.Provider == provider ? house.ConnectionString : "Data Source=design.db",
                // A set is one parameter: as a parameter each, every length would be a statement of its own, which EF never keeps.
                o => o.MigrationsHistoryTable($"{module}_migrations").UseParameterizedCollectionMode(ParameterTranslationMode.Parameter));
            options.AddInterceptors(services.GetRequiredService<PragmaInterceptor>(), services.GetRequiredService<GateInterceptor>());
        }
        else
        {
            options.UseNpgsql(house.Provider == provider ? house.ConnectionString : "Host=localhost", o => o.MigrationsHistoryTable($"{module}_migrations"));
        }

        options.UseMemoryCache(Translated);
        options.UseSnakeCaseNamingConvention();
        options.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
        options.ReplaceService<IValueConverterSelector, IdConverterSelector>();
        options.AddInterceptors(services.GetServices<IInterceptor>());
        options.ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning));
        options.EnableServiceProviderCaching();
    }

    /// <summary>Lets the server keep the plans of what is asked often, unless the connection string says otherwise: a pooler between may not bear it.</summary>
    public static string CompletePostgres(string connectionString) =>
        connectionString.Contains("Auto Prepare", StringComparison.OrdinalIgnoreCase) ? connectionString : $"{connectionString.TrimEnd(';')};Max Auto Prepare=128";

    /// <summary>Completes a SQLite connection string: private cache, pooling, foreign keys.</summary>
    public static string Complete(string connectionString) => new SqliteConnectionStringBuilder(connectionString)
    {
        Cache = SqliteCacheMode.Private,
        Pooling = true,
        DefaultTimeout = 30,
    }.ToString();
}
