using Atrium.Kernel;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Atrium.Accounts.OAuth;

/// <summary>What an app may know of the member behind its token, as it is now (OpenID Connect Core, 5.3).</summary>
internal static class ShowUserInfo
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public static async Task<IResult> HandleAsync(HttpContext http, OAuthClaims claims, CancellationToken ct)
    {
        GuardOAuth.AllowOrigins(http.Response);
        var token = (await http.AuthenticateAsync(Scheme)).Principal ?? throw Refusal.SignIn();
        if (!Id<Member>.TryParse(token.GetClaim(Claims.Subject), null, out var member)
            || await claims.OfAsync(member, token.GetScopes(), ct) is not { } told)
            return TypedResults.Challenge(
                new AuthenticationProperties(new Dictionary<string, string?>
                {
                    [OpenIddictServerAspNetCoreConstants.Properties.Error] = Errors.InvalidToken,
                    [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = "There is no active member behind this token.",
                }),
                [Scheme]);

        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(told);
    }
}
