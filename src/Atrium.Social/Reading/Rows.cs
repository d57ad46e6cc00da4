using Atrium.Kernel;

namespace Atrium.Social;

/// <summary>An account and its counters.</summary>
internal sealed record AccountRow(Account Account, AccountStats Stats);

/// <summary>A post, its author and its counters.</summary>
/// <param name="Quoted">What it quotes, whether or not the reader sees that.</param>
/// <param name="QuoteState">Null where it quotes nothing.</param>
internal sealed record StatusRow(Status Status, AccountRow Author, StatusStats Stats, Thing? Thing, Id<Status>? Quoted, QuoteState? QuoteState)
{
    public StatusRef Place => new() { Id = Status.Id, BoostOf = Status.BoostOf };
}

/// <summary>A place in a list of posts: what has to be read to show it.</summary>
internal sealed record StatusRef
{
    public Id<Status> Id { get; init; }

    public Id<Status>? BoostOf { get; init; }
}

/// <summary>What several readers did to posts.</summary>
internal sealed class MarksOfMany(Dictionary<long, ReaderMarks> readers)
{
    private readonly ReaderMarks _none = new();

    public ReaderMarks Of(Id<Account>? reader) => reader is { } me && readers.TryGetValue(me.Value, out var marks) ? marks : _none;
}

/// <summary>What one reader did to posts, and what filters they set.</summary>
internal sealed class ReaderMarks
{
    public const string BlockedServer = "blocked_domain";
    public const string Blocked = "blocked_account";
    public const string Muted = "muted_account";
    private static readonly string[] VeilsInOrder = [BlockedServer, Blocked, Muted];

    /// <summary>Nothing but, perhaps, that they follow an author.</summary>
    public bool IsPlain { get; init; } = true;

    public HashSet<long> Favourites { get; } = [];

    public HashSet<long> Bookmarks { get; } = [];

    public HashSet<long> Pins { get; } = [];

    public HashSet<long> Boosts { get; } = [];

    public HashSet<long> MutedConversations { get; } = [];

    public HashSet<long> Following { get; } = [];

    /// <summary>Quoted posts of those whom the reader blocked or muted, and how.</summary>
    public HashSet<(long Quoted, string How)> Veils { get; } = [];

    /// <summary>Poll to choices, in voting order.</summary>
    public Dictionary<long, List<int>> Votes { get; } = [];

    public FilterSet Filters { get; set; } = FilterSet.None;

    /// <summary>Why the reader does not want to see a quoted post, as Mastodon says it; null where they do.</summary>
    public string? VeilOf(Id<Status> quoted) => VeilsInOrder.FirstOrDefault(how => Veils.Contains((quoted.Value, how)));
}
