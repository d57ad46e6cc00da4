using Atrium.Kernel;
using Atrium.Kernel.Files;

namespace Atrium.Social;

internal enum MediaType
{
    Image,
    Gifv,
    Video,
    Audio,
    Unknown,
}

internal enum MediaState
{
    Queued,
    Processing,
    Ready,
    Failed,
}

/// <summary>A picture, film or sound that belongs to a post, or will.</summary>
internal sealed class Media
{
    public Id<Media> Id { get; init; } = Id<Media>.New();

    public Id<Account> AccountId { get; init; }

    /// <summary>
    /// Set once, by a conditional update: one picture never lies in two posts. What an edit takes out stays with its post, whose earlier versions
    /// show it; what the post shows now is said by its document.
    /// </summary>
    public Id<Status>? StatusId { get; set; }

    public Id<ScheduledStatus>? ScheduledId { get; set; }

    public Id<Draft>? DraftId { get; set; }

    public int Position { get; set; }

    /// <summary>The position of what only earlier versions of its post show.</summary>
    public const int Former = -1;

    public MediaType Type { get; set; }

    public MediaState State { get; set; }

    /// <summary>Why it failed, in words.</summary>
    public string? Failure { get; set; }

    /// <summary>Part of its address, so that only who was shown it finds it: apps fetch pictures without signing in.</summary>
    public string Secret { get; init; } = RandomKey.New(16);

    public Id<FileRecord>? FileId { get; set; }

    /// <summary>A still of a film, where there is one.</summary>
    public Id<FileRecord>? PreviewFileId { get; set; }

    /// <summary>Of the house when it begins with a slash.</summary>
    public string? Url { get; set; }

    public string? PreviewUrl { get; set; }

    public string? RemoteUrl { get; set; }

    public MediaMeta? Meta { get; set; }

    public string? Description { get; set; }

    public string? Blurhash { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DocumentMedia Document => new(Id, Type.ToString().ToLowerInvariant(), Url, PreviewUrl ?? (Type == MediaType.Image ? Url : null), RemoteUrl, Meta, Description, Blurhash, State == MediaState.Ready);
}

/// <summary>Measures of a medium.</summary>
internal sealed record MediaMeta(MediaSize? Original, MediaSize? Small, MediaFocus? Focus);

/// <param name="Duration">Seconds.</param>
/// <param name="Bitrate">Bits per second.</param>
internal sealed record MediaSize(int? Width, int? Height, string? Size, double? Aspect, string? FrameRate = null, double? Duration = null, int? Bitrate = null);

/// <summary>What matters in a picture, −1 to 1 from its middle.</summary>
internal sealed record MediaFocus(double X, double Y);
