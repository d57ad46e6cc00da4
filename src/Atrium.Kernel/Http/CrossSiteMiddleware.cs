using Microsoft.AspNetCore.Http;

namespace Atrium.Kernel.Http;

/// <summary>
/// Refuses unsafe requests that another site made the browser send (CSRF), by Fetch Metadata, and by Origin where a browser sends
/// none. Programs send neither header and carry their own credentials.
/// </summary>
internal sealed class CrossSiteMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (IsSafe(request.Method) && !context.WebSockets.IsWebSocketRequest) return next(context);
        if (request.Headers.Authorization.Count > 0 && request.Headers.Cookie.Count == 0) return next(context);
        if (context.GetEndpoint()?.Metadata.GetMetadata<AllowsCrossSite>() is not null) return next(context);

        return IsOwn(request) ? next(context) : throw Refusal.Forbidden("That request came from another site.", "cross_site");
    }

    private static bool IsSafe(string method) => HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method);

    private static bool IsOwn(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0) return site is "same-origin" or "none";
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || origin == $"{request.Scheme}://{request.Host}";
    }
}
