using Atrium.Accounts;
using Atrium.Home;
using Atrium.Kernel.Modules;
using Atrium.Social;
using Atrium.Tasks;
using Atrium.Web;

namespace Atrium;

/// <summary>The rooms of this house. Adding one is one line here.</summary>
public static class Modules
{
    public static IReadOnlyList<IModule> All { get; } =
    [
        new KernelModule(),
        new WebModule(),
        new AccountsModule(),
        new HomeModule(),
        new TasksModule(),
        new SocialModule(),
    ];
}
