using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Social;

/// <summary>The face the house shows to other servers.</summary>
internal static class FederationRoutes
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("").ExcludeFromDescription().AllowAnonymous().DisableAntiforgery().AllowCrossSite().Rate(RateClass.Read);
        DomainPolicyApi.Map(app);
        ServeRemoteFile.Map(app);
        DiscoveryRoutes.Map(group);
        ActorRoutes.Map(group);
        foreach (var path in (string[])["/inbox", "/actor/inbox", "/users/{name}/inbox"])
            group.MapPost(path, (HttpContext http, Inbox inbox, CancellationToken ct) => inbox.TakeAsync(http.Request, ct)).Rate(RateClass.Free);
    }

    /// <summary>The addresses people know, <c>/@ada</c> and <c>/@ada/1</c>, are answered as objects to those who ask for such.</summary>
    public static string? ObjectOf(PathString path) => path.Value?.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        [['@', .. var name]] when !name.Contains('@', StringComparison.Ordinal) => "/users/" + name,
        [['@', .. var name], var id] when !name.Contains('@', StringComparison.Ordinal) && id.All(char.IsAsciiDigit) => $"/users/{name}/statuses/{id}",
        _ => null,
    };
}
