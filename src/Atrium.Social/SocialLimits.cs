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

    private static readonly Setting Characters = Setting.Number("social.characters", "Most characters of a post", 5000, 1, 100_000);
    private static readonly Setting Media = Setting.Number("social.media", "Most pictures, films and sounds of a post", 4, 1, SocialLimits.MostInForm);
    private static readonly Setting MediaDescription = Setting.Number("social.media_description", "Most characters of what a picture shows", 10_000, 100, 50_000);
    private static readonly Setting Image = Setting.Number("social.image_mebibytes", "Largest picture, in MiB", 16, 1, 1024, "What the whole house takes holds too: Files:LargestPicture.");
    private static readonly Setting ImagePixels = Setting.Number("social.image_pixels", "Most pixels of a picture", 33_177_600, 1_000_000, Pictures.MostPixels);
    private static readonly Setting Video = Setting.Number("social.video_mebibytes", "Largest film or sound, in MiB", 99, 1, 10_240, "What the whole house takes holds too: Files:Largest and Limits:RequestBytes.");
    private static readonly Setting PollOptions = Setting.Number("social.poll_options", "Most answers of a poll", 4, 2, SocialLimits.MostInForm);
    private static readonly Setting PollOptionLength = Setting.Number("social.poll_option_characters", "Most characters of an answer of a poll", 50, 1, 500);
    private static readonly Setting PollShortest = Setting.Number("social.poll_minutes_least", "Minutes a poll is open at least", 5, 1, 1440);
    private static readonly Setting PollLongest = Setting.Number("social.poll_days_most", "Days a poll is open at most", 31, 1, 3650);
    private static readonly Setting Mentions = Setting.Number("social.mentions", "Most people a post mentions", 20, 0, 500);
    private static readonly Setting Hashtags = Setting.Number("social.hashtags", "Most hashtags of a post", 30, 0, 500);
    private static readonly Setting Pins = Setting.Number("social.pins", "Most posts pinned to a profile", 5, 0, SocialLimits.MostPins);
    private static readonly Setting FeaturedTags = Setting.Number("social.featured_tags", "Most hashtags shown on a profile", 10, 0, 100);
    private static readonly Setting Lists = Setting.Number("social.lists", "Most lists of a member", 50, 0, 1000);
    private static readonly Setting ListMembers = Setting.Number("social.list_members", "Most people on a list", 500, 1, 10_000);
    private static readonly Setting Filters = Setting.Number("social.filters", "Most filters of a member", 200, 0, 2000);
    private static readonly Setting FilterKeywords = Setting.Number("social.filter_keywords", "Most words of a filter", 100, 1, 1000);
    private static readonly Setting ScheduledInAll = Setting.Number("social.scheduled", "Most posts of a member that wait for their hour", 300, 0, SocialLimits.MostScheduled);
    private static readonly Setting ScheduledADay = Setting.Number("social.scheduled_per_day", "Of these, most for the same day", 25, 0, SocialLimits.MostScheduled);

    public static Setting[] Settings { get; } =
    [
        Characters, Media, MediaDescription, Image, ImagePixels, Video, PollOptions, PollOptionLength, PollShortest, PollLongest, Mentions, Hashtags, Pins, FeaturedTags, Lists, ListMembers, Filters,
        FilterKeywords, ScheduledInAll, ScheduledADay,
    ];

    public async ValueTask<SocialLimits> ReadAsync(CancellationToken ct)
    {
        async ValueTask<int> Of(Setting setting) => (int)await settings.NumberAsync(setting, ct);
        var (image, video) = (await Of(Image) * Sizes.MiB, await Of(Video) * Sizes.MiB);
        var most = Math.Min(files.Largest, House.MostOfRequest(configuration) - Sizes.MiB);
        return new()
        {
            Characters = await Of(Characters), Media = await Of(Media), MediaDescription = await Of(MediaDescription),
            Image = Math.Min(image, Math.Min(files.LargestPicture, most)), ImagePixels = await Of(ImagePixels), Video = Math.Min(video, most),
            PollOptions = await Of(PollOptions), PollOptionLength = await Of(PollOptionLength), PollShortest = await Of(PollShortest) * Minute, PollLongest = await Of(PollLongest) * Day,
            Mentions = await Of(Mentions), Hashtags = await Of(Hashtags), Pins = await Of(Pins), FeaturedTags = await Of(FeaturedTags), Lists = await Of(Lists), ListMembers = await Of(ListMembers),
            Filters = await Of(Filters), FilterKeywords = await Of(FilterKeywords), ScheduledInAll = await Of(ScheduledInAll), ScheduledADay = await Of(ScheduledADay),
        };
    }
}
