using System.Text.Json.Serialization;

namespace Atrium.Social;

/// <summary>A post as Mastodon's API shows it, with what the reader did to it when somebody is signed in.</summary>
internal sealed record StatusEntity
{
    public required string Id { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public string? InReplyToId { get; init; }
    public string? InReplyToAccountId { get; init; }
    public bool Sensitive { get; init; }
    public string SpoilerText { get; init; } = "";
    public required string Visibility { get; init; }
    public string? Language { get; init; }
    public required string Uri { get; init; }
    public required string Url { get; init; }
    public int RepliesCount { get; init; }
    public int ReblogsCount { get; init; }
    public int FavouritesCount { get; init; }
    public int QuotesCount { get; init; }
    public DateTimeOffset? EditedAt { get; init; }
    public string Content { get; init; } = "";
    public StatusEntity? Reblog { get; init; }
    public ApplicationEntity? Application { get; init; }
    public required AccountEntity Account { get; init; }
    public IReadOnlyList<MediaEntity> MediaAttachments { get; init; } = [];
    public IReadOnlyList<MentionEntity> Mentions { get; init; } = [];
    public IReadOnlyList<StatusTagEntity> Tags { get; init; } = [];
    public IReadOnlyList<EmojiEntity> Emojis { get; init; } = [];
    public CardEntity? Card { get; init; }
    public PollEntity? Poll { get; init; }
    public QuoteEntity? Quote { get; init; }
    public required FeatureApprovalEntity QuoteApproval { get; init; }
    public IReadOnlyList<string> TaggedCollections { get; init; } = [];

    /// <summary>Ours: <c>public</c>, <c>members</c>, <c>group:1</c>, <c>thing</c>; null where the visibility says it.</summary>
    public string? Audience { get; init; }

    /// <summary>Ours: the thing it is about.</summary>
    public string? Thing { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Favourited { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Reblogged { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Muted { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Bookmarked { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Pinned { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FilterResultEntity>? Filtered { get; init; }

    /// <summary>Only in the answer to a deletion.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Text { get; init; }
}

internal sealed record ApplicationEntity(string Name, string? Website);

internal sealed record MentionEntity(string Id, string Username, string Url, string Acct);

internal sealed record StatusTagEntity(string Name, string Url);

internal sealed record MediaEntity(
    string Id, string Type, string? Url, string? PreviewUrl, string? RemoteUrl, string? PreviewRemoteUrl, string? TextUrl, MediaMetaEntity? Meta, string? Description, string? Blurhash);

internal sealed record MediaMetaEntity(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MediaSizeEntity? Original,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MediaSizeEntity? Small,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] MediaFocus? Focus);

internal sealed record MediaSizeEntity
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Width { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Height { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Size { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Aspect { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FrameRate { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Duration { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Bitrate { get; init; }
}

internal sealed record PollEntity(
    string Id, DateTimeOffset? ExpiresAt, bool Expired, bool Multiple, int VotesCount, int? VotersCount, IReadOnlyList<PollOptionEntity> Options, IReadOnlyList<EmojiEntity> Emojis)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Voted { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<int>? OwnVotes { get; init; }
}

internal sealed record PollOptionEntity(string Title, int? VotesCount);

internal sealed record QuoteEntity(string State)
{
    public StatusEntity? QuotedStatus { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? QuotedStatusId { get; init; }
}

internal sealed record CardEntity(
    string Url, string Title, string Description, string? Language, string Type, string AuthorName, string AuthorUrl, IReadOnlyList<CardAuthorEntity> Authors, string ProviderName,
    string ProviderUrl, string Html, int Width, int Height, string? Image, string ImageDescription, string EmbedUrl, string? Blurhash, DateTimeOffset? PublishedAt, bool MissingAttribution);

internal sealed record CardAuthorEntity(string Name, string Url, AccountEntity? Account);

internal sealed record FilterResultEntity(FilterEntity Filter, IReadOnlyList<string>? KeywordMatches, IReadOnlyList<string>? StatusMatches);

internal sealed record FilterEntity(string Id, string Title, IReadOnlyList<string> Context, DateTimeOffset? ExpiresAt, string FilterAction)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FilterKeywordEntity>? Keywords { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FilterStatusEntity>? Statuses { get; init; }
}

internal sealed record FilterKeywordEntity(string Id, string Keyword, bool WholeWord);

internal sealed record FilterStatusEntity(string Id, string StatusId);

internal sealed record ContextEntity(IReadOnlyList<StatusEntity> Ancestors, IReadOnlyList<StatusEntity> Descendants);

internal sealed record StatusEditEntity(
    string Content, string SpoilerText, bool Sensitive, DateTimeOffset CreatedAt, AccountEntity Account, PollEditEntity? Poll, IReadOnlyList<MediaEntity> MediaAttachments,
    IReadOnlyList<EmojiEntity> Emojis, QuoteEntity? Quote);

internal sealed record PollEditEntity(IReadOnlyList<PollTitleEntity> Options);

internal sealed record PollTitleEntity(string Title);

internal sealed record StatusSourceEntity(string Id, string Text, string SpoilerText);
