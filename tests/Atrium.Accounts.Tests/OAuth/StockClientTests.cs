using System.Net;
using Atrium.Testing;
using Duende.IdentityModel.OidcClient;
using Duende.IdentityModel.OidcClient.Browser;
using Duende.IdentityModel.OidcClient.Results;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Atrium.Accounts.Tests.OAuth;

/// <summary>A stock OpenID Connect library, knowing only the house's address, gets through.</summary>
public sealed class StockClientTests(CredentialHouse house)
{
    private const string Callback = "http://127.0.0.1:47831/callback";

    [Fact]
    public async Task A_native_app_signs_in_by_code_and_pkce_and_refreshes()
    {
        var app = await OAuthDance.RegisterAsync(house, redirect: "http://127.0.0.1/callback");
        using var ada = await house.PersonAsync("ada", timeZone: "Europe/Paris", culture: "fr-FR");
        var client = new OidcClient(new OidcClientOptions
        {
            Authority = house.Url,
            ClientId = app.ClientId,
            Scope = OAuthDance.AllScopes,
            RedirectUri = Callback,
            Browser = new FormBrowser(ada),
            IdentityTokenValidator = new Validator(ada),
            LoadProfile = true,
            DisablePushedAuthorization = true,
        });

        var login = await client.LoginAsync(new LoginRequest(), TestContext.Current.CancellationToken);
        Assert.False(login.IsError, $"{login.Error} {login.ErrorDescription}");
        string? Claim(string type) => login.User.FindFirst(type)?.Value;
        Assert.Equal(ada.Id.ToString(), Claim("sub"));
        Assert.Equal(ada.Handle, Claim("preferred_username"));
        Assert.Equal("Ada", Claim("name"));
        Assert.Equal($"{ada.Handle}@example.org", Claim("email"));
        Assert.Equal("true", Claim("email_verified")?.ToLowerInvariant());
        Assert.Equal("Europe/Paris", Claim("zoneinfo"));
        Assert.Equal("fr-FR", Claim("locale"));
        Assert.NotNull(Claim("updated_at"));

        (await OAuthDance.CallAsync(house, login.AccessToken)).Is(HttpStatusCode.OK);
        var refreshed = await client.RefreshTokenAsync(login.RefreshToken, cancellationToken: TestContext.Current.CancellationToken);
        Assert.False(refreshed.IsError, $"{refreshed.Error} {refreshed.ErrorDescription}");
        Assert.NotEqual(login.RefreshToken, refreshed.RefreshToken);
        Assert.Equal(ada.Handle, (await OAuthDance.CallAsync(house, refreshed.AccessToken)).Is(HttpStatusCode.OK)["handle"]);
    }

    [Fact]
    public async Task The_id_token_tells_only_what_its_scopes_allow()
    {
        var app = await OAuthDance.RegisterAsync(house);
        using var ben = await house.PersonAsync("ben");
        var tokens = await app.TokensAsync(ben, "openid probe:read");
        var identity = new JsonWebToken(tokens.GetProperty("id_token").GetString());
        Assert.Equal(ben.Id.ToString(), identity.Subject);
        Assert.Equal("only-once", identity.GetClaim("nonce").Value);
        Assert.DoesNotContain(identity.Claims, c => c.Type is "email" or "name" or "preferred_username" or "picture" or "zoneinfo");
        Assert.False(tokens.TryGetProperty("refresh_token", out _));

        var info = (await OAuthDance.CallAsync(house, tokens.GetProperty("access_token").GetString()!, "/oauth/userinfo")).Is(HttpStatusCode.OK);
        Assert.Equal(ben.Id.ToString(), info["sub"]);
        Assert.False(info.Json.TryGetProperty("email", out _));
    }

    /// <summary>Says yes to everything, as a member at a browser would.</summary>
    private sealed class FormBrowser(Person person) : IBrowser
    {
        public async Task<BrowserResult> InvokeAsync(BrowserOptions options, CancellationToken cancellationToken = default)
        {
            var back = await OAuthDance.AllowAsync(person, new Uri(options.StartUrl).PathAndQuery);
            return new() { ResultType = BrowserResultType.Success, Response = back.AbsoluteUri };
        }
    }

    /// <summary>Checks signature, issuer and audience by what discovery says.</summary>
    private sealed class Validator(Person person) : IIdentityTokenValidator
    {
        public async Task<IdentityTokenValidationResult> ValidateAsync(string identityToken, OidcClientOptions options, CancellationToken cancellationToken = default)
        {
            var keys = await person.GetAsync(new Uri(options.ProviderInformation.KeySetAddress()).PathAndQuery);
            var result = await new JsonWebTokenHandler { MapInboundClaims = false }.ValidateTokenAsync(identityToken, new TokenValidationParameters
            {
                ValidIssuer = options.ProviderInformation.IssuerName,
                ValidAudience = options.ClientId,
                IssuerSigningKeys = new JsonWebKeySet(keys.Body).GetSigningKeys(),
            });
            return result.IsValid
                ? new() { User = new(result.ClaimsIdentity), SignatureAlgorithm = "RS256" }
                : new() { Error = result.Exception.Message };
        }
    }
}

internal static class ProviderAddresses
{
    public static string KeySetAddress(this ProviderInformation provider) => provider.IssuerName.TrimEnd('/') + "/.well-known/jwks";
}
