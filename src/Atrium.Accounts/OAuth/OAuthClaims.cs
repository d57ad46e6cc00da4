using System.Security.Claims;
using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Atrium.Accounts.OAuth;

/// <summary>What an app is told of a member, by the scopes it was granted (OpenID Connect Core, 5.1 and 5.4).</summary>
internal sealed class OAuthClaims(AccountsDb db, IMembers members, HouseAddress house)
{
    /// <summary>The app's name, inside its access tokens.</summary>
    public const string AppName = "atrium_app";

    /// <summary>The app's own site.</summary>
    public const string AppSite = "atrium_app_site";

    /// <summary>The claims of <paramref name="member"/>; null when they are not active.</summary>
    public async Task<IReadOnlyDictionary<string, object>?> OfAsync(Id<Member> member, IReadOnlyCollection<string> scopes, CancellationToken ct)
    {
        var found = await db.Accounts.Where(a => a.Id == member && a.State == AccountState.Active)
            .Select(a => new { Account = a, ChangedAt = EF.Property<DateTimeOffset?>(a, AccountsDb.ProfileChangedAt) }).FirstOrDefaultAsync(ct);
        if (found?.Account is not { } account) return null;
        var claims = new Dictionary<string, object> { [Claims.Subject] = account.Id.ToString() };
        if (scopes.Contains(Scopes.Profile))
        {
            claims[Claims.PreferredUsername] = account.Handle;
            claims[Claims.Name] = account.Name;
            claims[Claims.Profile] = house.Of($"/@{account.Handle}").AbsoluteUri;
            claims[Claims.Zoneinfo] = account.TimeZone;
            claims[Claims.Locale] = account.Culture;
            claims[Claims.UpdatedAt] = (found.ChangedAt ?? account.CreatedAt).ToUnixTimeSeconds();
            var card = (await members.CardsAsync([member], ct))[member];
            if (card.AvatarUrl is { } picture) claims[Claims.Picture] = house.Of(picture).AbsoluteUri;
        }

        if (scopes.Contains(Scopes.Email))
        {
            claims[Claims.Email] = account.Email;
            claims[Claims.EmailVerified] = account.EmailConfirmedAt is not null;
        }

        return claims;
    }

    /// <summary>The principal from which the tokens for a member are made.</summary>
    /// <param name="authenticatedAt">When the member last proved who they are.</param>
    public static ClaimsPrincipal PrincipalOf(IReadOnlyDictionary<string, object> claims, string app, IReadOnlyCollection<string> scopes, DateTimeOffset authenticatedAt)
    {
        var identity = Empty();
        foreach (var (name, value) in claims)
            if (value is bool or long) identity.SetClaim(name, value is bool yes ? yes : (long)value);
            else identity.SetClaim(name, (string)value);
        identity.SetClaim(Claims.AuthenticationTime, authenticatedAt.ToUnixTimeSeconds());
        return Complete(identity, app, scopes);
    }

    /// <summary>The principal from which the tokens for an app on its own behalf are made.</summary>
    public static ClaimsPrincipal PrincipalOf(string clientId, string app, IReadOnlyCollection<string> scopes)
    {
        var identity = Empty();
        identity.SetClaim(Claims.Subject, clientId);
        return Complete(identity, app, scopes);
    }

    private static ClaimsIdentity Empty() => new(TokenValidationParameters.DefaultAuthenticationType, Claims.Name, Claims.Role);

    private static ClaimsPrincipal Complete(ClaimsIdentity identity, string app, IReadOnlyCollection<string> scopes)
    {
        identity.SetClaim(AppName, app);
        identity.SetScopes(scopes);
        // An access token only has to say whose it is: the rest is read afresh.
        identity.SetDestinations(DestinationsOf);
        return new(identity);
    }

    /// <summary>Which tokens carry a claim.</summary>
    public static IEnumerable<string> DestinationsOf(Claim claim) => claim.Type switch
    {
        AppName or AppSite => [Destinations.AccessToken],
        Claims.Subject => [Destinations.AccessToken, Destinations.IdentityToken],
        _ => [Destinations.IdentityToken],
    };
}
