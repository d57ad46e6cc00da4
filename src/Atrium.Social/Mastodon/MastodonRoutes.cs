using System.Diagnostics.CodeAnalysis;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social;

/// <summary>How a route of Mastodon's API is mapped: parameters are read once, loosely, and refusals speak Mastodon.</summary>
internal static class MastodonRoutes
{
    /// <summary>The group <c>/api</c> as Mastodon's clients know it.</summary>
    public static RouteGroupBuilder MapMastodon(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/api").WithGroupName(SocialDb.Name).WithTags("mastodon").RequireAuthorization().DisableAntiforgery();
        group.AddEndpointFilter(async (context, next) =>
        {
            await context.HttpContext.RequestServices.GetRequiredService<Wire>().ReadAsync();
            return await next(context);
        });
        group.WithMetadata(new KeepsIdempotency(), new HasMastodonLimits());
        return group;
    }

    /// <summary>A route for whoever is signed in.</summary>
    /// <param name="scope">What a token must be allowed.</param>
    public static RouteHandlerBuilder Mine(
        this RouteGroupBuilder api, string method, [StringSyntax("Route")] string path, string name, string summary, string scope, Delegate handler, RateClass? rate = null) =>
        api.MapMethods(path, [method], handler).WithName("mastodon" + char.ToUpperInvariant(name[0]) + name[1..]).WithSummary(summary).WithMetadata(new NeedsScope(scope), new HasRateClass(rate ?? Usual(method)));

    /// <summary>A route for everyone; a token that is shown must be allowed it.</summary>
    public static RouteHandlerBuilder Open(this RouteGroupBuilder api, string method, [StringSyntax("Route")] string path, string name, string summary, string scope, Delegate handler) =>
        api.Mine(method, path, name, summary, scope, handler).AllowAnonymous();

    private static RateClass Usual(string method) => HttpMethods.IsGet(method) ? RateClass.Read : RateClass.Write;
}
