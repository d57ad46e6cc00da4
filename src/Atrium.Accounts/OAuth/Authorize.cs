using System.Globalization;
using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Accounts.OAuth.Mastodon;
using Atrium.Accounts.OAuth.Pages;
using Atrium.Accounts.SigningIn;
using Atrium.Kernel;
using Atrium.Kernel.Modules;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Atrium.Accounts.OAuth;

/// <summary>
/// The authorization endpoint (RFC 6749, 3.1; OpenID Connect Core, 3.1.2). OpenIddict has checked the app, its address, the scopes
/// and PKCE before; here the member signs in, and says yes or no unless they said yes to all of it before.
/// </summary>
internal static class Authorize
{
    private const string Decision = "decision";

    // As Mastodon's apps spell prompt=login.
    private const string ForceLogin = "force_login";

    // An app that asks for a proof of no age at all (max_age=0) gets one made on the way here.
    private const long JustNow = 30;

    public static async Task<IResult> HandleAsync(
        HttpContext http, Actor actor, AccountsDb db, OAuthClaims claims, OpenIddictApplicationManager<OpeniddictApplication> apps,
        IOpenIddictAuthorizationManager grants, IEnumerable<ApiScope> scopes, CancellationToken ct)
    {
        // Nobody to send the error to: the app or its address is not known.
        if (http.GetOpenIddictServerResponse() is { Error.Length: > 0 } fault) throw new BadHttpRequestException(Words(fault));
        var request = http.GetOpenIddictServerRequest() ?? throw Refusal.NotFound();
        var now = db.Now;
        var provedAt = await ProvedAtAsync(actor, db, ct);
        if (provedAt is not { } proved || MustProveAgain(request, proved, now))
            return request.HasPromptValue(PromptValues.None)
                ? Refuse(Errors.LoginRequired, "The member is not signed in.")
                : TypedResults.Redirect(SignInDoor.For("/oauth/authorize" + Again(request), request.LoginHint, again: provedAt is not null));

        var me = actor.Demand();
        var app = await apps.FindByClientIdAsync(request.ClientId!, ct) ?? throw Refusal.NotFound();
        var asked = ExchangeToken.Asked(app, request.GetScopes());
        if (MastodonScopes.Beyond(app, asked) is { } beyond) return Refuse(Errors.InvalidScope, $"The scope {beyond} is not among those the app registered.");
        if (await claims.OfAsync(me, asked, ct) is not { } told) return Refuse(Errors.AccessDenied, "The member cannot allow anything.");

        var decision = HttpMethods.IsPost(http.Request.Method) ? http.Request.Form[Decision].ToString() : "";
        if (decision == "deny") return Refuse(Errors.AccessDenied, "The member said no.");

        var grant = await GrantAsync(grants, me, app, asked, ct);
        if (decision != "allow" && (grant is null || request.HasPromptValue(PromptValues.Consent)))
            return request.HasPromptValue(PromptValues.None)
                ? Refuse(Errors.ConsentRequired, "The member has not allowed this yet.")
                : await AskAsync(http, app, asked, scopes, actor, db, ct);

        var principal = OAuthClaims.PrincipalOf(told, app.DisplayName ?? app.ClientId!, asked, proved);
        grant ??= await grants.CreateAsync(
            identity: (System.Security.Claims.ClaimsIdentity)principal.Identity!, subject: me.ToString(), client: app.Id.ToString(CultureInfo.InvariantCulture),
            type: AuthorizationTypes.Permanent, scopes: asked, cancellationToken: ct);
        principal.SetAuthorizationId(await grants.GetIdAsync(grant, ct));
        return TypedResults.SignIn(principal, authenticationScheme: OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    /// <summary>What the member allowed this app before, if it holds all that is asked now.</summary>
    internal static async Task<object?> GrantAsync(
        IOpenIddictAuthorizationManager grants, Id<Member> member, OpeniddictApplication app, System.Collections.Immutable.ImmutableArray<string> asked, CancellationToken ct)
    {
        await foreach (var grant in grants.FindAsync(
            member.ToString(), app.Id.ToString(CultureInfo.InvariantCulture), Statuses.Valid, AuthorizationTypes.Permanent, asked, ct))
            return grant;
        return null;
    }

    internal static IResult Refuse(string error, string description) => TypedResults.Forbid(
        new AuthenticationProperties(new Dictionary<string, string?>
        {
            [OpenIddictServerAspNetCoreConstants.Properties.Error] = error,
            [OpenIddictServerAspNetCoreConstants.Properties.ErrorDescription] = description,
        }),
        [OpenIddictServerAspNetCoreDefaults.AuthenticationScheme]);

    /// <summary>When the member at the page last proved who they are; null when nobody is signed in there.</summary>
    internal static async Task<DateTimeOffset?> ProvedAtAsync(Actor actor, AccountsDb db, CancellationToken ct)
    {
        // A token cannot say yes for its member.
        if (!actor.IsMember || actor.Scopes is not null) return null;
        return Id<Session>.TryParse(actor.SessionId, null, out var id)
            ? await db.Sessions.Where(s => s.Id == id).Select(s => (DateTimeOffset?)s.ProvedAt).FirstOrDefaultAsync(ct)
            : db.Now;
    }

    private static bool MustProveAgain(OpenIddictRequest request, DateTimeOffset proved, DateTimeOffset now) =>
        request.HasPromptValue(PromptValues.Login) || (string?)request[ForceLogin] is "true" or "1" || (request.MaxAge is { } seconds && now - proved > TimeSpan.FromSeconds(Math.Max(seconds, JustNow)));

    // The way back after signing in: the same request, without asking to sign in once more.
    private static QueryString Again(OpenIddictRequest request)
    {
        var prompt = string.Join(' ', request.GetPromptValues().Where(p => p != PromptValues.Login));
        var query = request.GetParameters()
            .Where(p => p.Key != Parameters.Prompt && p.Key != Decision && p.Key != ForceLogin)
            .Select(p => KeyValuePair.Create(p.Key, (string?)p.Value));
        return QueryString.Create(prompt.Length > 0 ? query.Append(new(Parameters.Prompt, prompt)) : query);
    }

    private static async Task<IResult> AskAsync(
        HttpContext http, OpeniddictApplication app, IReadOnlyCollection<string> asked, IEnumerable<ApiScope> scopes, Actor actor, AccountsDb db, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        var request = http.GetOpenIddictServerRequest()!;
        return new RazorComponentResult<ConsentPage>(new Dictionary<string, object?>
        {
            [nameof(ConsentPage.Asks)] = await ConsentQuestion.OfAsync(app, asked, scopes, actor, db, request.RedirectUri, ct),
            [nameof(ConsentPage.Action)] = "/oauth/authorize",
            [nameof(ConsentPage.Fields)] = request.GetParameters().Where(p => p.Key != Decision).Select(p => KeyValuePair.Create(p.Key, (string?)p.Value ?? "")).ToList(),
        });
    }

    private static string Words(OpenIddictResponse fault) => fault.Error switch
    {
        Errors.InvalidClient => "The app that sent you here is not known to this house.",
        _ when fault.ErrorDescription?.Contains("redirect_uri", StringComparison.Ordinal) == true =>
            "The app asks to send you on to an address it has not registered. Nothing was sent.",
        _ => fault.ErrorDescription ?? "The app's request cannot be read.",
    };
}
