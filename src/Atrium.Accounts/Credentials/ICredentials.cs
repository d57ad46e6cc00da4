using Atrium.Kernel;

namespace Atrium.Accounts.Credentials;

/// <summary>Makes personal access tokens.</summary>
internal interface ITokenIssuer
{
    /// <summary>Makes a token and answers it, the only time it can be read.</summary>
    Task<string> IssueAsync(Id<Member> member, string name, IReadOnlyCollection<string> scopes, CancellationToken ct);
}

/// <summary>Makes app passwords.</summary>
internal interface IAppPasswordIssuer
{
    Task<string> IssueAsync(Id<Member> member, string name, CancellationToken ct);
}

/// <summary>A kind of credential that lives longer than a session.</summary>
internal interface ICredentialStore
{
    /// <summary>
    /// Removes all that <paramref name="member"/> holds: after a password reset, and when they are erased. Joins the transaction of the
    /// scope's AccountsDb.
    /// </summary>
    Task RevokeAllAsync(Id<Member> member, CancellationToken ct);
}
