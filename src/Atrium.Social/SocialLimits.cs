using Atrium.Kernel.Settings;

namespace Atrium.Social;

/// <summary>What a post, a poll, a profile may hold; told to apps by the instance document.</summary>
internal static class SocialLimits
{
    public static readonly Setting Characters = new("social.characters", "Most characters of a post", SettingKind.Number, "5000");

    public const int PerUrl = 23;
    public const int Media = 4;
    public const int MediaDescription = 10_000;
    public const int PollOptions = 4;
    public const int PollOptionLength = 50;
    public const int PollShortest = 300;
    public const int PollLongest = 31 * 24 * 3600;
    public const int Mentions = 20;
    public const int Hashtags = 30;
    public const int Pins = 5;
    public const int Lists = 50;
    public const int ListMembers = 500;
    public const int Filters = 200;
    public const int FilterKeywords = 100;
    public const int FeaturedTags = 10;
    public const int ProfileFields = 6;
    public const int FieldName = 60;
    public const int FieldValue = 500;
    public const int ScheduledInAll = 300;
    public const int ScheduledADay = 25;
    public const int Home = 1600;
    public static readonly TimeSpan ScheduleAhead = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan HomeAway = TimeSpan.FromDays(14);
}
