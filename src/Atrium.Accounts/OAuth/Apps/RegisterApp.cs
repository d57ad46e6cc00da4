using Atrium.Accounts.Data;
using Atrium.Accounts.Tokens;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Http;
using Atrium.Kernel.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Core;

namespace Atrium.Accounts.OAuth.Apps;

/// <summary>Registers an app that members may allow in.</summary>
internal static class RegisterApp
{
    public const string Permission = "accounts.apps";

    /// <param name="RedirectUris">Exact; loopback addresses match with any port.</param>
    /// <param name="Confidential">True for an app on a server, which can keep a secret. Others must use PKCE.</param>
    public sealed record Request(
        string Name, IReadOnlyList<string>? RedirectUris = null, bool Confidential = false, string? Website = null, IReadOnlyList<string>? PostLogoutRedirectUris = null);

    /// <param name="ClientSecret">Shown this once; null for an app that can keep none.</param>
    public sealed record Registered(AppView Details, string? ClientSecret);

    public static void Map(RouteGroupBuilder api) => api.MapPost("apps", AddAsync).Operation(
        "registerApp", "Registers an app and shows its secret this once", "apps:write", RateClass.Write, "required", "invalid_uri", "insecure", "limit_reached");

    public static async Task<Created<Registered>> AddAsync(
        Request request, HttpContext http, Actor actor, AccountsDb db, OpenIddictApplicationManager<OpeniddictApplication> apps, HouseSettings settings, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        var made = await HandleAsync(request, actor, db, apps, settings, ct);
        return TypedResults.Created($"/api/accounts/apps/{made.Details.Id}", made);
    }

    public static async Task<Registered> HandleAsync(
        Request request, Actor actor, AccountsDb db, OpenIddictApplicationManager<OpeniddictApplication> apps, HouseSettings settings, CancellationToken ct)
    {
        var me = actor.Demand();
        actor.Demand(Permission);
        var app = new OpeniddictApplication { OwnerId = me, CreatedAt = db.Now, ClientId = "app-" + RandomKey.New(16) };
        await AppDescription.ApplyAsync(app, request, apps, ct);
        var secret = request.Confidential ? RandomKey.New(32) : null;
        await db.WriteAsync(
            async token =>
            {
                await CredentialRules.DemandRoomAsync(db.Apps.CountAsync(a => a.OwnerId == me, token), CredentialRules.MostApps, settings, token);
                await apps.CreateAsync(app, secret, token);
                db.Record(actor, "app.registered", details: $"{app.ClientId} {app.DisplayName}");
            },
            ct);
        return new(AppView.Of(app), secret);
    }
}
