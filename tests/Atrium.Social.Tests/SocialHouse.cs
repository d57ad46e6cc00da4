using Atrium.Contracts.Home;
using Atrium.Contracts.Social;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Settings;
using Atrium.Social;
using Atrium.Social.Tests;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(SocialHouse))]

namespace Atrium.Social.Tests;

/// <summary>A house with Social and nothing else but the platform. Each test has people of its own.</summary>
public sealed class SocialHouse() : TestHouse(new SocialModule())
{
    protected override void Configure(IServiceCollection services) => WithBench(services);

    /// <summary>Adds the tests' own things, which can be discussed.</summary>
    public static IServiceCollection WithBench(IServiceCollection services) => services.AddScoped<IThingSource, Bench>().AddScoped<IDiscussionFollowers, Bench>();

    // Every test may build on them, and none changes them: a test with settings of its own has a house of its own.
    protected override Task OpenedAsync() => SetAsync(this, "social.rules", "Be kind | Always\nNo advertising");

    /// <summary>Changes a setting of a house that no other test is in.</summary>
    public static Task SetAsync(TestHouse house, string key, string value) => house.InScopeAsync(async services =>
    {
        await services.GetRequiredService<HouseSettings>().ChangeAsync(services.GetRequiredService<KernelDb>(), Actor.System, new Dictionary<string, string> { [key] = value }, CancellationToken.None);
        return true;
    });
}
