using Atrium.Kernel;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using static Atrium.Home.PageAnswers;

namespace Atrium.Home;

/// <summary><c>/</c>: a member's dashboard; for others the way in.</summary>
internal static class DashboardPages
{
    public static void Map(RouteGroupBuilder pages) => pages.MapGet("/", HandleAsync).AllowAnonymous();

    private static async Task<IResult> HandleAsync(LoadDashboard dashboard, HouseSettings settings, Actor actor, CancellationToken ct) => actor.IsMember
        ? Show<DashboardPage>(new { Model = await dashboard.HandleAsync(actor, ct) })
        : Show<FrontPage>(new { Name = await settings.TextAsync(KernelModule.HouseName, ct), Tagline = await settings.TextAsync(KernelModule.Tagline, ct) });
}
