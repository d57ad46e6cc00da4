using System.Security.Claims;
using System.Text.Encodings.Web;
using Atrium.Accounts.Data;
using Atrium.Accounts.OAuth;
using Atrium.Accounts.SigningIn;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Atrium.Accounts.Tokens;

/// <summary>Signs in by <c>Authorization: Bearer</c> (RFC 6750): a personal token, known by its first letters, or an OAuth token.</summary>
internal sealed class BearerHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logs, UrlEncoder encoder,
    CredentialCache cache, LastUses uses, OAuthTokenReader oauth, AccountsDb db)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logs, encoder)
{
    public const string SchemeName = "Atrium.Bearer";
    public const string Header = "Bearer ";
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var token = Request.Headers.Authorization.ToString()[Header.Length..].Trim();
        var found = token.Length is 0 or > 4096
            ? null
            : await cache.GetAsync(token, Fresh, () => token.StartsWith(PersonalToken.Prefix, StringComparison.Ordinal) ? ReadAsync(token) : oauth.ReadAsync(Context));
        if (found is null || found.Member is { IsActive: false })
        {
            if (found?.Member is { } member) Context.Features.Set(new HeldBack(member.Id, member.State, found.Scopes));
            Explain();
            return AuthenticateResult.Fail("The token is unknown, revoked or expired.");
        }

        uses.Saw(found, Context);
        return AuthenticateResult.Success(new(PrincipalOf(found), SchemeName));
    }

    private static ClaimsPrincipal PrincipalOf(Credential found)
    {
        var principal = found.Member is { } member ? MemberPrincipal.Of(member, SchemeName, found.Client, found.Scopes!) : MemberPrincipal.OfApp(SchemeName, found.Client, found.Scopes!);
        if (found.Site is { } site) ((ClaimsIdentity)principal.Identity!).AddClaim(new(AtriumClaims.ClientSite, site));
        return principal;
    }

    private async Task<Credential?> ReadAsync(string token)
    {
        var hash = RandomKey.Hash(token);
        return await (from t in db.PersonalTokens
                      where t.Hash == hash
                      join a in db.Accounts on t.MemberId equals a.Id
                      select new Credential(
                          CredentialKind.PersonalToken, t.Id.Value, new MemberStanding(a.Id, a.Handle, a.Role, a.State, a.TimeZone, a.Culture), t.Name, t.Scopes, t.ExpiresAt))
            .FirstOrDefaultAsync(Context.RequestAborted);
    }

    // Only where the caller is then refused: an address that is open to everyone stays open.
    private void Explain() => Response.OnStarting(() =>
    {
        if (Response.StatusCode == StatusCodes.Status401Unauthorized) Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
        return Task.CompletedTask;
    });
}
