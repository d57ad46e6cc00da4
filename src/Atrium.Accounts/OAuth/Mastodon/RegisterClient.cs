using System.Text.Json;
using Atrium.Accounts.Data;
using Atrium.Accounts.OAuth.Apps;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Push;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using OpenIddict.Validation.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Atrium.Accounts.OAuth.Mastodon;

/// <summary>Apps that register themselves before anybody signs in, as those that speak Mastodon's API do.</summary>
internal static class RegisterClient
{
    /// <summary>The code is shown to the member, who types it into the app.</summary>
    public const string OutOfBand = "urn:ietf:wg:oauth:2.0:oob";

    private const int LongestName = 60;
    private const int LongestAddress = 2000;
    private const int MostRedirects = 20;
    private static readonly string[] Never = ["javascript", "data", "vbscript", "file", "blob", "about"];

    /// <summary>What an app learns of itself.</summary>
    internal sealed record View(
        string Id, string Name, string? Website, IReadOnlyList<string> Scopes, string RedirectUri, IReadOnlyList<string> RedirectUris, string ClientId, string ClientSecret,
        long ClientSecretExpiresAt, string VapidKey);

    internal sealed record Known(string Id, string Name, string? Website, IReadOnlyList<string> Scopes, IReadOnlyList<string> RedirectUris, string VapidKey);

    public static void Map(IEndpointRouteBuilder app)
    {
        var apps = app.MapGroup("/api/v1/apps").ExcludeFromDescription().AllowAnonymous().DisableAntiforgery().WithMetadata(new HasMastodonLimits());
        apps.MapPost("", AddAsync).Rate(RateClass.Apps).AllowCrossSite();
        apps.MapGet("verify_credentials", ShowAsync).Rate(RateClass.Read);
    }

    private static async Task<IResult> AddAsync(
        HttpContext http, AccountsDb db, OpenIddictApplicationManager<OpeniddictApplication> apps, IEnumerable<ApiScope> known, VapidKey vapid, CancellationToken ct)
    {
        var sent = await LooseParameters.ReadAsync(http.Request, ct);
        var name = sent.Text("client_name")?.Trim() ?? "";
        if (name.Length is 0 or > LongestName) throw Refusal.Invalid("client_name", name.Length == 0 ? "Application name can't be blank" : "Application name is too long", "required");
        var redirects = Redirects(sent);
        var scopes = MastodonScopes.Split(sent.Text("scopes") is { Length: > 0 } asked ? asked : MastodonScopes.Default);
        var all = known.Select(k => k.Key).Concat(IdentityScopes.Titles.Keys).ToHashSet();
        if (scopes.FirstOrDefault(s => !all.Contains(s)) is not null) throw Refusal.Invalid("scopes", "Scopes doesn't match configured on the server.", "unknown");

        var row = new OpeniddictApplication
        {
            CreatedAt = db.Now, ClientId = "app-" + RandomKey.New(24), Website = Website(sent.Text("website")), AskedScopes = string.Join(' ', scopes.Distinct()), SentRedirects = string.Join('\n', redirects),
        };
        var description = new OpenIddictApplicationDescriptor
        {
            ClientId = row.ClientId, ClientType = ClientTypes.Confidential, ApplicationType = ApplicationTypes.Web, ConsentType = ConsentTypes.Explicit, DisplayName = name,
        };
        description.RedirectUris.UnionWith(redirects.Select(r => new Uri(r, UriKind.Absolute)));
        description.Permissions.UnionWith(
        [
            Permissions.Endpoints.Authorization, Permissions.Endpoints.Token, Permissions.Endpoints.Revocation, Permissions.ResponseTypes.Code,
            // Of the last the house takes no notice unless it is set to.
            Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.ClientCredentials, Permissions.GrantTypes.Password,
        ]);
        var secret = RandomKey.New(32);
        await db.WriteAsync(
            async token =>
            {
                await apps.PopulateAsync(row, description, token);
                await apps.CreateAsync(row, secret, token);
            },
            ct);
        return Json(new View(
            row.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), name, row.Website, scopes, string.Join('\n', redirects), redirects, row.ClientId!, secret, 0, vapid.PublicKey));
    }

    private static async Task<IResult> ShowAsync(HttpContext http, AccountsDb db, VapidKey vapid, CancellationToken ct)
    {
        var token = await http.AuthenticateAsync(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme);
        var client = token.Principal?.GetClaim(Claims.ClientId);
        var app = client is null ? null : await db.Apps.FirstOrDefaultAsync(a => a.ClientId == client, ct);
        if (app is null) throw Refusal.SignIn("The access token is invalid");
        return Json(new Known(
            app.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), app.DisplayName ?? "", app.Website, MastodonScopes.Split(app.AskedScopes ?? MastodonScopes.Default),
            (app.SentRedirects ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries), vapid.PublicKey));
    }

    private static IResult Json<T>(T value) => TypedResults.Json(value, Wire);

    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    // A text with lines, a list, or both.
    private static string[] Redirects(LooseParameters sent)
    {
        string[] all = [.. sent.List("redirect_uris").SelectMany(r => r.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).Distinct()];
        if (all.Length is 0 or > MostRedirects) throw Refusal.Invalid("redirect_uris", "Redirect URI can't be blank", "required");
        foreach (var one in all)
            if (one.Length > LongestAddress || !Uri.TryCreate(one, UriKind.Absolute, out var uri) || !one.StartsWith(uri.Scheme + ":", StringComparison.OrdinalIgnoreCase) || uri.Fragment.Length > 0)
                throw Refusal.Invalid("redirect_uris", "Redirect URI must be an absolute URI.", "invalid_uri");
            else if (Never.Contains(uri.Scheme)) throw Refusal.Invalid("redirect_uris", "Redirect URI is forbidden by the server.", "scheme");
        return all;
    }

    private static string? Website(string? address)
    {
        if (string.IsNullOrWhiteSpace(address)) return null;
        return address.Length <= LongestAddress && Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"
            ? uri.AbsoluteUri : throw Refusal.Invalid("website", "Website must be a valid URL", "invalid_uri");
    }
}
