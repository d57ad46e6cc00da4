using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;

namespace Atrium.Accounts.SigningIn;

/// <summary>
/// Names cookies <c>__Host-…</c> over https, so that no sibling domain can set them (RFC 6265bis, 4.1.3.2); over plain http, as on
/// one's own machine, browsers refuse that prefix and the bare name is used.
/// </summary>
internal sealed class HostCookies : ICookieManager
{
    public const string Name = "atrium";

    private readonly ChunkingCookieManager _inner = new();

    public string? GetRequestCookie(HttpContext context, string key) => _inner.GetRequestCookie(context, Named(context, key));

    public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) =>
        _inner.AppendResponseCookie(context, Named(context, key), value, options);

    public void DeleteCookie(HttpContext context, string key, CookieOptions options) => _inner.DeleteCookie(context, Named(context, key), options);

    /// <summary>The name of <paramref name="cookie"/> on this connection.</summary>
    public static string Named(HttpContext context, string cookie) => context.Request.IsHttps ? "__Host-" + cookie : cookie;
}
