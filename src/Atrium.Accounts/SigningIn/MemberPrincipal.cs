using System.Security.Claims;
using Atrium.Accounts.Model;
using Atrium.Kernel;
using Atrium.Kernel.Http;

namespace Atrium.Accounts.SigningIn;

/// <summary>The one place where a member becomes a principal, whatever scheme signed them in.</summary>
internal static class MemberPrincipal
{
    /// <summary>For a browser with a session.</summary>
    public static ClaimsPrincipal Of(MemberStanding member, Id<Session> session, string scheme) =>
        new(Identity(member, scheme, [new(AtriumClaims.Session, session.ToString())]));

    /// <summary>For a token or app password: narrowed to its scopes, named after its client.</summary>
    public static ClaimsPrincipal Of(MemberStanding member, string scheme, string client, IReadOnlyCollection<string> scopes) =>
        new(Identity(member, scheme, Narrowed(client, scopes)));

    /// <summary>For an app on its own behalf.</summary>
    public static ClaimsPrincipal OfApp(string scheme, string client, IReadOnlyCollection<string> scopes) =>
        new(new ClaimsIdentity(Narrowed(client, scopes), scheme, AtriumClaims.Handle, AtriumClaims.Role));

    private static ClaimsIdentity Identity(MemberStanding member, string scheme, IEnumerable<Claim> more) => new(
        [
            new(AtriumClaims.Subject, member.Id.ToString()),
            new(AtriumClaims.Handle, member.Handle),
            new(AtriumClaims.Role, member.Role.ToString()),
            new(AtriumClaims.TimeZone, member.TimeZone),
            new(AtriumClaims.Culture, member.Culture),
            .. more,
        ],
        scheme, AtriumClaims.Handle, AtriumClaims.Role);

    private static IEnumerable<Claim> Narrowed(string client, IReadOnlyCollection<string> scopes) =>
        scopes.DefaultIfEmpty(AtriumClaims.NoScope).Select(s => new Claim(AtriumClaims.Scope, s)).Append(new(AtriumClaims.Client, client));
}
