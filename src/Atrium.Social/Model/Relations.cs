using Atrium.Kernel;

namespace Atrium.Social;

internal enum FollowState
{
    Requested,
    Accepted,
}

/// <summary>An account reads another in its home. Accepted ones of members are also kept by the platform, as <c>followers:{member}</c>.</summary>
internal sealed class Follow
{
    public Id<Follow> Id { get; init; } = Id<Follow>.New();

    public Id<Account> AccountId { get; init; }

    public Id<Account> TargetId { get; init; }

    public FollowState State { get; set; }

    public bool ShowBoosts { get; set; } = true;

    /// <summary>Tell of each post.</summary>
    public bool Notify { get; set; }

    /// <summary>Only posts in these; empty is all.</summary>
    public List<string> Languages { get; set; } = [];

    public string? Uri { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Two who have nothing to do with each other, because one of them said so.</summary>
internal sealed class Block
{
    public Id<Block> Id { get; init; } = Id<Block>.New();

    public Id<Account> AccountId { get; init; }

    public Id<Account> TargetId { get; init; }

    public string? Uri { get; init; }
}

/// <summary>An account does not want to read another, which is not told.</summary>
internal sealed class Mute
{
    public Id<Mute> Id { get; init; } = Id<Mute>.New();

    public Id<Account> AccountId { get; init; }

    public Id<Account> TargetId { get; init; }

    public bool HideNotifications { get; set; } = true;

    public DateTimeOffset? ExpiresAt { get; set; }
}

/// <summary>An account wants nothing from a whole server.</summary>
internal sealed class UserDomainBlock
{
    public Id<UserDomainBlock> Id { get; init; } = Id<UserDomainBlock>.New();

    public Id<Account> AccountId { get; init; }

    public required string Domain { get; init; }
}

/// <summary>What one wrote down about another, for oneself.</summary>
internal sealed class AccountNote
{
    public Id<Account> AccountId { get; init; }

    public Id<Account> TargetId { get; init; }

    public required string Text { get; set; }
}

/// <summary>An account recommends another on its profile.</summary>
internal sealed class Endorsement
{
    public Id<Endorsement> Id { get; init; } = Id<Endorsement>.New();

    public Id<Account> AccountId { get; init; }

    public Id<Account> TargetId { get; init; }
}

/// <summary>A suggestion that was waved away.</summary>
internal sealed class DismissedSuggestion
{
    public Id<Account> AccountId { get; init; }

    public Id<Account> TargetId { get; init; }
}

/// <summary>Which replies a list shows.</summary>
internal enum RepliesPolicy
{
    /// <summary>To those on the list.</summary>
    List,

    /// <summary>To anybody the reader follows.</summary>
    Followed,
    None,
}

/// <summary>People read apart from the rest.</summary>
internal sealed class PeopleList
{
    public Id<PeopleList> Id { get; init; } = Id<PeopleList>.New();

    public Id<Account> AccountId { get; init; }

    public required string Title { get; set; }

    public RepliesPolicy Replies { get; set; }

    /// <summary>Its people's posts stay out of home.</summary>
    public bool Exclusive { get; set; }
}

internal sealed class ListMember
{
    public Id<ListMember> Id { get; init; } = Id<ListMember>.New();

    public Id<PeopleList> ListId { get; init; }

    public Id<Account> AccountId { get; init; }
}

internal sealed class TagFollow
{
    public Id<TagFollow> Id { get; init; } = Id<TagFollow>.New();

    public Id<Account> AccountId { get; init; }

    public Id<Hashtag> TagId { get; init; }
}

internal sealed class FeaturedTag
{
    public Id<FeaturedTag> Id { get; init; } = Id<FeaturedTag>.New();

    public Id<Account> AccountId { get; init; }

    public Id<Hashtag> TagId { get; init; }
}
