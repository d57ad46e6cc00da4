using Atrium.Contracts.Home;
using Atrium.Kernel;

namespace Atrium.Social;

/// <summary>Somebody's profile and one of its parts.</summary>
public sealed class ProfileModel
{
    /// <summary>How many of those recommended stand beside the posts.</summary>
    internal const int Recommended = 4;

    internal ProfileModel(PersonModel person, SafeHtml note) => (Person, Note) = (person, note);

    internal PersonModel Person { get; }

    internal SafeHtml Note { get; }

    internal IReadOnlyList<(string Name, SafeHtml Value, DateTimeOffset? VerifiedAt)> Fields { get; init; } = [];

    internal string? Header { get; init; }

    /// <summary>Null for the first part, else <c>replies</c>, <c>media</c>, <c>followers</c>, <c>following</c>, <c>recommends</c>, <c>tagged</c>.</summary>
    internal string? Tab { get; init; }

    /// <summary>The tag to which the posts are narrowed.</summary>
    internal string? Tagged { get; init; }

    /// <summary>The tags they show on their profile.</summary>
    internal IReadOnlyList<FeaturedTagEntity> Tags { get; init; } = [];

    internal IReadOnlyList<Post> Pinned { get; init; } = [];

    internal IReadOnlyList<Post> Posts { get; init; } = [];

    internal IReadOnlyList<PersonModel>? People { get; init; }

    internal string? Older { get; init; }

    internal string? Newest { get; init; }

    internal bool Mine { get; init; }

    internal bool SignedIn { get; init; }

    /// <summary>Whether the reader may keep the account in memory of its member.</summary>
    internal bool Administers { get; init; }

    /// <summary>The newest of those they recommend, and one more where there are more.</summary>
    internal IReadOnlyList<PersonModel> Recommends { get; init; } = [];

    /// <summary>Posts of each of the last twelve weeks, oldest first.</summary>
    internal IReadOnlyList<int> Weeks { get; init; } = [];

    internal string Back { get; init; } = "/social";

    /// <summary>What other rooms say of them.</summary>
    internal IReadOnlyList<DashboardContent> Sections { get; init; } = [];
}
