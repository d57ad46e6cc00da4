using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Web;

/// <summary>Static assets of the house, and the service worker, whose scope is its own address.</summary>
public static class WebAssets
{
    public static void Map(IEndpointRouteBuilder app)
    {
        // A program built without web assets (a suite that looks at no page) has no list of them.
        var host = app.ServiceProvider.GetRequiredService<IWebHostEnvironment>();
        if (File.Exists(Path.Combine(AppContext.BaseDirectory, $"{host.ApplicationName}.staticwebassets.endpoints.json")))
            app.MapStaticAssets().AllowAnonymous().ExcludeFromDescription().Rate(RateClass.Free);
        MapServiceWorker(app);
    }

    /// <summary><c>/sw.js</c>: receives pushes. At the root, because a worker only governs what lies below it.</summary>
    public static void MapServiceWorker(IEndpointRouteBuilder app) => app.MapGet("/sw.js", ServiceWorker).AllowAnonymous().ExcludeFromDescription().Rate(RateClass.Free);

    private static IResult ServiceWorker(IWebHostEnvironment host, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-cache";
        var file = host.WebRootFileProvider.GetFileInfo("_content/Atrium.Web/js/sw.js");
        return file.Exists ? Results.Stream(file.CreateReadStream(), "text/javascript; charset=utf-8") : throw Kernel.Refusal.NotFound();
    }
}
