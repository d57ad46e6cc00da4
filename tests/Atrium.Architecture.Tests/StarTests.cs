using System.Reflection;
using Atrium.Kernel.Modules;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Atrium.Architecture.Tests;

public class StarTests
{
    private static readonly string[] Platform = ["Atrium.Kernel", "Atrium.Contracts", "Atrium.Web"];

    public static IEnumerable<TheoryDataRow<string>> Rooms => Modules.All.Select(m => m.GetType().Assembly.GetName().Name!).Where(n => !Platform.Contains(n)).Distinct().Select(n => new TheoryDataRow<string>(n));

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_module_references_the_platform_and_nothing_else_of_ours(string room)
    {
        var foreign = Assembly.Load(room).GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("Atrium", StringComparison.Ordinal)).Except(Platform);
        Assert.Empty(foreign);
    }

    [Theory]
    [MemberData(nameof(Rooms))]
    public void Only_the_front_door_of_a_module_is_public(string room)
    {
        // Components and migrations are made public by the tools that write them.
        var open = Assembly.Load(room).GetExportedTypes()
            .Where(t => !typeof(IModule).IsAssignableFrom(t) && !typeof(IComponent).IsAssignableFrom(t) && !typeof(Migration).IsAssignableFrom(t) && !t.IsNested)
            .Where(t => t.Name is not "_Imports");
        Assert.Empty(open.Select(t => t.FullName));
    }

    [Fact]
    public void The_doors_know_only_the_platforms_small_types() =>
        Assert.Equal(["Atrium.Kernel"], typeof(Contracts.Accounts.IMembers).Assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("Atrium", StringComparison.Ordinal)));

    [Fact]
    public void Nothing_is_named_after_having_no_name()
    {
        string[] empty = ["Manager", "Helper", "Helpers", "Util", "Utils", "Service"];
        var ours = Modules.All.Select(m => m.GetType().Assembly).Distinct().Append(typeof(Contracts.Accounts.IMembers).Assembly);
        Assert.Empty(ours.SelectMany(a => a.GetTypes()).Where(t => empty.Any(e => t.Name.EndsWith(e, StringComparison.Ordinal))).Select(t => t.FullName));
    }
}
