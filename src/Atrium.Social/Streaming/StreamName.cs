using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>What a client listens to: <c>user</c>, <c>public:local</c>, <c>hashtag</c> with its tag, <c>list</c> with its id.</summary>
internal sealed record StreamName(string Name, string? Parameter = null)
{
    private static readonly HashSet<string> Known =
    [
        "user", "user:notification", "public", "public:local", "public:remote", "public:media", "public:local:media", "public:remote:media", "hashtag", "hashtag:local", "list", "direct",
    ];

    /// <summary>The open timeline it is part of; null for what is the reader's own.</summary>
    public OpenFeed? Feed => IsMine ? null : Name.StartsWith("hashtag", StringComparison.Ordinal) ? OpenFeed.Hashtag : OpenFeed.Live;

    /// <summary>As frames name it.</summary>
    public string[] Path => Parameter is null ? [Name] : [Name, Parameter];

    public bool IsMine => Name is "user" or "user:notification" or "list" or "direct";

    /// <summary>The stream by its name, whoever asks; null where there is none.</summary>
    public static StreamName? Named(string? name, string? tag, string? list) => name switch
    {
        null => null,
        "hashtag" or "hashtag:local" => string.IsNullOrEmpty(tag) ? null : new(name, PostText.TagKey(tag)),
        "list" => new(name, list),
        _ => Known.Contains(name) ? new(name) : null,
    };

    /// <summary>The stream that was asked for, or why there is none. The house may close it to the reader later (<see cref="StreamNews"/>).</summary>
    public static async Task<(StreamName? Stream, string? Error, int Status)> ReadAsync(string? name, string? tag, string? list, Viewer viewer, SocialDb db, TimelineAccess access, CancellationToken ct)
    {
        if (name is null || !Known.Contains(name)) return (null, "Unknown channel requested", 400);
        if (Named(name, tag, list) is not { } stream) return (null, "Missing tag name parameter", 400);
        if (stream.IsMine && viewer.Me is null) return (null, "Missing access token", 401);
        var scope = name == "user:notification" ? "read:notifications" : "read:statuses";
        if (!viewer.Actor.HasScope(scope)) return (null, "Access token does not have the required scopes", 401);
        if (stream.Feed is { } feed) return await OpenAsync(stream, feed, viewer, access, ct);
        if (name != "list") return (stream, null, 200);
        return Id<PeopleList>.TryParse(list, null, out var id) && await db.Lists.AnyAsync(l => l.Id == id && l.AccountId == viewer.Me, ct) ? (stream, null, 200) : (null, "Not found", 404);
    }

    private static async Task<(StreamName? Stream, string? Error, int Status)> OpenAsync(StreamName stream, OpenFeed feed, Viewer viewer, TimelineAccess access, CancellationToken ct)
    {
        try
        {
            var wish = new TimelineWish(stream.Name.Contains(":local", StringComparison.Ordinal), stream.Name.Contains(":remote", StringComparison.Ordinal));
            return await access.NarrowAsync(feed, wish, viewer, ct) is null ? (null, "This timeline is not shown here", 403) : (stream, null, 200);
        }
        catch (Refusal refusal) when (refusal.Kind == RefusalKind.SignIn)
        {
            return (null, "Missing access token", 401);
        }
    }
}
