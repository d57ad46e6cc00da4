using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Settings;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests.Federation;

/// <summary>A house that exchanges posts with all others.</summary>
public sealed class OpenHouse() : TestHouse(new SocialModule())
{
    // The test hands messages over itself, so that it knows when all have arrived.
    protected override bool WorkersRun => false;

    protected override void Configure(IServiceCollection services) => services.AddScoped<IThingSource, Bench>();

    protected override Task OpenedAsync() => SetAsync("open");

    public Task SetAsync(string mode) => SetAsync(this, mode);

    public static Task SetAsync(TestHouse house, string mode) => house.InScopeAsync(async sp =>
    {
        await sp.GetRequiredService<HouseSettings>().ChangeAsync(sp.GetRequiredService<KernelDb>(), Actor.System, new Dictionary<string, string> { ["social.federation"] = mode }, CancellationToken.None);
        return true;
    });
}

/// <summary>Two houses on loopback that know each other by nothing but their addresses.</summary>
public sealed class TwoHouses : IAsyncLifetime
{
    public OpenHouse North { get; } = new();

    public OpenHouse South { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await North.InitializeAsync();
        await South.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await North.DisposeAsync();
        await South.DisposeAsync();
    }
}

[CollectionDefinition(Name)]
public sealed class FederationCollection : ICollectionFixture<TwoHouses>
{
    public const string Name = "federation";
}
