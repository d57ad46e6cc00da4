using Atrium.Kernel.Files;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Settings;
using Microsoft.Extensions.Configuration;

namespace Atrium.Social;

/// <summary>What a post, a poll, a member may hold, as the house has set it; told to apps by the instance document.</summary>
internal sealed record SocialLimits
{
    /// <summary>What an address in a text counts, however long it is.</summary>
    public const int PerUrl = 23;

    /// <summary>Places that a home keeps.</summary>
    public const int Home = 1600;

    /// <summary>The most inputs a form for a post has, whatever the house has set.</summary>
    public const int MostInForm = 50;

    /// <summary>The most pins a profile has, and posts a member has waiting, whatever the house has set.</summary>
    public const int MostPins = 40;

    public const int MostScheduled = 1000;

    public static readonly TimeSpan ScheduleAhead = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan HomeAway = TimeSpan.FromDays(14);

    public required int Characters { get; init; }

    public required int Media { get; init; }

    public required int MediaDescription { get; init; }

    /// <summary>Bytes.</summary>
    public required long Image { get; init; }

    public required long ImagePixels { get; init; }

    /// <summary>Bytes of a film or sound.</summary>
    public required long Video { get; init; }

    public required int PollOptions { get; init; }

    public required int PollOptionLength { get; init; }

    /// <summary>Seconds.</summary>
    public required int PollShortest { get; init; }

    /// <summary>Seconds.</summary>
    public required int PollLongest { get; init; }

    public required int Mentions { get; init; }

    public required int Hashtags { get; init; }

    public required int Pins { get; init; }

    public required int FeaturedTags { get; init; }

    public required int Lists { get; init; }

    public required int ListMembers { get; init; }

    public required int Filters { get; init; }

    public required int FilterKeywords { get; init; }

    public required int ScheduledInAll { get; init; }

    public required int ScheduledADay { get; init; }
}

/// <summary>Reads what the house has set. What the files of the whole house may be holds for those of posts too.</summary>
internal sealed class HouseLimits(HouseSettings settings, FileDesk files, IConfiguration configuration)
{
    private const int Minute = 60;
    private const int Day = 24 * 3600;

    public static readonly Setting Characters = Setting.Number("social.characters", "Most characters of a post", 5000, 1, 100_000);
    public static readonly Setting Media = Setting.Number("social.media", "Most pictures, films and sounds of a post", 4, 1, SocialLimits.MostInForm);
    public static readonly Setting MediaDescription = Setting.Number("social.media_description", "Most characters of what a picture shows", 10_000, 100, 50_000);
    private static readonly Setting Image = Setting.Number("social.image_mebibytes", "Largest picture, in MiB", 16, 1, 1024, "What the whole house takes holds too: Files:LargestPicture.");
    private static readonly Setting ImagePixels = Setting.Number("social.image_pixels", "Most pixels of a picture", 33_177_600, 1_000_000, Pictures.MostPixels);
    private static readonly Setting Video = Setting.Number("social.video_mebibytes", "Largest film or sound, in MiB", 99, 1, 10_240, "What the whole house takes holds too: Files:Largest and Limits:RequestBytes.");
    public static readonly Setting PollOptions = Setting.Number("social.poll_options", "Most answers of a poll", 4, 2, SocialLimits.MostInForm);
    public static readonly Setting PollOptionLength = Setting.Number("social.poll_option_characters", "Most characters of an answer of a poll", 50, 1, 500);
    public static readonly Setting PollShortest = Setting.Number("social.poll_minutes_least", "Minutes a poll is open at least", 5, 1, 1440);
    public static readonly Setting PollLongest = Setting.Number("social.poll_days_most", "Days a poll is open at most", 31, 1, 3650);
    public static readonly Setting Mentions = Setting.Number("social.mentions", "Most people a post mentions", 20, 0, 500);
    public static readonly Setting Hashtags = Setting.Number("social.hashtags", "Most hashtags of a post", 30, 0, 500);
    public static readonly Setting Pins = Setting.Number("social.pins", "Most posts pinned to a profile", 5, 0, SocialLimits.MostPins);
    public static readonly Setting FeaturedTags = Setting.Number("social.featured_tags", "Most hashtags shown on a profile", 10, 0, 100);
    public static readonly Setting Lists = Setting.Number("social.lists", "Most lists of a member", 50, 0, 1000);
    public static readonly Setting ListMembers = Setting.Number("social.list_members", "Most people on a list", 500, 1, 10_000);
    public static readonly Setting Filters = Setting.Number("social.filters", "Most filters of a member", 200, 0, 2000);
    public static readonly Setting FilterKeywords = Setting.Number("social.filter_keywords", "Most words of a filter", 100, 1, 1000);
    public static readonly Setting ScheduledInAll = Setting.Number("social.scheduled", "Most posts of a member that wait for their hour", 300, 0, SocialLimits.MostScheduled);
    public static readonly Setting ScheduledADay = Setting.Number("social.scheduled_per_day", "Of these, most for the same day", 25, 0, SocialLimits.MostScheduled);

    public static Setting[] Settings { get; } =
    [
        Characters, Media, MediaDescription, Image, ImagePixels, Video, PollOptions, PollOptionLength, PollShortest, PollLongest, Mentions, Hashtags, Pins, FeaturedTags, Lists, ListMembers, Filters,
        FilterKeywords, ScheduledInAll, ScheduledADay,
    ];

    /// <summary>One of them, as it is set; polls in minutes and days.</summary>
    public async ValueTask<int> OfAsync(Setting setting, CancellationToken ct) => (int)await settings.NumberAsync(setting, ct);

    /// <summary>Seconds a poll is open at least, and at most.</summary>
    public async ValueTask<(int Least, int Most)> PollOpenAsync(CancellationToken ct) => (await OfAsync(PollShortest, ct) * Minute, await OfAsync(PollLongest, ct) * Day);

    /// <summary>Bytes of a picture.</summary>
    public async ValueTask<long> ImageAsync(CancellationToken ct) => Math.Min(await OfAsync(Image, ct) * Sizes.MiB, Math.Min(files.LargestPicture, Most));

    public async ValueTask<int> ImagePixelsAsync(CancellationToken ct) => await OfAsync(ImagePixels, ct);

    /// <summary>Bytes of a film or sound.</summary>
    public async ValueTask<long> VideoAsync(CancellationToken ct) => Math.Min(await OfAsync(Video, ct) * Sizes.MiB, Most);

    /// <summary>All of them, for who shows them all.</summary>
    public async ValueTask<SocialLimits> ReadAsync(CancellationToken ct)
    {
        var (least, most) = await PollOpenAsync(ct);
        return new()
        {
            Characters = await OfAsync(Characters, ct), Media = await OfAsync(Media, ct), MediaDescription = await OfAsync(MediaDescription, ct),
            Image = await ImageAsync(ct), ImagePixels = await ImagePixelsAsync(ct), Video = await VideoAsync(ct),
            PollOptions = await OfAsync(PollOptions, ct), PollOptionLength = await OfAsync(PollOptionLength, ct), PollShortest = least, PollLongest = most,
            Mentions = await OfAsync(Mentions, ct), Hashtags = await OfAsync(Hashtags, ct), Pins = await OfAsync(Pins, ct), FeaturedTags = await OfAsync(FeaturedTags, ct),
            Lists = await OfAsync(Lists, ct), ListMembers = await OfAsync(ListMembers, ct), Filters = await OfAsync(Filters, ct), FilterKeywords = await OfAsync(FilterKeywords, ct),
            ScheduledInAll = await OfAsync(ScheduledInAll, ct), ScheduledADay = await OfAsync(ScheduledADay, ct),
        };
    }

    // What a request may hold, but for what stands around a file in it.
    private long Most => Math.Min(files.Largest, House.MostOfRequest(configuration) - Sizes.MiB);
}
