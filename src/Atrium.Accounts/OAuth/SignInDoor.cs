using Microsoft.AspNetCore.Http;

namespace Atrium.Accounts.OAuth;

/// <summary>The way to the sign-in page and back.</summary>
internal static class SignInDoor
{
    /// <param name="path">Where to come back to.</param>
    /// <param name="hint">The handle or address the app thinks it is (<c>login_hint</c>).</param>
    /// <param name="again">The member is signed in and shall prove it once more.</param>
    public static string For(string path, string? hint = null, bool again = false)
    {
        var query = QueryString.Create("next", path);
        if (again) return "/settings/prove" + query;
        return "/sign-in" + (string.IsNullOrEmpty(hint) ? query : query.Add("login", hint));
    }
}
