using Microsoft.AspNetCore.Http;

namespace Atrium.Kernel.Http;

/// <summary>
/// Lets browser apps of any origin call the API and the protocols (Fetch, CORS protocol). They carry a token of their own; a cookie is never
/// sent along, since no answer allows credentials.
/// </summary>
internal sealed class AnyOriginMiddleware(RequestDelegate next)
{
    private const string Exposed = "Link, ETag, X-RateLimit-Reset, X-RateLimit-Limit, X-RateLimit-Remaining, X-Request-Id, Mastodon-Async-Refresh";
    private static readonly PathString[] Open = ["/api", "/oauth/token", "/oauth/revoke", "/oauth/userinfo", "/.well-known", "/nodeinfo"];

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.Origin.Count == 0 || !Open.Any(o => request.Path.StartsWithSegments(o))) return next(context);
        if (HttpMethods.IsOptions(request.Method) && request.Headers.AccessControlRequestMethod.Count > 0)
        {
            var headers = context.Response.Headers;
            headers.AccessControlAllowOrigin = "*";
            headers.AccessControlAllowMethods = "GET, POST, PUT, PATCH, DELETE, OPTIONS";
            headers.AccessControlAllowHeaders = request.Headers.AccessControlRequestHeaders;
            headers.AccessControlMaxAge = "7200";
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        }

        context.Response.OnStarting(
            static state =>
            {
                var headers = ((HttpContext)state).Response.Headers;
                headers.AccessControlAllowOrigin = "*";
                headers.AccessControlExposeHeaders = Exposed;
                return Task.CompletedTask;
            },
            context);
        return next(context);
    }
}
