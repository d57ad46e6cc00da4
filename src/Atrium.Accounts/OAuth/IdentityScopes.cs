using System.Collections.Frozen;
using OpenIddict.Abstractions;

namespace Atrium.Accounts.OAuth;

/// <summary>
/// The scopes of OpenID Connect (Core, 5.4). They open no door of the API: an id token and userinfo are all they give, so they never
/// become scopes of an actor, where <c>profile</c> would contain <c>profile:write</c>.
/// </summary>
internal static class IdentityScopes
{
    public static readonly FrozenDictionary<string, string> Titles = new Dictionary<string, string>
    {
        [OpenIddictConstants.Scopes.OpenId] = "Know who you are in this house",
        [OpenIddictConstants.Scopes.Profile] = "See your name, picture, language and time zone",
        [OpenIddictConstants.Scopes.Email] = "See your e-mail address",
        [OpenIddictConstants.Scopes.OfflineAccess] = "Stay allowed while you are away",
    }.ToFrozenDictionary();

    public static bool Contains(string scope) => Titles.ContainsKey(scope);
}
