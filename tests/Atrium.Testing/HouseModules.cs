using Atrium.Accounts;
using Atrium.Home;
using Atrium.Kernel.Modules;
using Atrium.Web;

namespace Atrium.Testing;

/// <summary>What every module's suite runs with: the platform, Accounts and Home, and nothing else but the module itself.</summary>
public static class HouseModules
{
    public static IReadOnlyList<IModule> Always { get; } =
    [
        new KernelModule(),
        new WebModule(),
        new AccountsModule(),
        new HomeModule(),
    ];
}
