using Atrium.Kernel;
using Atrium.Contracts.Social;

namespace Atrium.Social;

internal enum DiscussionState
{
    Open,
    Closed,

    /// <summary>Only who runs the thing still sees it.</summary>
    Hidden,

    /// <summary>The thing is gone, and its comments with it.</summary>
    Gone,
}

/// <summary>What is said about a thing of any room: a root post that stands for it, and the answers.</summary>
internal sealed class Discussion
{
    public Id<Discussion> Id { get; init; } = Id<Discussion>.New();

    public Thing Thing { get; init; }

    public Id<Status> RootId { get; set; }

    /// <summary>The thing's own, followed at once: holds for every comment beside the comment's own.</summary>
    public Audience Audience { get; set; }

    public MayComment MayComment { get; set; }

    public DiscussionState State { get; set; }

    /// <summary>It was closed when its thing was hidden, and is closed again when that is shown.</summary>
    public bool WasClosed { get; set; }

    public int Comments { get; set; }

    /// <summary>When its author's followers were told of the thing.</summary>
    public DateTimeOffset? AnnouncedAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>What the house tells everyone who opens Social.</summary>
internal sealed class Announcement
{
    public Id<Announcement> Id { get; init; } = Id<Announcement>.New();

    public required string Source { get; set; }

    public required string Html { get; set; }

    public DateTimeOffset? StartsAt { get; set; }

    public DateTimeOffset? EndsAt { get; set; }

    public bool AllDay { get; set; }

    public List<DocumentEmoji> Emojis { get; set; } = [];

    /// <summary>Null while only administrators see it.</summary>
    public DateTimeOffset? PublishedAt { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

internal sealed class AnnouncementReaction
{
    public Id<Announcement> AnnouncementId { get; init; }

    public Id<Account> AccountId { get; init; }

    public required string Name { get; init; }
}

internal sealed class AnnouncementRead
{
    public Id<Announcement> AnnouncementId { get; init; }

    public Id<Account> AccountId { get; init; }
}
