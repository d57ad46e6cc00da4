namespace Atrium.Social;

/// <summary>How other servers reach an account and know its word.</summary>
internal sealed partial class Account
{
    public string? Inbox { get; set; }

    /// <summary>The server's one inbox for all, where it has one.</summary>
    public string? SharedInbox { get; set; }

    public string? Outbox { get; set; }

    public string? FollowersUri { get; set; }

    public string? FollowingUri { get; set; }

    public string? FeaturedUri { get; set; }

    public string? PublicKeyId { get; set; }

    public string? PublicKeyPem { get; set; }

    /// <summary>The name of the second key, as the actor's <c>assertionMethod</c> gives it (FEP-521a).</summary>
    public string? Ed25519KeyId { get; set; }

    /// <summary>Multibase.</summary>
    public string? Ed25519PublicKey { get; set; }

    /// <summary>Under Data Protection; local accounts only.</summary>
    public string? ProtectedRsaKey { get; set; }

    public string? ProtectedEd25519Key { get; set; }

    /// <summary>When a remote actor was last read.</summary>
    public DateTimeOffset? FetchedAt { get; set; }
}
