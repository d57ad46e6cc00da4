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
        this RouteGroupBuilder api, string method, [StringSyntax("Route")] string path, string name, string summary, string scope, Delegate handler, RateClass? rate = null)
    {
        // Mastodon's own framework takes PUT and PATCH for one another, and some apps send the other one.
        if (Twin(method) is { } twin) Map(api, twin, path, handler, scope, rate).ExcludeFromDescription();
        return Map(api, method, path, handler, scope, rate).WithName("mastodon" + char.ToUpperInvariant(name[0]) + name[1..]).WithSummary(summary);
    }

    /// <summary>A route for everyone; a token that is shown must be allowed it.</summary>
    public static RouteHandlerBuilder Open(this RouteGroupBuilder api, string method, [StringSyntax("Route")] string path, string name, string summary, string scope, Delegate handler) =>
        api.Mine(method, path, name, summary, scope, handler).AllowAnonymous();

    /// <summary>Says that something newer took its place (RFC 9745): since when, in seconds of Unix.</summary>
    public static RouteHandlerBuilder Deprecated(this RouteHandlerBuilder route, int year, int month, int day)
    {
        var since = $"@{new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds()}";
        return route.AddEndpointFilter((context, next) =>
        {
            context.HttpContext.Response.Headers["Deprecation"] = since;
            return next(context);
        });
    }

    private static RouteHandlerBuilder Map(RouteGroupBuilder api, string method, [StringSyntax("Route")] string path, Delegate handler, string scope, RateClass? rate) =>
        api.MapMethods(path, [method], handler).WithMetadata(new NeedsScope(scope), new HasRateClass(rate ?? Usual(method)));

    private static string? Twin(string method) => HttpMethods.IsPut(method) ? HttpMethods.Patch : HttpMethods.IsPatch(method) ? HttpMethods.Put : null;

    private static RateClass Usual(string method) => HttpMethods.IsGet(method) ? RateClass.Read : RateClass.Write;
}
