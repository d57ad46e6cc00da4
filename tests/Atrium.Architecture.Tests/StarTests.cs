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
        // Razor makes components public, and with them what they take as parameters; migrations are written by a tool.
        var all = Assembly.Load(room).GetExportedTypes();
        var shown = new HashSet<Type>();
        foreach (var component in all.Where(typeof(IComponent).IsAssignableFrom)) Show(component, shown);
        var open = all.Where(t => !typeof(IModule).IsAssignableFrom(t) && !typeof(Migration).IsAssignableFrom(t) && !t.IsNested && t.Name != "_Imports" && !shown.Contains(t));
        Assert.Empty(open.Select(t => t.FullName));
    }

    private static void Show(Type type, HashSet<Type> shown)
    {
        if (type.HasElementType) type = type.GetElementType()!;
        if (type.IsGenericType)
            foreach (var argument in type.GetGenericArguments()) Show(argument, shown);
        if (type.Namespace?.StartsWith("Atrium", StringComparison.Ordinal) != true || !shown.Add(type)) return;
        if (type.DeclaringType is { } outer) shown.Add(outer);
        if (type.BaseType is { } parent) Show(parent, shown);
        foreach (var property in type.GetProperties()) Show(property.PropertyType, shown);
    }

    [Fact]
    public void The_doors_know_only_the_platforms_small_types() =>
        Assert.Equal(["Atrium.Kernel"], typeof(Contracts.Accounts.IMembers).Assembly.GetReferencedAssemblies().Select(a => a.Name!).Where(n => n.StartsWith("Atrium", StringComparison.Ordinal)));

    [Fact]
    public void Nothing_is_named_after_having_no_name()
    {
        string[] empty = ["Manager", "Helper", "Helpers", "Util", "Utils", "Service"];
        var ours = Modules.All.Select(m => m.GetType().Assembly).Distinct().Append(typeof(Contracts.Accounts.IMembers).Assembly);
        Assert.Empty(ours.SelectMany(a => a.GetTypes()).Where(t => t.Namespace?.StartsWith("Atrium", StringComparison.Ordinal) == true).Where(t => empty.Any(e => t.Name.EndsWith(e, StringComparison.Ordinal))).Select(t => t.FullName));
    }
}
