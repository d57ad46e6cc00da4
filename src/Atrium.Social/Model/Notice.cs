using Atrium.Kernel;

namespace Atrium.Social;

/// <summary>What a notification tells of, as clients call it in snake_case.</summary>
internal enum NoticeType
{
    Mention,
    Status,
    Reblog,
    Follow,
    FollowRequest,
    Favourite,
    Poll,
    Update,
    Quote,
    QuotedUpdate,
    ModerationWarning,
    SeveredRelationships,
    AdminSignUp,
    AdminReport,
}

/// <summary>Something an account is told. Unique by account, type and what was done, so that nothing is told twice.</summary>
internal sealed class Notice
{
    public Id<Notice> Id { get; init; }

    public Id<Account> AccountId { get; init; }

    public NoticeType Type { get; init; }

    public Id<Account> FromId { get; init; }

    /// <summary>What was done: <c>favourite:{account}:{status}</c>.</summary>
    public required string Activity { get; init; }

    public Id<Status>? StatusId { get; init; }

    /// <summary><c>ungrouped-{id}</c> or <c>favourite-{status}-{bucket}</c>.</summary>
    public required string GroupKey { get; init; }

    /// <summary>Kept apart by the policy.</summary>
    public bool Filtered { get; set; }

    public DateTimeOffset? DismissedAt { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What a moderation warning says.</summary>
    public string? Detail { get; init; }
}

internal enum NoticeRule
{
    Accept,
    Filter,
    Drop,
}

/// <summary>Whose notifications are kept apart or dropped.</summary>
internal sealed class NoticePolicy
{
    public Id<Account> AccountId { get; init; }

    public NoticeRule NotFollowing { get; set; }

    public NoticeRule NotFollowers { get; set; }

    public NoticeRule NewAccounts { get; set; }

    public NoticeRule PrivateMentions { get; set; } = NoticeRule.Filter;

    public NoticeRule LimitedAccounts { get; set; } = NoticeRule.Filter;
}

internal enum RequestState
{
    Pending,
    Accepted,
    Dismissed,
}

/// <summary>Somebody whose notifications were kept apart, to be let in or sent away.</summary>
internal sealed class NoticeRequest
{
    public Id<NoticeRequest> Id { get; init; } = Id<NoticeRequest>.New();

    public Id<Account> AccountId { get; init; }

    public Id<Account> FromId { get; init; }

    public Id<Status>? LastStatusId { get; set; }

    public int Count { get; set; }

    public RequestState State { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; set; }
}

/// <summary>Where one app's token wants pushes.</summary>
internal sealed class ClientPush
{
    /// <summary>Small, since clients read it as a number.</summary>
    public int Id { get; init; }

    public Id<Account> AccountId { get; init; }

    /// <summary>The hash of the token it belongs to: one per token.</summary>
    public required string TokenHash { get; init; }

    /// <summary>The token itself under Data Protection: the relay hands it back to the app with each push.</summary>
    public required string ProtectedToken { get; init; }

    public required string Endpoint { get; set; }

    public required string P256dh { get; set; }

    public required string Auth { get; set; }

    /// <summary>RFC 8291; otherwise the draft before it.</summary>
    public bool Standard { get; set; }

    public List<string> Alerts { get; set; } = [];

    /// <summary><c>all</c>, <c>followed</c>, <c>follower</c> or <c>none</c>.</summary>
    public required string Policy { get; set; }

    public required string Locale { get; set; }

    public int Failures { get; set; }
}

/// <summary>An app is woken for a notification, or was: the row is taken before anything is sent, so that nobody is woken twice.</summary>
internal sealed class PushClaim
{
    public Id<Notice> NoticeId { get; init; }

    public int PushId { get; init; }

    /// <summary>How often it was sent: more than once only where the push server asked for that.</summary>
    public int Attempts { get; set; }

    public DateTimeOffset At { get; init; }
}

/// <summary>A report as the reporter's app knows it; the case itself lies with the moderators.</summary>
internal sealed class FiledReport
{
    public Id<FiledReport> Id { get; init; } = Id<FiledReport>.New();

    public Id<Account> AccountId { get; init; }

    public Id<Account> TargetId { get; init; }

    public required string Category { get; init; }

    public required string Comment { get; init; }

    public List<long> StatusIds { get; init; } = [];

    public List<string> RuleIds { get; init; } = [];

    public bool Forwarded { get; init; }

    public DateTimeOffset CreatedAt { get; init; }
}
