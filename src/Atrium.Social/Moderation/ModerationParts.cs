using Atrium.Contracts.Home;
using Atrium.Kernel.Modules;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social;

/// <summary>What moderators can do here, and what slows down those who would do harm.</summary>
internal static class ModerationParts
{
    public static void Register(ModuleBuilder module)
    {
        module.Setting(Brakes.Settings).Setting(HouseRules.Setting);
        module.Moderation<ModerateStatus>().Moderation<ModerateAccount>();
        module.Recurring<PurgeModerated>("41 3 * * *");
        module.Services.AddSingleton<BrakeWindows>().AddScoped<Brakes>().AddScoped<Warnings>().AddScoped<EraseAccount>().AddScoped<FileReport>().AddScoped<RememberAccount>().AddSingleton<HouseRules>();
    }
}
