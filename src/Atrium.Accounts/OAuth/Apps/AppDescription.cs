using Atrium.Accounts.Tokens;
using Atrium.Kernel;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Atrium.Accounts.OAuth.Apps;

/// <summary>Writes what a member said of an app into its registration, and what follows from it: which flows it may use.</summary>
internal static class AppDescription
{
    private const int LongestWebsite = 500;

    public static async Task ApplyAsync(OpeniddictApplication app, RegisterApp.Request request, OpenIddictApplicationManager<OpeniddictApplication> apps, CancellationToken ct)
    {
        var redirects = RedirectRules.Check(request.RedirectUris, "redirect_uris");
        var description = new OpenIddictApplicationDescriptor
        {
            ClientId = app.ClientId,
            ClientSecret = app.ClientSecret,
            ClientType = request.Confidential ? ClientTypes.Confidential : ClientTypes.Public,
            ApplicationType = RedirectRules.IsNative(redirects) ? ApplicationTypes.Native : ApplicationTypes.Web,
            ConsentType = ConsentTypes.Explicit,
            DisplayName = CredentialRules.Name(request.Name),
        };
        description.RedirectUris.UnionWith(redirects);
        description.PostLogoutRedirectUris.UnionWith(RedirectRules.Check(request.PostLogoutRedirectUris, "post_logout_redirect_uris"));
        description.Permissions.UnionWith(
        [
            Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.DeviceAuthorization, Permissions.Endpoints.Revocation,
            Permissions.Endpoints.EndSession, Permissions.ResponseTypes.Code,
            Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken, Permissions.GrantTypes.DeviceCode,
        ]);
        if (request.Confidential) description.Permissions.UnionWith([Permissions.GrantTypes.ClientCredentials, Permissions.Endpoints.Introspection]);
        else description.Requirements.Add(Requirements.Features.ProofKeyForCodeExchange);
        await apps.PopulateAsync(app, description, ct);
        app.Website = Website(request.Website);
    }

    private static string? Website(string? address)
    {
        if (string.IsNullOrWhiteSpace(address)) return null;
        return address.Length <= LongestWebsite && Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
            ? uri.AbsoluteUri
            : throw Refusal.Invalid("website", "A website's address begins with https://.", "invalid_uri");
    }
}
