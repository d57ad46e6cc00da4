using Atrium.Kernel.Modules;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Kernel.Data;

internal static class DataRegistration
{
    public static void AddModuleDb<TDb, TSqlite, TPostgres>(this IServiceCollection services, string module, DbProvider provider)
        where TDb : ModuleDb where TSqlite : TDb where TPostgres : TDb
    {
        services.AddSingleton(new ModuleDatabase(module, typeof(TDb)));
        // The migration tool wants to see both; a running house has one.
        if (provider == DbProvider.Sqlite || EF.IsDesignTime) services.AddDbContext<TSqlite>((sp, o) => Use(o, sp, module, DbProvider.Sqlite), optionsLifetime: ServiceLifetime.Singleton);
        if (provider == DbProvider.Postgres || EF.IsDesignTime) services.AddDbContext<TPostgres>((sp, o) => Use(o, sp, module, DbProvider.Postgres), optionsLifetime: ServiceLifetime.Singleton);
        services.AddScoped<TDb>(provider == DbProvider.Sqlite ? sp => sp.GetRequiredService<TSqlite>() : sp => sp.GetRequiredService<TPostgres>());
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

        options.UseSnakeCaseNamingConvention();
        options.UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
        options.ReplaceService<IValueConverterSelector, IdConverterSelector>();
        options.AddInterceptors(services.GetServices<IInterceptor>());
        options.ConfigureWarnings(w => w.Ignore(RelationalEventId.PendingModelChangesWarning));
        options.EnableServiceProviderCaching();
    }

    /// <summary>Completes a SQLite connection string: private cache, pooling, foreign keys.</summary>
    public static string Complete(string connectionString) => new SqliteConnectionStringBuilder(connectionString)
    {
        Cache = SqliteCacheMode.Private,
        Pooling = true,
        DefaultTimeout = 30,
    }.ToString();
}
