using Atrium.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Modules;
using Atrium.Testing;
using Atrium.Web;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(Atrium.Home.Tests.HomeHouse))]

namespace Atrium.Home.Tests;

/// <summary>A house with one more room, whose things, kinds and dates the tests make up.</summary>
public sealed class HomeHouse() : TestHouse([.. new IModule[] { new WebModule(), new AccountsModule(), new HomeModule(), new SampleRoom() }.ExceptBy(HouseModules.Always.Select(m => m.Name), m => m.Name)])
{
    public SampleState Sample => Services.GetRequiredService<SampleState>();

    /// <summary>Publishes an event as a room would: from a transaction of its own.</summary>
    public Task PublishAsync<TEvent>(TEvent happened) where TEvent : class => InScopeAsync(async services =>
    {
        var db = services.GetRequiredService<KernelDb>();
        db.Publish(happened);
        return await db.SaveChangesAsync();
    });

    /// <summary>Raises a notification about a new thing of the sample room and waits until it is delivered.</summary>
    public async Task<Thing> TellAsync(IReadOnlyList<Person> to, string title = "Bread", Person? by = null, Audience? audience = null, string kind = SampleRoom.Told, string? once = null, Thing? about = null)
    {
        var thing = about ?? Sample.Add(title, audience ?? Audience.Members);
        await PublishAsync(new NotificationRaised(kind, [.. to.Select(p => p.Id)], thing, by?.Id, $"Something about {title}", Once: once));
        await DrainAsync();
        return thing;
    }
}
