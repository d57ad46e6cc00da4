using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.SigningIn;

/// <summary>
/// The cookie of a browser. It names a session and proves nothing more: who the member is and what they may is read afresh
/// (<see cref="Standings"/>), so a session that was ended is over with the next request.
/// </summary>
internal static class SessionCookie
{
    private static readonly TimeSpan Touch = TimeSpan.FromMinutes(5);

    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<Standings>();
        services.AddAuthentication().AddCookie(AtriumSchemes.Cookie, o =>
        {
            o.ExpireTimeSpan = SessionLife.Longest;
            o.SlidingExpiration = false;
            o.CookieManager = new HostCookies();
            o.Cookie.Name = HostCookies.Name;
            o.Cookie.HttpOnly = true;
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.Cookie.Path = "/";
            o.Cookie.IsEssential = true;
            o.Events.OnValidatePrincipal = ValidateAsync;
        });
    }

    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var http = context.HttpContext;
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var standing = Id<Session>.TryParse(context.Principal?.FindFirst(AtriumClaims.Session)?.Value, null, out var id)
            ? await http.RequestServices.GetRequiredService<Standings>().OfSessionAsync(id, http.RequestAborted)
            : null;
        if (standing is null || !standing.Member.IsActive || standing.ExpiresAt <= now)
        {
            context.RejectPrincipal();
            return;
        }

        context.ReplacePrincipal(MemberPrincipal.Of(standing.Member, standing.Id, AtriumSchemes.Cookie));
        if (now - standing.LastSeenAt > Touch) await TouchAsync(http, standing.Id, now);
    }

    private static async Task TouchAsync(HttpContext http, Id<Session> id, DateTimeOffset now)
    {
        var address = http.Connection.RemoteIpAddress?.ToString();
        var stale = now - Touch;
        await http.RequestServices.GetRequiredService<AccountsDb>().Sessions
            .Where(s => s.Id == id && s.LastSeenAt < stale)
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.LastSeenAt, now).SetProperty(s => s.Address, address), http.RequestAborted);
    }
}
