using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Http;

namespace Atrium.Home;

/// <summary>A case in the queue.</summary>
/// <param name="Title">As it was when the case was opened.</param>
/// <param name="There">False when the thing is gone meanwhile.</param>
public sealed record CaseView(
    Id<Case> Id, Thing Thing, string Title, string Room, string Href, bool There, ActorView? Owner, CaseState State, bool Held, bool Hidden, int Reports, DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt, ActorView? ClosedBy, string? Outcome, long Revision) : IRevisedView
{
    public static CaseView Of(Case c, ThingCard? card, IReadOnlyDictionary<Id<Member>, MemberCard> people) => new(
        c.Id, c.Thing, card?.Title ?? c.Title, c.Room, card?.Href ?? c.Href, card is not null, Person(c.OwnerId, people), c.State, c.Held, c.Hidden, c.ReportCount, c.OpenedAt,
        c.ClosedAt, Person(c.ClosedBy, people), c.Outcome, c.Revision);

    public static ActorView? Person(Id<Member>? id, IReadOnlyDictionary<Id<Member>, MemberCard> people) =>
        id is { } member && people.TryGetValue(member, out var card) ? ActorView.Of(card) : null;
}

public sealed record ReportView(ActorView? Reporter, ReportCategory Category, string? Comment, DateTimeOffset At);

public sealed record NoteView(ActorView? Author, string Text, DateTimeOffset At);

/// <summary>A case with all that moderators need to decide it.</summary>
/// <param name="CanHide">Whether the thing's room knows how to hide it.</param>
/// <param name="Context">What its room has to say about it.</param>
/// <param name="Measures">What its room can do beside hiding it.</param>
public sealed record CaseFile(
    CaseView Case, IReadOnlyList<ReportView> Reports, IReadOnlyList<NoteView> Notes, IReadOnlyList<SanctionView> Sanctions, bool CanHide, IReadOnlyList<ModerationContext> Context,
    IReadOnlyList<MeasureView> Measures) : IRevisedView
{
    public long Revision => Case.Revision;
}

/// <param name="Stands">It was taken in this case and not taken back.</param>
public sealed record MeasureView(string Key, string Verb, string Hint, bool Stands);
