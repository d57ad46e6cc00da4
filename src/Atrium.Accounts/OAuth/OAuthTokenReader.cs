using Atrium.Accounts.Data;
using Atrium.Accounts.OAuth.Mastodon;
using Atrium.Accounts.SigningIn;
using Atrium.Accounts.Tokens;
using Atrium.Kernel;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Validation.AspNetCore;

namespace Atrium.Accounts.OAuth;

/// <summary>Finds out what the OAuth access token of a request stands for.</summary>
internal sealed class OAuthTokenReader(AccountsDb db, Standings standings)
{
    /// <summary>Null when the token is unknown, revoked or expired.</summary>
    public async Task<Credential?> ReadAsync(HttpContext http)
    {
        var result = await http.AuthenticateAsync(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme);
        if (result.Principal is not { } principal) return null;

        // Only an app that knows nothing of OpenID Connect means more by it than an id token.
        var granted = principal.HasScope(OpenIddictConstants.Scopes.OpenId) ? principal.GetScopes().Remove(OpenIddictConstants.Scopes.Profile) : principal.GetScopes();
        var scopes = MastodonScopes.Spell(granted).Where(s => !IdentityScopes.Contains(s)).ToArray();
        var client = principal.GetClaim(OAuthClaims.AppName) ?? "app";
        var site = principal.GetClaim(OAuthClaims.AppSite);
        var expires = principal.GetExpirationDate();
        if (!Id<Member>.TryParse(principal.GetClaim(OpenIddictConstants.Claims.Subject), null, out var member))
            return await MayActAsync(principal.GetClaim(OpenIddictConstants.Claims.ClientId), http.RequestAborted)
                ? new(CredentialKind.Grant, 0, null, client, scopes, expires) { Site = site }
                : null;

        var grant = long.TryParse(principal.GetAuthorizationId(), out var id) ? id : 0;
        return await standings.OfAsync(member, http.RequestAborted) is { } standing
            ? new(CredentialKind.Grant, grant, standing, client, scopes, expires) { Site = site }
            : null;
    }

    // An app stands and falls with the member who answers for it.
    private async Task<bool> MayActAsync(string? clientId, CancellationToken ct)
    {
        var app = await db.Apps.Where(a => a.ClientId == clientId).Select(a => new { a.OwnerId }).FirstOrDefaultAsync(ct);
        return app is not null && (app.OwnerId is not { } owner || await standings.OfAsync(owner, ct) is { IsActive: true });
    }
}
