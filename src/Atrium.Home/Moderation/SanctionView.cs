using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Http;

namespace Atrium.Home;

/// <summary>What was done about a member, and where their objection stands.</summary>
public sealed record SanctionView(
    Id<Sanction> Id, ActorView? Member, Id<Case>? Case, SanctionKind What, string? Measure, string Words, string Reason, ActorView? By, DateTimeOffset At, string? Appeal, DateTimeOffset? AppealedAt,
    string? Decision, DateTimeOffset? DecidedAt, DateTimeOffset? LiftedAt, long Revision) : IRevisedView
{
    /// <param name="forMember">The member is not told which moderator it was.</param>
    public static SanctionView Of(Sanction s, IReadOnlyDictionary<Id<Member>, MemberCard> people, bool forMember = false) => new(
        s.Id, CaseView.Person(s.MemberId, people), forMember ? null : s.CaseId, s.What, s.Measure, s.Words, s.Reason, forMember ? null : CaseView.Person(s.By, people), s.CreatedAt,
        s.Appeal, s.AppealedAt, s.Decision, s.DecidedAt, s.LiftedAt, s.Revision);
}
