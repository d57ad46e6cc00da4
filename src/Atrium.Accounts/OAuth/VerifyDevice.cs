using System.Globalization;
using Atrium.Accounts.Data;
using Atrium.Accounts.OAuth.Pages;
using Atrium.Kernel;
using Atrium.Kernel.Modules;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using OpenIddict.Abstractions;
using OpenIddict.Core;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Atrium.Accounts.OAuth;

/// <summary>Where a member types the code that a television or a terminal shows them (RFC 8628, 3.3).</summary>
internal static class VerifyDevice
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;
    private const string Address = "/oauth/device/verify";

    public static async Task<IResult> HandleAsync(
        HttpContext http, Actor actor, AccountsDb db, OAuthClaims claims, OpenIddictApplicationManager<OpeniddictApplication> apps,
        IOpenIddictAuthorizationManager grants, IEnumerable<ApiScope> scopes, CancellationToken ct)
    {
        http.Response.Headers.CacheControl = "no-store";
        var request = http.GetOpenIddictServerRequest() ?? throw Refusal.NotFound();
        var typed = request.UserCode;
        if (await Authorize.ProvedAtAsync(actor, db, ct) is not { } proved)
            return TypedResults.Redirect(SignInDoor.For(Address + (typed is null ? "" : QueryString.Create(Parameters.UserCode, typed))));
        if (http.Request.Query.ContainsKey("done")) return Page(DeviceStep.Done);
        if (string.IsNullOrEmpty(typed)) return Page(DeviceStep.Type);

        var code = await http.AuthenticateAsync(Scheme);
        if (code.Principal is not { } asked || asked.GetClaim(Claims.ClientId) is not { } clientId || await apps.FindByClientIdAsync(clientId, ct) is not { } app)
            return Page(DeviceStep.Wrong, typed);

        var decision = HttpMethods.IsPost(http.Request.Method) ? http.Request.Form["decision"].ToString() : "";
        if (decision == "deny")
        {
            await http.ForbidAsync(Scheme, new() { RedirectUri = "/" });
            return TypedResults.Empty;
        }

        var wanted = asked.GetScopes();
        if (decision != "allow")
            return new RazorComponentResult<ConsentPage>(new Dictionary<string, object?>
            {
                [nameof(ConsentPage.Asks)] = await ConsentQuestion.OfAsync(app, wanted, scopes, actor, db, null, ct),
                [nameof(ConsentPage.Action)] = Address,
                [nameof(ConsentPage.Fields)] = new List<KeyValuePair<string, string>> { new(Parameters.UserCode, typed) },
            });

        var me = actor.Demand();
        var told = await claims.OfAsync(me, wanted, ct) ?? throw Refusal.Forbidden();
        var principal = OAuthClaims.PrincipalOf(told, app.DisplayName ?? clientId, wanted, proved);
        var grant = await Authorize.GrantAsync(grants, me, app, wanted, ct) ?? await grants.CreateAsync(
            identity: (System.Security.Claims.ClaimsIdentity)principal.Identity!, subject: me.ToString(), client: app.Id.ToString(CultureInfo.InvariantCulture),
            type: AuthorizationTypes.Permanent, scopes: wanted, cancellationToken: ct);
        principal.SetAuthorizationId(await grants.GetIdAsync(grant, ct));
        return TypedResults.SignIn(principal, new AuthenticationProperties { RedirectUri = Address + "?done=1" }, Scheme);
    }

    private static RazorComponentResult<DevicePage> Page(DeviceStep step, string? typed = null) => new(new Dictionary<string, object?>
    {
        [nameof(DevicePage.Step)] = step,
        [nameof(DevicePage.Typed)] = typed,
    }) { StatusCode = step == DeviceStep.Wrong ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK };
}

/// <summary>Where a member stands with a device's code.</summary>
public enum DeviceStep
{
    Type,
    Wrong,
    Done,
}
