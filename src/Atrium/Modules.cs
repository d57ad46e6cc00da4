using Atrium.Kernel.Modules;
using Atrium.Web;

namespace Atrium;

/// <summary>The rooms of this house. Adding one is one line here.</summary>
public static class Modules
{
    public static IReadOnlyList<IModule> All { get; } =
    [
        new KernelModule(),
        new WebModule(),
    ];
}
