using Atrium.Kernel;
using Atrium.Kernel.Settings;

namespace Atrium.Social;

/// <summary>A list of posts that nobody chose the people of.</summary>
internal enum OpenFeed
{
    Live,
    Hashtag,
    Link,
}

/// <summary>Whether a reader is shown the posts of this house, or those of others, in an open timeline.</summary>
internal delegate bool OpenFeeds(OpenFeed feed, bool local, Viewer viewer);

/// <summary>Who reads the open timelines, as the house has set it: everyone, whoever is signed in, or moderators alone.</summary>
internal sealed class TimelineAccess(HouseSettings settings)
{
    private const string Everyone = "public";
    private const string SignedIn = "authenticated";
    private const string Nobody = "disabled";

    private static readonly Dictionary<OpenFeed, (Setting Local, Setting Remote)> All = new()
    {
        [OpenFeed.Live] = (Of("live_local", "Timeline of this house’s public posts"), Of("live_remote", "Timeline of other servers’ public posts")),
        [OpenFeed.Hashtag] = (Of("hashtag_local", "Hashtags: posts of this house"), Of("hashtag_remote", "Hashtags: posts of other servers")),
        [OpenFeed.Link] = (Of("link_local", "Posts about a link: of this house"), Of("link_remote", "Posts about a link: of other servers")),
    };

    public static Setting[] Settings { get; } = [.. All.Values.SelectMany(s => new[] { s.Local, s.Remote })];

    /// <summary>What of a timeline the reader gets; null for nothing.</summary>
    /// <exception cref="Refusal">Sign in: there is something for those who are.</exception>
    public async ValueTask<TimelineWish?> NarrowAsync(OpenFeed feed, TimelineWish wish, Viewer viewer, CancellationToken ct)
    {
        var (local, remote) = (await settings.TextAsync(All[feed].Local, ct), await settings.TextAsync(All[feed].Remote, ct));
        var here = !wish.Remote && Shows(local, viewer);
        var elsewhere = !wish.Local && Shows(remote, viewer);
        if (here && elsewhere) return wish;
        if (here || elsewhere) return wish with { Local = here, Remote = elsewhere };
        return viewer.Me is null && ((!wish.Remote && local == SignedIn) || (!wish.Local && remote == SignedIn)) ? throw Refusal.SignIn("This method requires an authenticated user") : null;
    }

    /// <summary>What holds at this moment, to be asked for many readers.</summary>
    public async ValueTask<OpenFeeds> NowAsync(CancellationToken ct)
    {
        var who = new Dictionary<OpenFeed, (string Local, string Remote)>();
        foreach (var (feed, set) in All) who[feed] = (await settings.TextAsync(set.Local, ct), await settings.TextAsync(set.Remote, ct));
        return new((feed, local, viewer) => Shows(local ? who[feed].Local : who[feed].Remote, viewer));
    }

    /// <summary>As apps are told.</summary>
    public async ValueTask<object> ToldAsync(CancellationToken ct) => new
    {
        live_feeds = await PairAsync(OpenFeed.Live, ct), hashtag_feeds = await PairAsync(OpenFeed.Hashtag, ct), trending_link_feeds = await PairAsync(OpenFeed.Link, ct),
    };

    private async ValueTask<object> PairAsync(OpenFeed feed, CancellationToken ct) => new { local = await settings.TextAsync(All[feed].Local, ct), remote = await settings.TextAsync(All[feed].Remote, ct) };

    private static bool Shows(string who, Viewer viewer) => who switch
    {
        Everyone => true,
        SignedIn => viewer.Me is not null,
        _ => viewer.Actor.IsModerator,
    };

    private static Setting Of(string key, string title) =>
        new($"social.{key}", title, SettingKind.Choice, Everyone, Choices: [(Everyone, "For everyone"), (SignedIn, "For whoever is signed in"), (Nobody, "For nobody but moderators")]);
}
