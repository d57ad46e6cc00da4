using Atrium.Kernel;

namespace Atrium.Social;

/// <summary>A question with answers to choose from.</summary>
internal sealed class Poll
{
    public Id<Poll> Id { get; init; } = Id<Poll>.New();

    public Id<Status> StatusId { get; init; }

    public bool Multiple { get; set; }

    /// <summary>Counts are hidden until it is closed.</summary>
    public bool HideTotals { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? ClosedAt { get; set; }

    public int Voters { get; set; }

    /// <summary>When other servers are told how many chose what; null while nothing is to tell.</summary>
    public DateTimeOffset? TotalsDueAt { get; set; }

    public bool IsOver(DateTimeOffset now) => ClosedAt is not null || ExpiresAt <= now;
}

internal sealed class PollOption
{
    public Id<Poll> PollId { get; init; }

    /// <summary>From 0.</summary>
    public int Index { get; init; }

    public required string Title { get; init; }

    public int Votes { get; set; }
}

internal sealed class PollVote
{
    public Id<PollVote> Id { get; init; } = Id<PollVote>.New();

    public Id<Poll> PollId { get; init; }

    public Id<Account> AccountId { get; init; }

    public int Choice { get; init; }

    /// <summary>The poll takes one answer: a partial index holds each account to it.</summary>
    public bool Single { get; init; }
}
