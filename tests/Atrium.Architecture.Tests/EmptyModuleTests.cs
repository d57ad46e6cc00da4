using System.Net;
using Atrium.Kernel.Modules;
using Atrium.Testing;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Architecture.Tests;

/// <summary>A module that does nothing at all: one class.</summary>
public sealed class EmptyModule : IModule
{
    public string Name => "empty";

    public void Register(ModuleBuilder module) { }

    public void Map(IEndpointRouteBuilder app) { }
}

/// <summary>The whole house with one module more: one line.</summary>
public sealed class HouseWithAnEmptyRoom() : TestHouse([.. Modules.All.ExceptBy(HouseModules.Always.Select(m => m.Name), m => m.Name), new EmptyModule()]);

public sealed class EmptyModuleTests(HouseWithAnEmptyRoom house) : IClassFixture<HouseWithAnEmptyRoom>
{
    [Fact]
    public async Task An_empty_module_is_one_class_and_one_line_and_the_house_runs_with_it()
    {
        using var person = await house.PersonAsync();
        (await person.PageAsync("/")).Ok();
        (await person.GetAsync("/api/tasks/projects")).Ok();
        (await person.GetAsync("/openapi/empty.json")).Ok();
        (await person.GetAsync("/api/empty")).Is(HttpStatusCode.NotFound);
        await house.DrainAsync();
    }

    [Fact]
    public async Task The_plan_of_the_house_shows_how()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "Atrium.slnx"))) root = root.Parent;
        var plan = await File.ReadAllTextAsync(Path.Combine(root.FullName, "docs", "architecture.md"), TestContext.Current.CancellationToken);
        Assert.Contains("## Adding a module", plan, StringComparison.Ordinal);
        Assert.Contains(": IModule", plan, StringComparison.Ordinal);
        Assert.Contains("src/Atrium/Modules.cs", plan, StringComparison.Ordinal);
    }
}
