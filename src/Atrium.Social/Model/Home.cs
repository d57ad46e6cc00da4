using Atrium.Kernel;

namespace Atrium.Social;

/// <summary>Why a post stands in a home.</summary>
internal enum HomeReason
{
    Own,
    Follow,
    Boost,
    Tag,
    Group,
}

/// <summary>A post in the home of a member. Written when it is posted; who may see it is asked again when it is read.</summary>
internal sealed class HomeEntry
{
    public Id<Account> OwnerId { get; init; }

    public Id<Status> StatusId { get; init; }

    /// <summary>The post itself, or the one that was boosted.</summary>
    public Id<Status> OriginalId { get; init; }

    public Id<Account> ViaAccountId { get; init; }

    public HomeReason Reason { get; init; }

    /// <summary>False for those that only an exclusive list shows.</summary>
    public bool InHome { get; init; } = true;
}

/// <summary>How far a timeline was read, shared by all apps of a member.</summary>
internal sealed class Marker
{
    public Id<Account> AccountId { get; init; }

    /// <summary><c>home</c> or <c>notifications</c>.</summary>
    public required string Timeline { get; init; }

    public long LastRead { get; set; }

    public long Version { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>A private conversation as one of those in it sees it.</summary>
internal sealed class ConversationRead
{
    public Id<ConversationRead> Id { get; init; } = Id<ConversationRead>.New();

    public Id<Account> AccountId { get; init; }

    public Id<Conversation> ConversationId { get; init; }

    public Id<Status> LastStatusId { get; set; }

    /// <summary>The others in it.</summary>
    public List<long> Others { get; set; } = [];

    public bool Unread { get; set; }

    public bool Removed { get; set; }
}

internal enum FilterAction
{
    Warn,
    Hide,
    Blur,
}

/// <summary>What a member does not want to read, or only behind a warning.</summary>
internal sealed class PostFilter
{
    public Id<PostFilter> Id { get; init; } = Id<PostFilter>.New();

    public Id<Account> AccountId { get; init; }

    public required string Title { get; set; }

    /// <summary><c>home</c>, <c>notifications</c>, <c>public</c>, <c>thread</c>, <c>account</c>.</summary>
    public List<string> Contexts { get; set; } = [];

    public FilterAction Action { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }
}

internal sealed class FilterKeyword
{
    public Id<FilterKeyword> Id { get; init; } = Id<FilterKeyword>.New();

    public Id<PostFilter> FilterId { get; init; }

    public required string Keyword { get; set; }

    public bool WholeWord { get; set; }
}

internal sealed class FilterStatus
{
    public Id<FilterStatus> Id { get; init; } = Id<FilterStatus>.New();

    public Id<PostFilter> FilterId { get; init; }

    public Id<Status> StatusId { get; init; }
}

/// <summary>Something begun and not posted yet.</summary>
internal sealed class Draft : Kernel.Data.IRevised
{
    public Id<Draft> Id { get; init; } = Id<Draft>.New();

    public Id<Account> AccountId { get; init; }

    /// <summary>A <see cref="NewStatus"/> as JSON.</summary>
    public required string Params { get; set; }

    public DateTimeOffset UpdatedAt { get; set; }

    public long Revision { get; set; } = 1;
}

internal enum ScheduleState
{
    Waiting,
    Published,
    Failed,
}

/// <summary>A post that waits for its hour.</summary>
internal sealed class ScheduledStatus
{
    public Id<ScheduledStatus> Id { get; init; } = Id<ScheduledStatus>.New();

    public Id<Account> AccountId { get; init; }

    /// <summary>A <see cref="NewStatus"/> as JSON.</summary>
    public required string Params { get; set; }

    public DateTimeOffset RunAt { get; set; }

    public ScheduleState State { get; set; }

    public int Attempts { get; set; }

    public string? Failure { get; set; }
}
