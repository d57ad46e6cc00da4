using Atrium.Kernel.Modules;

namespace Atrium;

/// <summary>The rooms of this house. Adding one is one line here.</summary>
public static class Modules
{
    public static IReadOnlyList<IModule> All { get; } =
    [
        new KernelModule(),
        new Home.HomeModule(),
    ];
}
