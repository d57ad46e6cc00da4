namespace Atrium.Social;

/// <summary>A list of posts as a page.</summary>
public sealed class FeedModel
{
    internal FeedModel(string title, string href, IReadOnlyList<Post> posts) => (Title, Href, Posts) = (title, href, posts);

    internal string Title { get; }

    /// <summary>Which of the room's tabs it is.</summary>
    internal string Href { get; }

    internal IReadOnlyList<Post> Posts { get; }

    internal string? Older { get; init; }

    internal string? Newest { get; init; }

    internal ComposerModel? Composer { get; init; }

    /// <summary>The stream that says when there is more: <c>user</c>, <c>hashtag</c>.</summary>
    internal string? Stream { get; init; }

    internal string? StreamTag { get; init; }

    internal string Empty { get; init; } = "";

    internal string? EmptyText { get; init; }

    internal TagEntity? Tag { get; init; }

    internal IReadOnlyList<AnnouncementEntity> Announcements { get; init; } = [];

    /// <summary>The id of the list whose posts these are.</summary>
    internal string? List { get; init; }

    /// <summary>Other ways to see public posts: of the house, of everywhere.</summary>
    internal IReadOnlyList<Web.TabItem> Ways { get; init; } = [];

    /// <summary>A fact about the list that stays true: why it is empty.</summary>
    internal string? Notice { get; init; }

    /// <summary>The same for feed readers.</summary>
    internal string? Feed { get; init; }
}

/// <summary>What stands beside a list: what is talked about, and whom one may want to follow.</summary>
public sealed class AsideModel
{
    internal AsideModel(IReadOnlyList<TalkedAbout> tags, IReadOnlyList<PersonModel> people) => (Tags, People) = (tags, people);

    internal IReadOnlyList<TalkedAbout> Tags { get; }

    internal IReadOnlyList<PersonModel> People { get; }
}

internal sealed record TalkedAbout(string Name, int Posts, int People);
