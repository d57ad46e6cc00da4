using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Http;
using OpenIddict.Server;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Atrium.Accounts.OAuth;

/// <summary>
/// What the pipeline does for every other address, for those that OpenIddict answers itself, before the pipeline is through: a limit
/// per address, and leave for browsers of other origins to read answers that carry their own proof (Fetch, CORS protocol).
/// </summary>
internal sealed class GuardOAuth(RateLimiter limiter) : IOpenIddictServerHandler<ProcessRequestContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } = OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessRequestContext>()
        .UseSingletonHandler<GuardOAuth>()
        .SetOrder(OpenIddictServerHandlers.InferEndpointType.Descriptor.Order + 500)
        .Build();

    public ValueTask HandleAsync(ProcessRequestContext context)
    {
        if (context.EndpointType is OpenIddictServerEndpointType.Unknown or OpenIddictServerEndpointType.Authorization
            or OpenIddictServerEndpointType.EndSession or OpenIddictServerEndpointType.EndUserVerification) return default;

        var http = context.Transaction.GetHttpRequest()!.HttpContext;
        AllowOrigins(http.Response);
        if (HttpMethods.IsOptions(http.Request.Method)) context.SkipRequest();
        if (HttpMethods.IsPost(http.Request.Method))
        {
            var address = RateLimiter.AddressOf(http);
            var left = limiter.Count(RateRule.Of(RateClass.Write)!, "oauth/" + address);
            if (left.IsSpent) throw Refusal.TooMany(left.Reset);
            var failed = limiter.Left(RateRule.FailedOAuth, address);
            if (failed.Left <= 0) throw Refusal.TooMany(failed.Reset);
        }

        return default;
    }

    /// <summary>Answers a browser's question whether another origin may call. OpenIddict has answered every other request before.</summary>
    public static IResult Preflight(HttpContext http)
    {
        if (!HttpMethods.IsOptions(http.Request.Method)) throw Refusal.NotFound();
        AllowOrigins(http.Response);
        http.Response.Headers.AccessControlAllowMethods = "GET, POST";
        http.Response.Headers.AccessControlAllowHeaders = "Authorization, Content-Type";
        http.Response.Headers.AccessControlMaxAge = "86400";
        return TypedResults.NoContent();
    }

    public static void AllowOrigins(HttpResponse response) => response.Headers.AccessControlAllowOrigin = "*";
}
