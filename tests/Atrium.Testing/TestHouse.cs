using System.Globalization;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Outbox;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Npgsql;
using Xunit;

namespace Atrium.Testing;

/// <summary>
/// A running house for one test assembly: a real server on a free port, an empty data folder, a real database: SQLite, or
/// PostgreSQL when <c>ATRIUM_TEST_POSTGRES</c> names a server. Derive one per assembly and make it an assembly fixture.
/// </summary>
public class TestHouse(params IModule[] rooms) : IAsyncLifetime
{
    private static readonly TimeSpan Standstill = TimeSpan.FromMinutes(2);
    private static int _people;
    private readonly string? _postgres = Environment.GetEnvironmentVariable("ATRIUM_TEST_POSTGRES") is { Length: > 0 } server ? server : null;
    private WebApplication? _app;
    private string? _database;

    /// <summary>The house's data folder.</summary>
    public string DataFolder { get; } = Path.Combine(Path.GetTempPath(), "atrium-tests", RandomKey.New(16));

    /// <summary>Where it listens, without a slash at the end.</summary>
    public string Url { get; private set; } = "";

    public bool OnPostgres => _postgres is not null;

    public IServiceProvider Services => _app!.Services;

    /// <summary>A house whose clock a test moves overrides this.</summary>
    protected virtual TimeProvider Clock => TimeProvider.System;

    /// <summary>False lets a test drain the outbox itself.</summary>
    protected virtual bool WorkersRun => true;

    /// <summary>What the rooms stand on; a suite of the platform itself needs less.</summary>
    protected virtual IReadOnlyList<IModule> Foundation => HouseModules.Always;

    /// <summary>Settings beside the usual ones.</summary>
    protected virtual IEnumerable<KeyValuePair<string, string?>> Configuration => [];

    /// <summary>Replaces the far ends of the outside world.</summary>
    protected virtual void Configure(IServiceCollection services) { }

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Development", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        // A violated index or a lost race is how the house learns of it, not a fault to print.
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.EntityFrameworkCore", LogLevel.None).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error).AddFilter("Microsoft.AspNetCore.StaticFiles", LogLevel.Error);
        // What a house sets for itself wins over the usual.
        builder.Configuration.AddInMemoryCollection(new List<KeyValuePair<string, string?>>(
        [
            new("RateLimits:On", "false"), new("Outbound:AllowPrivate", "true"), new("Accounts:PasswordIterations", "1000"), new("Role", WorkersRun ? "all" : "web"),
            new("ConnectionStrings:Atrium", await DatabaseAsync()),
            .. Configuration,
        ]).GroupBy(setting => setting.Key).Select(setting => setting.Last()));
        builder.Services.AddSingleton(Clock);
        builder.Services.AddSingleton<IInterceptor, StatementCounter>();
        builder.Services.AddTransient<IStartupFilter, HarnessSignIn>();
        builder.AddHouse(DataFolder, [.. Foundation, .. rooms]);
        Configure(builder.Services);
        _app = builder.Build();
        _app.UseHouse();
        await _app.Services.GetRequiredService<Migrator>().MigrateAsync(CancellationToken.None);
        await _app.StartAsync();
        Url = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        await OpenedAsync();
    }

    /// <summary>Called once the house answers.</summary>
    protected virtual Task OpenedAsync() => Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_app is not null)
        {
            await _app.StopAsync();
            await _app.DisposeAsync();
        }

        if (_database is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await ExecuteAsync($"DROP DATABASE IF EXISTS {_database} WITH (FORCE)");
        }

        if (Directory.Exists(DataFolder)) Directory.Delete(DataFolder, recursive: true);
    }

    /// <summary>A new member with a handle of their own, signed in.</summary>
    public async Task<Person> PersonAsync(string name = "person", Role role = Role.Member, string timeZone = "Europe/Berlin", string culture = "en-GB")
    {
        var handle = string.Create(CultureInfo.InvariantCulture, $"{name}{Interlocked.Increment(ref _people)}");
        await using var scope = Services.CreateAsyncScope();
        var registry = scope.ServiceProvider.GetRequiredService<IMemberRegistry>();
        var id = await registry.AddAsync(new(handle, $"{handle}@example.org", Person.Password, char.ToUpperInvariant(name[0]) + name[1..], role, timeZone, culture), CancellationToken.None);
        return new(this, id, handle, role, timeZone, culture);
    }

    /// <summary>Somebody who is not signed in.</summary>
    public Caller Stranger() => new(this, null);

    /// <summary>
    /// Handles everything that is due, so that a test sees all effects of what it did. The house's own worker may hold a message while
    /// the test drains: that is waited for.
    /// </summary>
    public Task DrainAsync() => DrainAsync(TimeSpan.Zero);

    /// <summary>As <see cref="DrainAsync()"/>, and what failed once is tried again within seconds. A clock that only the test moves brings no second try.</summary>
    public Task SettledAsync() => DrainAsync(Clock == TimeProvider.System ? TimeSpan.FromSeconds(3) : TimeSpan.Zero);

    private async Task DrainAsync(TimeSpan ahead)
    {
        var dispatcher = Services.GetRequiredService<OutboxDispatcher>();
        if (!WorkersRun)
        {
            await dispatcher.DrainAsync(CancellationToken.None);
            return;
        }

        // Effects have effects of their own, hence the waves; what other tests add meanwhile, and what fails again, is not waited for.
        // Nor is there a limit while work goes on: behind other tests' thousands it may take minutes.
        var until = TimeProvider.System.GetUtcNow() + Standstill;
        for (var wave = 0; wave < 6; wave++)
        {
            var (mark, due) = (Id<OutboxMessage>.New(), Clock.GetUtcNow() + ahead);
            if (!await WaitsAsync(mark, due)) return;
            do
            {
                var (inside, outside) = (await dispatcher.RunOnceAsync(outside: false, CancellationToken.None), await dispatcher.RunOnceAsync(outside: true, CancellationToken.None));
                var now = TimeProvider.System.GetUtcNow();
                if (inside.Handled + outside.Handled > 0) until = now + Standstill;
                else if (now < until) await Task.Delay(10);
                else Assert.Fail("The outbox did not settle:\n" + await WaitingAsync());
            }
            while (await WaitsAsync(mark, due));
        }
    }

    // One statement: between two, a message could leave the table that is still to be asked and arrive in the one that was.
    // What was there is told by ids, which never go back: a machine's clock that is set back between made a message look as if it came later.
    private async Task<bool> WaitsAsync(Id<OutboxMessage> mark, DateTimeOffset due)
    {
        await using var scope = Services.CreateAsyncScope();
        var databases = Services.GetServices<ModuleDatabase>().ToList();
        var db = databases[0].In(scope);
        var waits = false;
        var tables = databases.Select(d => $"EXISTS (SELECT 1 FROM {d.Module}_outbox WHERE dead_at IS NULL AND id <= {{0}} AND (due_at <= {{1}} OR due_at <= created_at))");
        await db.ReadSqlAsync($"SELECT 1 WHERE {string.Join(" OR ", tables)}", [mark.Value, db.Instant(due)], _ => waits = true, CancellationToken.None);
        return waits;
    }

    private async Task<string> WaitingAsync()
    {
        await using var scope = Services.CreateAsyncScope();
        List<string> waiting = [];
        foreach (var database in Services.GetServices<ModuleDatabase>())
            waiting.AddRange((await database.In(scope).Outbox.Where(m => m.DeadAt == null).OrderBy(m => m.DueAt).Take(20).ToListAsync())
                .Select(m => $"{m.Event} to {m.Subscriber} for {m.PartitionKey}, due {m.DueAt:O}, held until {m.LeasedUntil:O}, {m.Attempts} attempts: {m.LastError}"));
        return string.Join('\n', waiting);
    }

    /// <summary>Runs recurring work now, by its class name.</summary>
    public async Task RunRecurringAsync(string work)
    {
        var entry = Services.GetServices<Recurring>().Single(r => r.Work.Name == work);
        await Services.GetRequiredService<RecurringWorker>().RunAsync(entry, CancellationToken.None);
    }

    /// <summary>Does <paramref name="work"/> with services of one scope, as <paramref name="actor"/>.</summary>
    public async Task<T> InScopeAsync<T>(Func<IServiceProvider, Task<T>> work, Actor? actor = null)
    {
        await using var scope = Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Kernel.Http.CurrentActor>().Actor = actor ?? Actor.System;
        return await work(scope.ServiceProvider);
    }

    private async Task<string?> DatabaseAsync()
    {
        if (_postgres is null) return null;
        _database = "atrium_test_" + Convert.ToHexStringLower(Guid.CreateVersion7().ToByteArray());
        await ExecuteAsync($"CREATE DATABASE {_database}");
        return new NpgsqlConnectionStringBuilder(_postgres) { Database = _database, MaxPoolSize = 40 }.ToString();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_postgres);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
