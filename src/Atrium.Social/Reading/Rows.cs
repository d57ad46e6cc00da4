using Atrium.Kernel;

namespace Atrium.Social;

/// <summary>An account and its counters.</summary>
internal sealed record AccountRow(Account Account, AccountStats Stats);

/// <summary>A post, its author and its counters.</summary>
internal sealed record StatusRow(Status Status, Account Account, AccountStats AccountStats, StatusStats Stats, Thing? Thing)
{
    public AccountRow Author => new(Account, AccountStats);
}

/// <summary>A place in a list of posts: what has to be read to show it.</summary>
internal sealed record StatusRef
{
    public Id<Status> Id { get; init; }

    public Id<Status>? BoostOf { get; init; }

    public Id<Status>? Quoted { get; init; }
}

/// <summary>What one reader did to posts, and what filters they set: one statement for a whole page.</summary>
internal sealed class ReaderMarks
{
    public HashSet<long> Favourites { get; } = [];

    public HashSet<long> Bookmarks { get; } = [];

    public HashSet<long> Pins { get; } = [];

    public HashSet<long> Boosts { get; } = [];

    public HashSet<long> MutedConversations { get; } = [];

    public HashSet<long> Following { get; } = [];

    /// <summary>Poll to choices, in voting order.</summary>
    public Dictionary<long, List<int>> Votes { get; } = [];

    /// <summary>Quoting post to the state of its quote.</summary>
    public Dictionary<long, (long Quoted, QuoteState State)> Quotes { get; } = [];

    public FilterSet Filters { get; set; } = FilterSet.None;
}
