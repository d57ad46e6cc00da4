namespace Atrium.Social;

/// <summary>A post among what it answers and what answers it.</summary>
public sealed class ThreadModel
{
    internal ThreadModel(Post post) => Post = post;

    internal Post Post { get; }

    internal IReadOnlyList<Post> Above { get; init; } = [];

    /// <summary>Answers in thread order, each with how deep it stands.</summary>
    internal IReadOnlyList<(Post Post, int Depth)> Below { get; init; } = [];

    /// <summary>The topic that says when the thread moves, and where it stood when this was read.</summary>
    internal string Topic { get; init; } = "";

    internal long Cursor { get; init; }

    /// <summary>Where other sites learn how to show it; null where not everyone may read it.</summary>
    internal string? Embed { get; init; }

    internal ComposerModel? Reply { get; init; }

    internal int Likes { get; init; }

    internal int Boosts { get; init; }

    internal int Quotes { get; init; }
}

/// <summary>Versions of a post, or people who did something with it.</summary>
public sealed class AboutPostModel
{
    internal AboutPostModel(string title, string href) => (Title, Href) = (title, href);

    internal string Title { get; }

    internal string Href { get; }

    internal IReadOnlyList<PersonModel>? People { get; init; }

    internal IReadOnlyList<Post>? Posts { get; init; }

    /// <summary>The reader's own post that these quote: they may take that back.</summary>
    internal string? Revokes { get; init; }

    internal IReadOnlyList<StatusEditEntity>? Versions { get; init; }

    internal string? Older { get; init; }

    internal string Back { get; init; } = "/social";
}
