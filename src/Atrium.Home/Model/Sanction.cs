using Atrium.Kernel;
using Atrium.Kernel.Data;

namespace Atrium.Home;

public enum SanctionKind
{
    Warning,
    Suspension,

    /// <summary>Something about the thing itself: it was hidden, or its room's own measure was taken.</summary>
    Measure,
}

/// <summary>What the house did about a member, and why. The member sees it, and may object once.</summary>
public sealed class Sanction : IRevised
{
    public const string Kind = "sanction";
    public const int LongestReason = 2000;

    /// <summary>The measure that every room knows.</summary>
    public const string Hiding = "hide";

    public Id<Sanction> Id { get; init; } = Id<Sanction>.New();

    public Id<Member> MemberId { get; init; }

    public Id<Case>? CaseId { get; init; }

    public SanctionKind What { get; init; }

    /// <summary>Which measure about the case's thing: <see cref="Hiding"/>, or one of its room.</summary>
    public string? Measure { get; init; }

    /// <summary>What was done, as the member reads it: “Moderators limited your account”.</summary>
    public string? Done { get; init; }

    public required string Reason { get; init; }

    public Id<Member>? By { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public string? Appeal { get; private set; }

    public DateTimeOffset? AppealedAt { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>Why the appeal was or was not granted.</summary>
    public string? Decision { get; private set; }

    public DateTimeOffset? LiftedAt { get; private set; }

    public long Revision { get; set; } = 1;

    public string Words => What switch
    {
        SanctionKind.Warning => "Moderators warn you",
        SanctionKind.Suspension => "Moderators suspended your account",
        _ => Done ?? "Moderators acted on what you wrote",
    };

    public bool AwaitsDecision => AppealedAt is not null && DecidedAt is null;

    public void Object(string words, DateTimeOffset at)
    {
        if (AppealedAt is not null) throw Refusal.Conflict("appealed", "You objected already; moderators read it once.");
        if (LiftedAt is not null) throw Refusal.Conflict("lifted", "This was lifted already.");
        (Appeal, AppealedAt) = (words, at);
    }

    public void Decide(bool lift, string words, DateTimeOffset at)
    {
        if (LiftedAt is not null) throw Refusal.Conflict("lifted", "This was lifted already.");
        (Decision, DecidedAt) = (words, at);
        if (lift) LiftedAt = at;
    }

    /// <summary>What it was about was undone.</summary>
    public void Lift(DateTimeOffset at) => LiftedAt ??= at;
}
