using Atrium.Kernel.Http;
using Atrium.Kernel.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace Atrium.Web;

/// <summary>The platform's pages: the frame, the kit and their assets, in every house.</summary>
public sealed class WebModule : IModule
{
    public string Name => "web";

    public void Register(ModuleBuilder module) => AddKit(module.Services).AddScoped<IShell, HouseShell>();

    public void Map(IEndpointRouteBuilder app)
    {
        WebAssets.Map(app);
        DocsPages.Map(app);
        if (app.ServiceProvider.GetRequiredService<IHostEnvironment>().IsDevelopment()) UiPages.Map(app);
    }

    /// <summary>What components need wherever they are rendered.</summary>
    public static IServiceCollection AddKit(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<AssetUrls>();
        services.TryAddSingleton<IRefusalPages, RefusalPages>();
        return services;
    }
}
