using Atrium.Accounts.Data;
using Atrium.Accounts.OAuth.Apps;
using Atrium.Kernel.Http;
using Atrium.Kernel.Modules;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using OpenIddict.Validation;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Atrium.Accounts.OAuth;

/// <summary>The OAuth 2.0 and OpenID Connect server: OpenIddict speaks the protocols, the house says who may what.</summary>
internal static class OAuthServer
{
    private const string Root = "/oauth";

    public static void Register(ModuleBuilder module)
    {
        var services = module.Services;
        services.AddSingleton<OAuthKeys>();
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>, ConfigureOAuth>();
        services.AddHostedService<TurnOAuthKeys>();
        services.AddScoped<OAuthClaims>();
        services.AddScoped<PasswordGrant>();
        services.AddScoped<OAuthTokenReader>();
        services.AddTransient<Microsoft.AspNetCore.Hosting.IStartupFilter, Mastodon.TokenBodies>();
        services.AddOpenIddict()
            .AddCore(core =>
            {
                core.UseEntityFrameworkCore().UseDbContext<AccountsDb>()
                    .ReplaceDefaultEntities<OpeniddictApplication, OpeniddictAuthorization, OpeniddictScope, OpeniddictToken, long>();
                core.ReplaceApplicationManager<OpeniddictApplication, AppRegistry>();
                core.ReplaceTokenStore<OpeniddictToken, TokenStore>();
                core.ReplaceAuthorizationStore<OpeniddictAuthorization, AuthorizationStore>();
            })
            .AddServer(Configure)
            .AddValidation(validation =>
            {
                validation.UseLocalServer();
                validation.EnableTokenEntryValidation().EnableAuthorizationEntryValidation();
                validation.UseAspNetCore().DisableAccessTokenExtractionFromBodyForm().DisableAccessTokenExtractionFromQueryString();
            });
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        var oauth = app.MapGroup(Root).ExcludeFromDescription().AllowAnonymous().DisableAntiforgery();
        oauth.MapMethods("/authorize", ["GET", "POST"], Authorize.HandleAsync).Rate(RateClass.Read).WithMetadata(new FormsMayLeave(), new KeepsOpener());
        oauth.MapPost("/token", ExchangeToken.HandleAsync).Rate(RateClass.Free).AllowCrossSite();
        oauth.MapMethods("/userinfo", ["GET", "POST"], ShowUserInfo.HandleAsync).Rate(RateClass.Read).AllowCrossSite();
        oauth.MapMethods("/device/verify", ["GET", "POST"], VerifyDevice.HandleAsync).Rate(RateClass.Secret);
        oauth.MapMethods("/end-session", ["GET", "POST"], EndSession.HandleAsync).Rate(RateClass.Read).WithMetadata(new FormsMayLeave());
        Mastodon.RegisterClient.Map(app);
        foreach (var path in (string[])["/token", "/userinfo"])
            oauth.MapMethods(path, ["OPTIONS"], GuardOAuth.Preflight).Rate(RateClass.Free);
        foreach (var path in (string[])["/revoke", "/introspect", "/device"])
            oauth.MapMethods(path, ["OPTIONS", "POST"], GuardOAuth.Preflight).Rate(RateClass.Free).AllowCrossSite();
    }

    private static void Configure(OpenIddictServerBuilder server)
    {
        server.SetAuthorizationEndpointUris(Root + "/authorize")
            .SetTokenEndpointUris(Root + "/token")
            .SetRevocationEndpointUris(Root + "/revoke")
            .SetIntrospectionEndpointUris(Root + "/introspect")
            .SetUserInfoEndpointUris(Root + "/userinfo")
            .SetDeviceAuthorizationEndpointUris(Root + "/device")
            .SetEndUserVerificationEndpointUris(Root + "/device/verify")
            .SetEndSessionEndpointUris(Root + "/end-session");

        server.AllowAuthorizationCodeFlow().AllowRefreshTokenFlow().AllowClientCredentialsFlow().AllowDeviceAuthorizationFlow();
        server.RegisterClaims(
            Claims.Subject, Claims.AuthenticationTime, Claims.PreferredUsername, Claims.Name, Claims.Picture, Claims.Profile,
            Claims.Zoneinfo, Claims.Locale, Claims.UpdatedAt, Claims.Email, Claims.EmailVerified);

        // A plain challenge protects from nobody who can read the request (RFC 9700, 2.1.1).
        server.Configure(options => options.CodeChallengeMethods.Remove(CodeChallengeMethods.Plain));

        // What an app holds is a reference: ending the row ends the token.
        server.UseReferenceAccessTokens().UseReferenceRefreshTokens();
        server.SetAuthorizationCodeLifetime(OAuthLifetimes.Code)
            .SetAccessTokenLifetime(OAuthLifetimes.Access)
            .SetIdentityTokenLifetime(OAuthLifetimes.Identity)
            .SetRefreshTokenLifetime(OAuthLifetimes.Refresh)
            .SetRefreshTokenReuseLeeway(OAuthLifetimes.RefreshLeeway)
            .SetDeviceCodeLifetime(OAuthLifetimes.Device)
            .SetUserCodeLifetime(OAuthLifetimes.Device);
        Mastodon.MastodonAnswers.Add(server);

        // An app may ask for any scope; the member decides.
        server.IgnoreScopePermissions();
        server.AddEventHandler(GuardOAuth.Descriptor).AddEventHandler(CountFailures.Descriptor);
        server.UseAspNetCore()
            .EnableAuthorizationEndpointPassthrough().EnableTokenEndpointPassthrough().EnableUserInfoEndpointPassthrough()
            .EnableEndUserVerificationEndpointPassthrough().EnableEndSessionEndpointPassthrough().EnableErrorPassthrough()
            // A house on its owner's own machine, or behind a proxy of theirs, speaks plain http.
            .DisableTransportSecurityRequirement()
            .SuppressJsonResponseIndentation();
    }
}
