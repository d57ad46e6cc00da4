using Atrium.Accounts.SigningIn;

namespace Atrium.Accounts.Tokens;

/// <summary>What kind of key a caller showed.</summary>
internal enum CredentialKind
{
    PersonalToken,
    AppPassword,

    /// <summary>An OAuth token; its id is that of the grant behind it.</summary>
    Grant,
}

/// <summary>A key that was found good.</summary>
/// <param name="Id">Of the row whose last use is noted; 0 when there is none.</param>
/// <param name="Member">Null for an app on its own behalf.</param>
/// <param name="Client">The app's or token's name.</param>
/// <param name="Scopes">Null for a key that is not narrowed.</param>
internal sealed record Credential(
    CredentialKind Kind, long Id, MemberStanding? Member, string Client, IReadOnlyList<string>? Scopes, DateTimeOffset? ExpiresAt)
{
    /// <summary>The app's own site, where it named one.</summary>
    public string? Site { get; init; }
}
