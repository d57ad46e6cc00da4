using Atrium.Web;
using Atrium.Kernel.Modules;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

[assembly: AssemblyFixture(typeof(Atrium.Web.Tests.WebHouse))]
[assembly: AssemblyFixture(typeof(Browser))]
[assembly: ClosesTabs]

namespace Atrium.Web.Tests;

/// <summary>A house with the web platform, two rooms in the rail, and something to create.</summary>
public sealed class WebHouse() : TestHouse(new SampleModule())
{
    protected override IReadOnlyList<IModule> Foundation { get; } = [new KernelModule(), new WebModule()];

    protected override void Configure(IServiceCollection services)
    {
        services.AddSingleton(new Room("tasks", "Tasks", "/tasks", "tasks", 10));
        services.AddSingleton(new Room("chat", "Chat", "/chat", "chat", 20));
        services.AddSingleton(new CreateEntry("Task", "/tasks/new", "tasks", "tasks"));
    }
}
