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
    protected override void Configure(IServiceCollection services) => services.AddScoped<IThingSource, Bench>().AddScoped<IDiscussionFollowers, Bench>();

    /// <summary>Changes a setting of the house.</summary>
    public Task SetAsync(string key, string value) => SetAsync(this, key, value);

    public static Task SetAsync(TestHouse house, string key, string value) => house.InScopeAsync(async services =>
    {
        await services.GetRequiredService<HouseSettings>().ChangeAsync(services.GetRequiredService<KernelDb>(), Actor.System, new Dictionary<string, string> { [key] = value }, CancellationToken.None);
        return true;
    });
}
