using System.Text.Json;
using System.Text.Json.Serialization;
using Atrium.Kernel;

namespace Atrium.Social;

/// <summary>A post as somebody wants it. Also what drafts and scheduled posts keep.</summary>
internal sealed record NewStatus
{
    /// <summary>In Normal Form C, as all that is kept and compared (UAX 15).</summary>
    public string Text { get; init => field = PostText.Composed(value); } = "";

    public TextFormat Format { get; init; }

    public string Spoiler { get; init => field = PostText.Composed(value); } = "";

    /// <summary>Null takes the author's default.</summary>
    public bool? Sensitive { get; init; }

    public string? Language { get; init; }

    /// <summary>Null takes the author's default, or the audience of what is answered.</summary>
    public Visibility? Visibility { get; init; }

    public Id<Group>? Group { get; init; }

    public Id<Status>? InReplyTo { get; init; }

    public IReadOnlyList<Id<Media>> Media { get; init; } = [];

    public NewPoll? Poll { get; init; }

    public Id<Status>? Quoted { get; init; }

    public QuotePolicy? QuotePolicy { get; init; }

    /// <summary>A post of this discussion, beside what <see cref="InReplyTo"/> says.</summary>
    public Id<Discussion>? Discussion { get; init; }

    public string? App { get; init; }

    public string? AppWebsite { get; init; }

    /// <summary>The post that waits, in whose place it comes.</summary>
    [JsonIgnore]
    public Id<ScheduledStatus>? Instead { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    public static NewStatus FromJson(string json) => JsonSerializer.Deserialize<NewStatus>(json, JsonSerializerOptions.Web)!;
}

/// <param name="Seconds">How long it is open; null for good.</param>
internal sealed record NewPoll(IReadOnlyList<string> Options, int? Seconds, bool Multiple, bool HideTotals)
{
    public IReadOnlyList<string> Options { get; init; } = [.. Options.Select(PostText.Composed)];
}
