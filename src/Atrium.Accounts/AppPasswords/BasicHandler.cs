using System.Security.Claims;
using System.Text;
using System.Text.Encodings.Web;
using Atrium.Accounts.SigningIn;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Atrium.Accounts.AppPasswords;

/// <summary>
/// Signs in by <c>Authorization: Basic</c> (RFC 7617) with handle and app password, only at addresses that say
/// <see cref="AcceptsAppPassword"/>; a member's own password is never taken.
/// </summary>
internal sealed class BasicHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder, AppPasswordDesk desk)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "Atrium.Basic";
    public const string Header = "Basic ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Context.GetEndpoint()?.Metadata.GetMetadata<AcceptsAppPassword>() is null) return AuthenticateResult.NoResult();
        if (!TryRead(Request.Headers.Authorization.ToString()[Header.Length..], out var handle, out var password)
            || await desk.FindAsync(handle, password, Context.RequestAborted) is not { Member: { } member } found)
            return AuthenticateResult.Fail("Handle or app password is wrong.");

        var principal = MemberPrincipal.Of(member, SchemeName, found.Client, []);
        // An app password is held back by where it is taken, not by scopes.
        var identity = (ClaimsIdentity)principal.Identity!;
        foreach (var scope in identity.FindAll(AtriumClaims.Scope).ToList()) identity.RemoveClaim(scope);
        return AuthenticateResult.Success(new(principal, SchemeName));
    }

    private static bool TryRead(string text, out string handle, out string password)
    {
        (handle, password) = ("", "");
        var bytes = new byte[text.Length];
        if (!Convert.TryFromBase64String(text.Trim(), bytes, out var length)) return false;
        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0) return false;
        (handle, password) = (pair[..colon], pair[(colon + 1)..]);
        return true;
    }
}
