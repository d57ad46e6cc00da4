using System.Text.Json.Serialization;
using Atrium.Kernel;

namespace Atrium.Social;

/// <summary>An account as Mastodon's API shows it. Every key is always there, but for the last four.</summary>
internal record AccountEntity
{
    public required string Id { get; init; }
    public required string Username { get; init; }
    public required string Acct { get; init; }
    public required string DisplayName { get; init; }
    public bool Locked { get; init; }
    public bool Bot { get; init; }
    public bool Discoverable { get; init; }
    public bool Indexable { get; init; }
    public bool Group { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public required string Note { get; init; }
    public required string Url { get; init; }
    public required string Uri { get; init; }
    public required string Avatar { get; init; }
    public required string AvatarStatic { get; init; }
    public string AvatarDescription { get; init; } = "";
    public required string Header { get; init; }
    public required string HeaderStatic { get; init; }
    public string HeaderDescription { get; init; } = "";
    public int FollowersCount { get; init; }
    public int FollowingCount { get; init; }
    public int StatusesCount { get; init; }
    public string? LastStatusAt { get; init; }
    public bool HideCollections { get; init; }
    public bool ShowMedia { get; init; } = true;
    public bool ShowMediaReplies { get; init; } = true;
    public bool ShowFeatured { get; init; } = true;
    public bool Noindex { get; init; }
    public FeatureApprovalEntity FeatureApproval { get; init; } = FeatureApprovalEntity.Denied;
    public IReadOnlyList<EmojiEntity> Emojis { get; init; } = [];
    public IReadOnlyList<AccountRoleEntity> Roles { get; init; } = [];
    public IReadOnlyList<FieldEntity> Fields { get; init; } = [];

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AccountEntity? Moved { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Suspended { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Limited { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Memorial { get; init; }
}

/// <summary>One's own account.</summary>
internal sealed record CredentialAccountEntity : AccountEntity
{
    public required AccountSourceEntity Source { get; init; }
    public required RoleEntity Role { get; init; }
}

internal sealed record AccountSourceEntity(
    string Privacy, bool Sensitive, string? Language, string Note, IReadOnlyList<FieldEntity> Fields, int FollowRequestsCount, bool HideCollections, bool Discoverable, bool Indexable,
    IReadOnlyList<string> AttributionDomains, string QuotePolicy);

internal sealed record RoleEntity(string Id, string Name, string Color, string Permissions, bool Highlighted, int CollectionLimit)
{
    /// <summary>A role that everyone is shown; null for that of ordinary members.</summary>
    public static RoleEntity? Of(Role role) => role switch
    {
        // Mastodon's bits: administrator 1; audit log, dashboard, reports, taxonomies, users 1308.
        Role.Administrator => new("3", "Administrator", "", "1", true, 0),
        Role.Moderator => new("2", "Moderator", "", "1308", true, 0),
        _ => null,
    };

    /// <summary>That of an ordinary member; who may invite has the bit 65536.</summary>
    public static RoleEntity Member(bool invites) => new("-99", "", "", invites ? "65536" : "0", false, 0);
}

internal sealed record AccountRoleEntity(string Id, string Name, string Color);

internal sealed record FieldEntity(string Name, string Value, DateTimeOffset? VerifiedAt);

internal sealed record EmojiEntity(string Shortcode, string Url, string StaticUrl, bool VisibleInPicker, string? Category);

internal sealed record FeatureApprovalEntity(IReadOnlyList<string> Automatic, IReadOnlyList<string> Manual, string CurrentUser)
{
    public static FeatureApprovalEntity Denied { get; } = new([], [], "denied");
}

/// <summary>What stands between the reader and an account.</summary>
internal sealed record RelationshipEntity(
    string Id, bool Following, bool ShowingReblogs, bool Notifying, IReadOnlyList<string>? Languages, bool FollowedBy, bool Blocking, bool BlockedBy, bool Muting,
    bool MutingNotifications, DateTimeOffset? MutingExpiresAt, bool Requested, bool RequestedBy, bool DomainBlocking, bool Endorsed, string Note);

/// <summary>A row of the list of mutes.</summary>
internal sealed record MutedAccountEntity : AccountEntity
{
    public DateTimeOffset? MuteExpiresAt { get; init; }
}
