using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.SigningIn;

/// <summary>A way to sign in by the Authorization header: those that begin with <paramref name="Prefix"/> go to <paramref name="Scheme"/>.</summary>
/// <param name="Prefix">Such as <c>Bearer </c> or <c>Basic </c>; the longest that fits wins, whatever its case.</param>
internal sealed record HeaderScheme(string Prefix, string Scheme);

/// <summary>The schemes that sign callers in. One policy picks among them, so the rest of the house knows only one.</summary>
internal static class AtriumSchemes
{
    /// <summary>The policy: by the Authorization header if there is one, else by cookie.</summary>
    public const string Any = "Atrium";

    public const string Cookie = "Atrium.Cookie";

    public static void Add(IServiceCollection services)
    {
        services.AddAuthentication(o =>
        {
            o.DefaultScheme = Any;
            o.DefaultSignInScheme = Cookie;
            o.DefaultSignOutScheme = Cookie;
        }).AddPolicyScheme(Any, null, o => o.ForwardDefaultSelector = Pick);
        SessionCookie.Add(services);
    }

    private static string Pick(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (header.Length == 0) return Cookie;
        return context.RequestServices.GetServices<HeaderScheme>()
            .Where(s => header.StartsWith(s.Prefix, StringComparison.OrdinalIgnoreCase))
            .MaxBy(s => s.Prefix.Length)?.Scheme ?? Cookie;
    }
}
