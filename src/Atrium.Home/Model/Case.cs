using Atrium.Kernel;
using Atrium.Kernel.Data;

namespace Atrium.Home;

public enum CaseState
{
    Open,

    /// <summary>Looked at; nothing was wrong.</summary>
    Dismissed,

    /// <summary>Something was done.</summary>
    Resolved,
}

/// <summary>What moderators look into: one open case per thing, however many report it.</summary>
public sealed class Case : IRevised
{
    public const string Kind = "case";

    /// <summary>The title of one that was closed so long ago that what it was about is forgotten.</summary>
    public const string Forgotten = "A case closed more than a year ago";

    public Id<Case> Id { get; init; } = Id<Case>.New();

    public Thing Thing { get; init; }

    /// <summary>Title, room and owner when it was opened: a moderator needs them though the thing be gone or private.</summary>
    public required string Title { get; init; }

    public required string Room { get; init; }

    public required string Href { get; init; }

    public Id<Member>? OwnerId { get; set; }

    public CaseState State { get; private set; }

    /// <summary>The thing waits hidden until a moderator has looked.</summary>
    public bool Held { get; private set; }

    /// <summary>A moderator hid the thing.</summary>
    public bool Hidden { get; private set; }

    public int ReportCount { get; set; }

    public DateTimeOffset OpenedAt { get; init; }

    public DateTimeOffset? ClosedAt { get; private set; }

    public Id<Member>? ClosedBy { get; private set; }

    public string? Outcome { get; private set; }

    public long Revision { get; set; } = 1;

    public bool IsOpen => State == CaseState.Open;

    public void Hold() => Held = true;

    /// <summary>Hides the thing, or shows it again; either ends a hold.</summary>
    public void SetHidden(bool hidden) => (Hidden, Held) = (hidden, false);

    public void Close(CaseState state, string? outcome, Actor by, DateTimeOffset at)
    {
        if (!IsOpen) throw Refusal.Conflict("case_closed", "This case is closed already.");
        if (Held) SetHidden(state == CaseState.Resolved);
        (State, Outcome, ClosedBy, ClosedAt) = (state, outcome, by.MemberId, at);
    }
}
