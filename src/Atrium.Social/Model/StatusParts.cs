using Atrium.Kernel;
using Atrium.Kernel.Files;

namespace Atrium.Social;

/// <summary>How much answers an account: moved by <c>n + 1</c> only, counted afresh every night.</summary>
internal sealed class AccountStats
{
    public Id<Account> AccountId { get; init; }

    public int Followers { get; set; }

    public int Following { get; set; }

    public int Statuses { get; set; }
}

/// <summary>How much answers a post.</summary>
internal sealed class StatusStats
{
    public Id<Status> StatusId { get; init; }

    public int Replies { get; set; }

    public int Boosts { get; set; }

    public int Favourites { get; set; }

    public int Quotes { get; set; }
}

/// <summary>A version of a post as it was before an edit.</summary>
internal sealed class StatusEdit
{
    public Id<Status> StatusId { get; init; }

    /// <summary>1 is the first.</summary>
    public long Version { get; init; }

    public required string Source { get; init; }

    public required string Html { get; init; }

    public required string Spoiler { get; init; }

    public bool Sensitive { get; init; }

    /// <summary>Since when it read like this.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    public StatusDocument Document { get; init; } = StatusDocument.Empty;

    public List<string> PollOptions { get; init; } = [];
}

/// <summary>An account that a post names.</summary>
internal sealed class Mention
{
    public Id<Status> StatusId { get; init; }

    public Id<Account> AccountId { get; init; }

    /// <summary>Addressed, but not named in the text.</summary>
    public bool Silent { get; set; }
}

/// <summary>A word posts are found by.</summary>
internal sealed class Hashtag
{
    public Id<Hashtag> Id { get; init; } = Id<Hashtag>.New();

    /// <summary>Folded: unique.</summary>
    public required string Name { get; init; }

    /// <summary>As it was first written.</summary>
    public required string Display { get; init; }
}

internal sealed class StatusTag
{
    public Id<Hashtag> TagId { get; init; }

    public Id<Status> StatusId { get; init; }

    public Id<Account> AccountId { get; init; }
}

/// <summary>One post shown inside another, as far as its author agrees.</summary>
internal sealed class Quote
{
    public Id<Quote> Id { get; init; } = Id<Quote>.New();

    public Id<Status> QuotingId { get; init; }

    public Id<Status>? QuotedId { get; set; }

    public Id<Account>? QuotedAccountId { get; set; }

    public QuoteState State { get; set; }

    /// <summary>The address of a remote quoted post not fetched yet.</summary>
    public string? QuotedUri { get; init; }
}

internal enum QuoteState
{
    Pending,
    Accepted,
    Rejected,
    Revoked,
    Deleted,
}

/// <summary>What a link leads to, fetched once for all posts that hold it.</summary>
internal sealed class PreviewCard
{
    public Id<PreviewCard> Id { get; init; } = Id<PreviewCard>.New();

    public required string UrlHash { get; init; }

    public required string Url { get; init; }

    /// <summary>Null until it was fetched; then empty where nothing was found.</summary>
    public DocumentCard? Card { get; set; }

    /// <summary>The house's own copy of its picture: no reader asks another server.</summary>
    public Id<FileRecord>? FileId { get; set; }

    /// <summary>Part of the picture's address.</summary>
    public string Secret { get; init; } = RandomKey.New(16);

    public DateTimeOffset FetchedAt { get; set; }
}

/// <summary>A picture that stands for <c>:shortcode:</c>.</summary>
internal sealed class CustomEmoji
{
    public Id<CustomEmoji> Id { get; init; } = Id<CustomEmoji>.New();

    public required string Shortcode { get; init; }

    /// <summary>Empty for the house's own.</summary>
    public string Domain { get; init; } = "";

    public required string Url { get; set; }

    public required string StaticUrl { get; set; }

    public string? Category { get; set; }

    public bool InPicker { get; set; } = true;

    public Id<FileRecord>? FileId { get; set; }

    /// <summary>Its first frame, where it moves.</summary>
    public Id<FileRecord>? StaticFileId { get; set; }

    public bool Disabled { get; set; }
}
