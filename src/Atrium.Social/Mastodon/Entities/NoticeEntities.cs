using System.Text.Json.Serialization;

namespace Atrium.Social;

internal sealed record NoticeEntity(string Id, string Type, DateTimeOffset CreatedAt, string GroupKey, AccountEntity Account)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public StatusEntity? Status { get; init; }

    /// <summary>Only of <c>admin.report</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReportEntity? Report { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WarningEntity? ModerationWarning { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SeveranceEntity? Event { get; init; }
}

internal sealed record SeveranceEntity(string Id, string Type, bool Purged, string TargetName, int FollowersCount, int FollowingCount, DateTimeOffset CreatedAt);

internal sealed record WarningEntity(string Id, string Action, string Text, IReadOnlyList<string> StatusIds, AccountEntity TargetAccount, DateTimeOffset CreatedAt, object? Appeal);

internal sealed record GroupedNoticesEntity(
    IReadOnlyList<AccountEntity> Accounts, IReadOnlyList<StatusEntity> Statuses, IReadOnlyList<NoticeGroupEntity> NotificationGroups)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PartialAccountEntity>? PartialAccounts { get; init; }
}

internal sealed record PartialAccountEntity(string Id, string Acct, string Url, string Avatar, string AvatarStatic, bool Locked, bool Bot);

internal sealed record NoticeGroupEntity(
    string GroupKey, int NotificationsCount, string Type, long MostRecentNotificationId, string PageMinId, string PageMaxId, DateTimeOffset LatestPageNotificationAt,
    IReadOnlyList<string> SampleAccountIds)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? StatusId { get; init; }

    /// <summary>Only of <c>admin.report</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReportEntity? Report { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public WarningEntity? ModerationWarning { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SeveranceEntity? Event { get; init; }
}

internal sealed record NoticePolicyEntity(
    string ForNotFollowing, string ForNotFollowers, string ForNewAccounts, string ForPrivateMentions, string ForLimitedAccounts, NoticePolicySummaryEntity Summary);

internal sealed record NoticePolicySummaryEntity(int PendingRequestsCount, int PendingNotificationsCount);

internal sealed record NoticeRequestEntity(string Id, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, string NotificationsCount, AccountEntity Account, StatusEntity? LastStatus);
