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
        app.MapStaticAssets().AllowAnonymous().Rate(RateClass.Free);
        MapServiceWorker(app);
    }

    /// <summary><c>/sw.js</c>: receives pushes. At the root, because a worker only governs what lies below it.</summary>
    public static void MapServiceWorker(IEndpointRouteBuilder app) =>
        app.MapGet("/sw.js", (IWebHostEnvironment host, HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-cache";
            var file = host.WebRootFileProvider.GetFileInfo("_content/Atrium.Web/js/sw.js");
            return file.Exists ? Results.Stream(file.CreateReadStream(), "text/javascript; charset=utf-8") : Results.NotFound();
        }).AllowAnonymous().ExcludeFromDescription().Rate(RateClass.Free);
}
