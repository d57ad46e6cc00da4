using System.Text;
using Atrium.Kernel.Data;
using Atrium.Kernel.Http;
using Atrium.Kernel.Http.Description;
using Atrium.Kernel.Live;
using Atrium.Kernel.Mail;
using Atrium.Kernel.Outbound;
using Atrium.Kernel.Outbox;
using Atrium.Kernel.Push;
using Atrium.Kernel.Search;
using Atrium.Kernel.Settings;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Atrium.Kernel.Modules;

/// <summary>Puts a house together from its modules: the same way for the program, its command line and its tests.</summary>
public static class House
{
    /// <summary>Registers the platform and all <paramref name="modules"/>.</summary>
    /// <param name="dataFolder">Made if it is not there.</param>
    /// <exception cref="CannotStart">The data folder cannot be written.</exception>
    public static void AddHouse(this WebApplicationBuilder builder, string dataFolder, IReadOnlyList<IModule> modules)
    {
        var paths = new HousePaths(Path.GetFullPath(dataFolder));
        Prepare(paths);
        builder.Configuration.AddJsonFile(Path.Combine(paths.DataFolder, "atrium.json"), optional: true);

        var configured = builder.Configuration.GetConnectionString("Atrium");
        var provider = configured?.Contains("Host=", StringComparison.OrdinalIgnoreCase) == true ? DbProvider.Postgres : DbProvider.Sqlite;
        var connection = provider == DbProvider.Postgres ? DataRegistration.CompletePostgres(configured!) : DataRegistration.Complete(configured ?? $"Data Source={paths.Database}");

        var services = builder.Services;
        AddPlatform(services, builder.Configuration, paths, provider, connection);
        foreach (var module in modules)
        {
            services.AddSingleton(module);
            services.AddApiDescription(module.Name);
            module.Register(new(module.Name, services, builder.Configuration, paths, provider));
        }

        foreach (var permission in services.Where(s => s.ImplementationInstance is Permission).Select(s => (Permission)s.ImplementationInstance!).ToList())
            services.AddSingleton(RolePermissions.SettingOf(permission));

        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostOfRequest(builder.Configuration);
        });
    }

    /// <summary>The most bytes that one request carries: <c>Limits:RequestBytes</c>.</summary>
    public static long MostOfRequest(IConfiguration configuration) => configuration.GetValue("Limits:RequestBytes", 110 * Files.Sizes.MiB);

    /// <summary>Lays the pipeline and maps what the modules answer.</summary>
    /// <exception cref="CannotStart">A limit is set to what is none.</exception>
    public static void UseHouse(this WebApplication app)
    {
        // What is set wrong is said now, not to whoever asks first.
        _ = app.Services.GetRequiredService<RateLimiter>();
        app.UseForwardedHeaders();
        app.UseMiddleware<SecurityHeadersMiddleware>();
        app.UseMiddleware<AnyOriginMiddleware>();
        app.UseMiddleware<RefusalMiddleware>();
        app.UseWebSockets();
        app.UseRouting();
        app.UseMiddleware<CrossSiteMiddleware>();
        app.UseAuthentication();
        app.UseMiddleware<ActorMiddleware>();
        app.UseMiddleware<RateLimitMiddleware>();
        app.UseAuthorization();
        app.UseMiddleware<ScopeMiddleware>();
        app.UseMiddleware<IdempotencyMiddleware>();
        foreach (var module in app.Services.GetServices<IModule>()) module.Map(app);
        BuiltOnce.Freeze(app);
        app.UseEndpoints(_ => { });
    }

    /// <summary>Builds what answers each address, so that it can happen while the database is opened. Without it the first start builds it last.</summary>
    public static void BuildEndpoints(this WebApplication app) => _ = app.Services.GetRequiredService<EndpointDataSource>().Endpoints;

    private static void AddPlatform(IServiceCollection services, IConfiguration configuration, HousePaths paths, DbProvider provider, string connection)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(paths);
        services.AddOutbound(configuration);
        services.AddMail(configuration, paths.DataFolder);
        services.AddPush(configuration, paths.DataFolder);
        services.AddSingleton<WriteGate>();
        services.AddSingleton<GateInterceptor>();
        services.AddSingleton(new PragmaInterceptor(configuration["Sqlite:Synchronous"] == "FULL" ? "FULL" : "NORMAL"));
        services.AddSingleton<OutboxSignal>();
        services.AddSingleton(sp => new EventRegistry(sp.GetServices<Subscription>()));
        services.AddSingleton<ILiveBus, InProcessBus>();
        services.AddSingleton<Presence>();
        services.AddSingleton<HouseClosing>();
        services.AddSingleton(sp => new DbHouse(
            provider, connection, sp.GetRequiredService<WriteGate>(), sp.GetRequiredService<EventRegistry>(), sp.GetRequiredService<OutboxSignal>(), sp.GetRequiredService<ILiveBus>(), sp.GetRequiredService<TimeProvider>(),
            sp.GetRequiredService<IHttpContextAccessor>()));
        services.AddSingleton<Migrator>();
        services.AddSingleton<Snapshot>();
        services.AddSingleton<Doctor>();
        services.AddSingleton<OutboxDispatcher>();
        services.AddSingleton<RecurringWorker>();
        services.AddSingleton<HouseSettings>();
        services.AddSingleton<RolePermissions>();
        services.AddSingleton<RateLimiter>();
        if (provider == DbProvider.Sqlite) services.AddScoped<ISearch, SqliteSearch>();
        else services.AddScoped<ISearch, PostgresSearch>();
        services.AddScoped<SearchRebuild>();
        services.AddScoped<CurrentActor>();
        services.AddScoped(sp => sp.GetRequiredService<CurrentActor>().Actor);
        if (configuration["Role"] is null or "all" or "worker")
        {
            services.AddHostedService<OutboxWorker>();
            services.AddHostedService(sp => sp.GetRequiredService<RecurringWorker>());
        }

        services.AddSingleton<IAuthorizationMiddlewareResultHandler, RefusalAuthorization>();
        services.AddAuthentication();
        services.AddAuthorization();
        services.AddHttpContextAccessor();
        services.AddRazorComponents();
        var seals = services.AddDataProtection().SetApplicationName("Atrium");
        if (provider == DbProvider.Sqlite) seals.PersistKeysToFileSystem(new(paths.Keys));
        // Nodes share the database and nothing else.
        else services.AddOptions<KeyManagementOptions>().Configure<IServiceScopeFactory>((keys, scopes) => keys.XmlRepository = new DatabaseKeys(scopes));
        services.Configure<JsonOptions>(json => ApiJson.Configure(json.SerializerOptions));
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.Configure<ForwardedHeadersOptions>(configuration.GetSection("ForwardedHeaders"));
        var telemetry = services.AddOpenTelemetry()
            .WithMetrics(m => m.AddMeter("Atrium.*").AddAspNetCoreInstrumentation())
            .WithTracing(t => t.AddSource("Atrium.*").AddAspNetCoreInstrumentation().AddHttpClientInstrumentation());
        if (configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is not null) telemetry.UseOtlpExporter();
    }

    private static void Prepare(HousePaths paths)
    {
        try
        {
            Directory.CreateDirectory(paths.DataFolder);
            Directory.CreateDirectory(paths.Keys);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(paths.Keys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var probe = Path.Combine(paths.DataFolder, ".writable");
            File.WriteAllText(probe, "", Encoding.UTF8);
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CannotStart($"The data folder {paths.DataFolder} cannot be written: {e.Message}", e);
        }
    }
}
