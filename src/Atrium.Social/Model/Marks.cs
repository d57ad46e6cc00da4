using Atrium.Kernel;

namespace Atrium.Social;

/// <summary>An account likes a post.</summary>
internal sealed class Favourite
{
    public Id<Favourite> Id { get; init; } = Id<Favourite>.New();

    public Id<Account> AccountId { get; init; }

    public Id<Status> StatusId { get; init; }

    public string? Uri { get; init; }
}

internal sealed class Bookmark
{
    public Id<Bookmark> Id { get; init; } = Id<Bookmark>.New();

    public Id<Account> AccountId { get; init; }

    public Id<Status> StatusId { get; init; }
}

/// <summary>A post at the top of its author's profile.</summary>
internal sealed class Pin
{
    public Id<Pin> Id { get; init; } = Id<Pin>.New();

    public Id<Account> AccountId { get; init; }

    public Id<Status> StatusId { get; init; }
}

/// <summary>An account wants to hear no more of a conversation.</summary>
internal sealed class ThreadMute
{
    public Id<Account> AccountId { get; init; }

    public Id<Conversation> ConversationId { get; init; }
}

/// <summary>The post that was made, or kept for its hour, under a key: the same key again answers it.</summary>
internal sealed class IdempotentPost
{
    public Id<Account> AccountId { get; init; }

    public required string Key { get; init; }

    public Id<Status>? StatusId { get; init; }

    public Id<ScheduledStatus>? ScheduledId { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
