using Atrium.Contracts.Home;
using Atrium.Social;
using Atrium.Social.Tests;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(SocialHouse))]

namespace Atrium.Social.Tests;

/// <summary>A house with Social and nothing else but the platform. Each test has people of its own.</summary>
public sealed class SocialHouse() : TestHouse(new SocialModule())
{
    protected override void Configure(IServiceCollection services) => services.AddScoped<IThingSource, Bench>();
}
