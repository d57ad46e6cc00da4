using Atrium.Kernel;
using Atrium.Kernel.Data;

namespace Atrium.Social;

/// <summary>Who a post is for.</summary>
internal enum Visibility
{
    Public,

    /// <summary>Everyone, but in no public timeline.</summary>
    Unlisted,

    /// <summary>Those who follow the author, and those mentioned.</summary>
    Followers,

    /// <summary>Those mentioned.</summary>
    Direct,

    /// <summary>Every member of the house. Never leaves it.</summary>
    Members,

    /// <summary>Who is in the group now, or whoever sees the thing it discusses. Never leaves the house.</summary>
    Group,
}

internal enum StatusKind
{
    Note,
    Boost,

    /// <summary>Stands for a thing of another room: what is said about it answers this.</summary>
    Root,
}

internal enum TextFormat
{
    Plain,
    Markdown,
}

/// <summary>Who may quote a post without asking.</summary>
internal enum QuotePolicy
{
    Public,
    Followers,
    Nobody,
}

/// <summary>A post, a boost of one, or the root of a discussion.</summary>
internal sealed partial class Status : IRevised
{
    /// <summary>Made by <see cref="StatusIds"/> inside the writing transaction, so that commit order is id order.</summary>
    public Id<Status> Id { get; init; }

    public Id<Account> AccountId { get; init; }

    /// <summary>The member whose hand it was.</summary>
    public Id<Member>? WrittenBy { get; init; }

    /// <summary>ActivityPub id; of a local post without the house's root: <c>/users/ada/statuses/1</c>. Never changes.</summary>
    public required string Uri { get; init; }

    public required string Url { get; set; }

    public bool IsLocal { get; init; } = true;

    public StatusKind Kind { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EditedAt { get; set; }

    public DateTimeOffset? DeletedAt { get; set; }

    /// <summary>Hidden by a moderator or by who runs the discussed thing; its author still sees it.</summary>
    public DateTimeOffset? HiddenAt { get; set; }

    public string? HiddenReason { get; set; }

    /// <summary>Deleted by moderators, who may yet bring it back: nobody sees it, but all that hangs on it is still there.</summary>
    public DateTimeOffset? RemovedAt { get; set; }

    /// <summary>Marked as sensitive by moderators, whatever its author says.</summary>
    public DateTimeOffset? SensitizedAt { get; set; }

    public Id<Status>? BoostOf { get; init; }

    public Id<Status>? InReplyTo { get; init; }

    public Id<Account>? InReplyToAccount { get; init; }

    /// <summary>What is muted together; of a private conversation, what is listed as one.</summary>
    public Id<Conversation> ConversationId { get; init; }

    /// <summary>The first post of the tree; its own id where it is that.</summary>
    public Id<Status> ThreadRoot { get; init; }

    public Id<Discussion>? DiscussionId { get; init; }

    public Visibility Visibility { get; init; }

    public Id<Group>? GroupId { get; init; }

    /// <summary>The same as the platform knows it: the one thing that reading looks at. See <see cref="Audiences"/>.</summary>
    public Audience Audience { get; set; }

    /// <summary>App it was written with, as the reader is told.</summary>
    public string? App { get; init; }

    public string? AppWebsite { get; init; }

    public QuotePolicy QuotePolicy { get; set; }

    /// <summary>Whether everyone may read it.</summary>
    public bool IsOpen => Visibility is Visibility.Public or Visibility.Unlisted;

    /// <summary>Whether its author's counters tell of it: what is said to the house or a group alone is counted nowhere that others look.</summary>
    public bool IsCounted => IsOpen || Visibility == Visibility.Followers;

    public long Revision { get; set; } = 1;
}

/// <summary>Names what belongs to one conversation.</summary>
internal sealed class Conversation
{
    private Conversation() { }
}
