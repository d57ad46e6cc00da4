using System.Collections.Immutable;
using System.Security.Claims;
using Atrium.Accounts.OAuth.Mastodon;
using Atrium.Kernel;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Atrium.Accounts.OAuth;

/// <summary>
/// The token endpoint (RFC 6749, 3.2). OpenIddict has proved the app and what it brings; here the member is looked at afresh, so that
/// one who was suspended or renamed is so in the next token.
/// </summary>
internal static class ExchangeToken
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public static async Task<IResult> HandleAsync(HttpContext http, OAuthClaims claims, PasswordGrant passwords, OpenIddictApplicationManager<OpeniddictApplication> apps, CancellationToken ct)
    {
        var request = http.GetOpenIddictServerRequest() ?? throw Refusal.NotFound();
        var app = await apps.FindByClientIdAsync(request.ClientId!, ct) ?? throw Refusal.NotFound();
        var name = app.DisplayName ?? app.ClientId!;
        if (request.IsClientCredentialsGrantType())
        {
            var asked = Asked(app, request.GetScopes());
            if (MastodonScopes.Beyond(app, asked) is { } beyond) return Authorize.Refuse(Errors.InvalidScope, $"The scope {beyond} is not among those the app registered.");
            return SignIn(Lasting(OAuthClaims.PrincipalOf(app.ClientId!, name, [.. asked.Where(s => !IdentityScopes.Contains(s))]), app, asked, http));
        }

        if (request.IsPasswordGrantType())
        {
            var asked = Asked(app, request.GetScopes());
            if (MastodonScopes.Beyond(app, asked) is { } beyond) return Authorize.Refuse(Errors.InvalidScope, $"The scope {beyond} is not among those the app registered.");
            return await passwords.AllowAsync(request.Username, request.Password, app, asked, ct) is { } allowed
                ? SignIn(Lasting(allowed, app, asked, http)) : Authorize.Refuse(Errors.InvalidGrant, "Name or password is wrong, or this member has to sign in on a page of the house.");
        }

        // The code, device code or refresh token that was brought.
        var brought = (await http.AuthenticateAsync(Scheme)).Principal ?? throw Refusal.NotFound();
        var scopes = request.IsRefreshTokenGrantType() && !request.GetScopes().IsEmpty ? request.GetScopes() : brought.GetScopes();
        if (!Id<Member>.TryParse(brought.GetClaim(Claims.Subject), null, out var member)
            || await claims.OfAsync(member, scopes, ct) is not { } told)
            return Authorize.Refuse(Errors.InvalidGrant, "The member can no longer sign in.");

        var proved = long.TryParse(brought.GetClaim(Claims.AuthenticationTime), out var at) ? DateTimeOffset.FromUnixTimeSeconds(at) : brought.GetCreationDate() ?? DateTimeOffset.UnixEpoch;
        var principal = OAuthClaims.PrincipalOf(told, name, scopes, proved);
        principal.SetAuthorizationId(brought.GetAuthorizationId());
        if (brought.GetClaim(Claims.Nonce) is { } nonce) principal.SetClaim(Claims.Nonce, nonce);
        return SignIn(Lasting(principal, app, scopes, http));
    }

    /// <summary>What an app asks for; one that registered itself and asks for nothing asks to read.</summary>
    internal static ImmutableArray<string> Asked(OpeniddictApplication app, ImmutableArray<string> scopes) =>
        scopes.IsEmpty && app.AskedScopes is not null ? [MastodonScopes.Default] : scopes;

    // Apps that registered themselves know no refreshing, and want to be told what they were granted.
    private static ClaimsPrincipal Lasting(ClaimsPrincipal principal, OpeniddictApplication app, ImmutableArray<string> scopes, HttpContext http)
    {
        if (app.Website is { } site) principal.SetClaim(OAuthClaims.AppSite, site).SetDestinations(OAuthClaims.DestinationsOf);
        if (app.AskedScopes is null) return principal;
        http.Items[MastodonAnswers.Granted] = string.Join(' ', scopes);
        return principal.SetAccessTokenLifetime(OAuthLifetimes.Lasting);
    }

    private static IResult SignIn(ClaimsPrincipal principal) => TypedResults.SignIn(principal, authenticationScheme: Scheme);
}
