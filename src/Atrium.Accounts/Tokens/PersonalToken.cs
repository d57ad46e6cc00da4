using Atrium.Kernel;

namespace Atrium.Accounts.Tokens;

/// <summary>A key that a member made for a script of theirs. Only its hash is kept; removing the row ends it at once.</summary>
public sealed class PersonalToken
{
    /// <summary>Tells our tokens from others' at a glance, and from OAuth's.</summary>
    public const string Prefix = "atr_";

    public Id<PersonalToken> Id { get; init; } = Id<PersonalToken>.New();

    public Id<Member> MemberId { get; init; }

    public required string Name { get; init; }

    /// <summary>SHA-256 of the whole token.</summary>
    public required string Hash { get; init; }

    /// <summary>Its last four letters, by which its owner knows it again.</summary>
    public required string Ending { get; init; }

    public List<string> Scopes { get; init; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null for one that lasts until it is revoked.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>To the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    public string? LastAddress { get; set; }
}
