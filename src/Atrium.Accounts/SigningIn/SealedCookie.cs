using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;

namespace Atrium.Accounts.SigningIn;

/// <summary>A short-lived cookie whose text only the house can read.</summary>
internal static class SealedCookie
{
    public static void Write(HttpContext http, string name, string text) => http.Response.Cookies.Append(HostCookies.Named(http, name), text, Options(http));

    public static string? Read(HttpContext http, string name, ITimeLimitedDataProtector sealer)
    {
        if (http.Request.Cookies[HostCookies.Named(http, name)] is not { Length: > 0 } text) return null;
        try
        {
            return sealer.Unprotect(text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    public static void Delete(HttpContext http, string name) => http.Response.Cookies.Delete(HostCookies.Named(http, name), Options(http));

    private static CookieOptions Options(HttpContext http) => new() { HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };
}
