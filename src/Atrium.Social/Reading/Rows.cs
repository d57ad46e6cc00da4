using Atrium.Kernel;

namespace Atrium.Social;

/// <summary>An account and its counters.</summary>
internal sealed record AccountRow(Account Account, AccountStats Stats);

/// <summary>A post, its author and its counters.</summary>
/// <param name="Quoted">What it quotes, whether or not the reader sees that.</param>
internal sealed record StatusRow(Status Status, Account Account, AccountStats AccountStats, StatusStats Stats, Thing? Thing, Id<Status>? Quoted)
{
    public StatusRef Place => new() { Id = Status.Id, BoostOf = Status.BoostOf, Quoted = Quoted };

    public AccountRow Author => new(Account, AccountStats);
}

/// <summary>A place in a list of posts: what has to be read to show it.</summary>
internal sealed record StatusRef
{
    public Id<Status> Id { get; init; }

    public Id<Status>? BoostOf { get; init; }

    public Id<Status>? Quoted { get; init; }
}

/// <summary>What several readers did to posts, and which of these quote what, whoever reads.</summary>
internal sealed class MarksOfMany(Dictionary<long, (long Quoted, QuoteState State)> quotes, Dictionary<long, ReaderMarks> readers)
{
    private readonly ReaderMarks _none = new() { Quotes = quotes };

    public ReaderMarks Of(Id<Account>? reader)
    {
        if (reader is not { } me || !readers.TryGetValue(me.Value, out var marks)) return _none;
        marks.Quotes = quotes;
        return marks;
    }
}

/// <summary>What one reader did to posts, and what filters they set.</summary>
internal sealed class ReaderMarks
{
    /// <summary>Nothing but, perhaps, that they follow an author.</summary>
    public bool IsPlain { get; init; } = true;

    public HashSet<long> Favourites { get; } = [];

    public HashSet<long> Bookmarks { get; } = [];

    public HashSet<long> Pins { get; } = [];

    public HashSet<long> Boosts { get; } = [];

    public HashSet<long> MutedConversations { get; } = [];

    public HashSet<long> Following { get; } = [];

    /// <summary>Poll to choices, in voting order.</summary>
    public Dictionary<long, List<int>> Votes { get; } = [];

    /// <summary>Quoting post to the state of its quote.</summary>
    public Dictionary<long, (long Quoted, QuoteState State)> Quotes { get; set; } = [];

    public FilterSet Filters { get; set; } = FilterSet.None;
}
