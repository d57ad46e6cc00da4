using Atrium.Kernel.Data;
using Atrium.Kernel.Outbox;
using Atrium.Kernel.Settings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Kernel.Modules;

/// <summary>Where a module registers what it brings. Other parts of the platform add their extension points as extension methods.</summary>
public sealed class ModuleBuilder(string name, IServiceCollection services, IConfiguration configuration, HousePaths paths, DbProvider provider)
{
    private Type? _db;

    public string Name { get; } = name;

    public IServiceCollection Services { get; } = services;

    public IConfiguration Configuration { get; } = configuration;

    public HousePaths Paths { get; } = paths;

    /// <summary>The module's context: the abstract type that use cases take, and its two thin sealed ones.</summary>
    public ModuleBuilder Database<TDb, TSqlite, TPostgres>()
        where TDb : ModuleDb where TSqlite : TDb where TPostgres : TDb
    {
        _db = typeof(TDb);
        Services.AddModuleDb<TDb, TSqlite, TPostgres>(Name, provider);
        return this;
    }

    /// <summary>Does <typeparamref name="THandler"/> inside this module's database when <typeparamref name="TEvent"/> happened.</summary>
    public ModuleBuilder On<TEvent, THandler>() where TEvent : class where THandler : class, IReaction<TEvent>
    {
        Services.AddSingleton(new Subscription(typeof(TEvent), $"{Name}/{typeof(THandler).Name}", typeof(THandler), _db ?? throw new InvalidOperationException("Register the database first.")));
        return this;
    }

    /// <summary>Does <typeparamref name="THandler"/> outside the database when <typeparamref name="TEvent"/> happened.</summary>
    public ModuleBuilder Effect<TEvent, THandler>() where TEvent : class where THandler : class, IEffect<TEvent>
    {
        Services.AddSingleton(new Subscription(typeof(TEvent), $"{Name}/{typeof(THandler).Name}", typeof(THandler), null));
        return this;
    }

    /// <summary>Runs <typeparamref name="TWork"/> by <paramref name="cron"/> (five fields, UTC).</summary>
    public ModuleBuilder Recurring<TWork>(string cron) where TWork : class, IRecurringWork
    {
        Services.AddSingleton(new Recurring($"{Name}/{typeof(TWork).Name}", cron, typeof(TWork)));
        return this;
    }

    public ModuleBuilder Setting(params ReadOnlySpan<Setting> settings)
    {
        foreach (var setting in settings) Services.AddSingleton(setting);
        return this;
    }

    /// <summary>Something that roles may be given or denied.</summary>
    public ModuleBuilder Permission(string key, string title, Role from = Role.Member)
    {
        Services.AddSingleton(new Permission(key, title, Name, from));
        return this;
    }

    /// <summary>An OAuth scope that this module's API asks for.</summary>
    public ModuleBuilder Scope(string key, string title)
    {
        Services.AddSingleton(new ApiScope(key, title));
        return this;
    }
}
