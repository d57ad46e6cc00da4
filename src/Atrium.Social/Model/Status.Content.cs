using Atrium.Kernel;

namespace Atrium.Social;

/// <summary>What a post says.</summary>
internal sealed partial class Status
{
    /// <summary>As it was written.</summary>
    public string Source { get; set; } = "";

    public TextFormat Format { get; set; }

    /// <summary>Safe HTML; addresses of the house begin with a slash.</summary>
    public string Html { get; set; } = "";

    /// <summary>The words alone, for filters and search.</summary>
    public string Plain { get; set; } = "";

    /// <summary>The content warning.</summary>
    public string Spoiler { get; set; } = "";

    public bool Sensitive { get; set; }

    /// <summary>ISO 639.</summary>
    public string? Language { get; set; }

    public bool HasMedia { get; set; }

    public Id<Poll>? PollId { get; set; }

    public Id<PreviewCard>? CardId { get; set; }

    /// <summary>What every reader sees alike, rendered once per revision: <see cref="StatusDocument"/>.</summary>
    public StatusDocument Document { get; set; } = StatusDocument.Empty;
}

/// <summary>The parts of a post that are the same for every reader, stored with it; addresses of the house begin with a slash.</summary>
internal sealed record StatusDocument(
    IReadOnlyList<DocumentMention> Mentions, IReadOnlyList<DocumentTag> Tags, IReadOnlyList<DocumentMedia> Media, IReadOnlyList<DocumentEmoji> Emojis, DocumentCard? Card)
{
    public static StatusDocument Empty { get; } = new([], [], [], [], null);
}

internal sealed record DocumentMention(Id<Account> Id, string Username, string Acct, string Url);

internal sealed record DocumentTag(string Name, string Url);

internal sealed record DocumentEmoji(string Shortcode, string Url, string StaticUrl, string? Category);

internal sealed record DocumentMedia(
    Id<Media> Id, string Type, string? Url, string? PreviewUrl, string? RemoteUrl, MediaMeta? Meta, string? Description, string? Blurhash, bool Ready);

/// <param name="Thing">A thing of the house: its card is asked for when it is read, and the rest of this is empty.</param>
internal sealed record DocumentCard(
    string Url, string Title, string Description, string? Language, string Type, string AuthorName, string AuthorUrl, string ProviderName, string ProviderUrl,
    int Width, int Height, string? Image, string ImageDescription, string? Blurhash, DateTimeOffset? PublishedAt, string? Thing = null);
