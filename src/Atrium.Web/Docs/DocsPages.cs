using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Http.Description;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Web;

/// <summary><c>/docs</c>: the reference of the API, rendered from the same documents that programs read.</summary>
internal static class DocsPages
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/docs", Index).AllowAnonymous().ExcludeFromDescription().Rate(RateClass.Read);
        app.MapGet("/docs/{system}", SystemAsync).AllowAnonymous().ExcludeFromDescription().Rate(RateClass.Read);
    }

    // A module without an API of its own has nothing to describe.
    private static RazorComponentResult<DocsIndex> Index(IEnumerable<DescribedSystem> systems, IEnumerable<Kernel.Modules.ApiScope> scopes, EndpointDataSource endpoints) =>
        new(new { Systems = systems.Select(s => s.Name).Where(endpoints.Endpoints.Select(e => e.Metadata.GetMetadata<IEndpointGroupNameMetadata>()?.EndpointGroupName).Contains).ToList(), Scopes = scopes.OrderBy(s => s.Key, StringComparer.Ordinal).ToList() });

    private static async Task<RazorComponentResult<DocsSystem>> SystemAsync(string system, IServiceProvider services, CancellationToken ct)
    {
        var provider = services.GetKeyedService<IOpenApiDocumentProvider>(system) ?? throw Refusal.NotFound();
        var document = await provider.GetOpenApiDocumentAsync(ct);
        return new(new { System = system, Intro = document.Info.Description ?? "", Operations = DocsOperation.Read(document) });
    }
}
