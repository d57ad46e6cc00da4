using Microsoft.AspNetCore.Http;

namespace Atrium.Kernel.Http;

/// <summary>Where a page's form may send the browser on to: an OAuth consent returns to the app's own address.</summary>
public sealed record FormsMayLeave;

/// <summary>
/// Marks the pages on the way to an OAuth consent: an app of the browser opens them in a window of their own, and hears in the one that opened it
/// how it went. Any other page has no opener.
/// </summary>
public sealed record KeepsOpener;

/// <summary>Strict by default: nothing inline, nothing from elsewhere, never framed.</summary>
internal sealed class SecurityHeadersMiddleware(RequestDelegate next)
{
    private const string Policy =
        "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self'; script-src 'self'; connect-src 'self'; " +
        "font-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'; manifest-src 'self'; worker-src 'self'";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(
            static state =>
            {
                var http = (HttpContext)state;
                var headers = http.Response.Headers;
                var leaves = http.GetEndpoint()?.Metadata.GetMetadata<FormsMayLeave>() is not null;
                if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = leaves ? Policy : Policy + "; form-action 'self'";
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
                headers["Cross-Origin-Opener-Policy"] = http.GetEndpoint()?.Metadata.GetMetadata<KeepsOpener>() is null ? "same-origin" : "unsafe-none";
                headers["Permissions-Policy"] = "camera=(self), microphone=(self), geolocation=(self), payment=()";
                if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
                return Task.CompletedTask;
            },
            context);
        return next(context);
    }
}
