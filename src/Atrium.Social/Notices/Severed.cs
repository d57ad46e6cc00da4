using System.Text.Json;
using System.Text.Json.Serialization;
using Atrium.Kernel.Http;

namespace Atrium.Social;

/// <summary>What a member lost when follows were ended over their head: kept in the notification that tells of it.</summary>
/// <param name="Type">In Mastodon's words: <c>domain_block</c>.</param>
/// <param name="Target">The server.</param>
/// <param name="Followers">How many follow the member no longer.</param>
/// <param name="Following">How many the member follows no longer.</param>
internal sealed record Severed(string Type, string Target, int Followers, int Following)
{
    public string ToDetail() => JsonSerializer.Serialize(this, ApiJson.Options);

    public static Severed Of(Notice notice) => JsonSerializer.Deserialize<Severed>(notice.Detail!, ApiJson.Options)!;

    public SeveranceEntity Entity(Notice notice) => new(notice.Id.ToString(), Type, Purged: false, Target, Followers, Following, notice.CreatedAt);

    /// <summary>One line for the inbox and the mail.</summary>
    [JsonIgnore]
    public string Words => $"{Target} was suspended here: you lost {Lost}";

    private string Lost => (Followers, Following) switch
    {
        (0, var following) => $"{Count(following, "account")} you followed",
        (var followers, 0) => Count(followers, "follower"),
        var (followers, following) => $"{Count(followers, "follower")} and {Count(following, "account")} you followed",
    };

    private static string Count(int n, string what) => n == 1 ? $"1 {what}" : $"{n} {what}s";
}
