using System.Collections.Immutable;
using System.Globalization;
using System.Security.Claims;
using Atrium.Accounts.Data;
using Atrium.Accounts.OAuth.Apps;
using Atrium.Accounts.Passwords;
using Atrium.Kernel;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Atrium.Accounts.OAuth;

/// <summary>
/// Lets an app in that brings a member's name and password itself (RFC 6749, 4.3), where the house takes such apps at all. Whoever has a second
/// factor signs in on a page of the house: here there is no place to ask for it.
/// </summary>
internal sealed class PasswordGrant(AccountsDb db, PasswordBook passwords, OAuthClaims claims, IOpenIddictAuthorizationManager grants)
{
    /// <summary>Null where the two do not belong together, or their member may not come in this way.</summary>
    /// <exception cref="Refusal">TooMany, after wrong passwords.</exception>
    public async Task<ClaimsPrincipal?> AllowAsync(string? login, string? password, OpeniddictApplication app, ImmutableArray<string> asked, CancellationToken ct)
    {
        Model.Account account;
        try
        {
            account = await SigningIn.SignIn.ProveAsync(login, password, db, passwords, ct);
        }
        catch (Refusal refusal) when (refusal.Kind == RefusalKind.Invalid)
        {
            return null;
        }

        if (account.HasSecondFactor || await claims.OfAsync(account.Id, asked, ct) is not { } told) return null;
        var principal = OAuthClaims.PrincipalOf(told, app.DisplayName ?? app.ClientId!, asked, db.Now);
        // It stands among the member's apps like any other, and can be sent away there.
        var grant = await Authorize.GrantAsync(grants, account.Id, app, asked, ct) ?? await grants.CreateAsync(
            identity: (ClaimsIdentity)principal.Identity!, subject: account.Id.ToString(), client: app.Id.ToString(CultureInfo.InvariantCulture), type: AuthorizationTypes.Permanent, scopes: asked, cancellationToken: ct);
        return principal.SetAuthorizationId(await grants.GetIdAsync(grant, ct));
    }
}
