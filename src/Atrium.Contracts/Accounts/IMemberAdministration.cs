using Atrium.Kernel;

namespace Atrium.Contracts.Accounts;

/// <summary>What to list. Null narrows nothing.</summary>
/// <param name="Text">The beginning of a word of the name, of the handle, or of the e-mail address.</param>
public sealed record MemberFilter(string? Text = null, AccountState? State = null, Role? Role = null);

/// <summary>A member as those see them who run the house.</summary>
/// <param name="Application">What they wrote when they asked to be let in.</param>
/// <param name="EraseAt">When a leaving member is erased.</param>
public sealed record MemberRecord(
    Id<Member> Id, string Handle, string Name, string Email, bool EmailConfirmed, Role Role, AccountState State, DateTimeOffset CreatedAt, DateTimeOffset? JoinedAt,
    DateTimeOffset? LastSeenAt, bool HasSecondFactor, string? Application, string? SuspensionReason, DateTimeOffset? EraseAt);

/// <summary>An invitation to be made.</summary>
/// <param name="Email">Mails it there; then the link is in that letter alone.</param>
/// <param name="Note">For those who look through the list.</param>
public sealed record NewInvitation(Role Role = Role.Member, int Uses = 1, int Days = 14, string? Email = null, string? Note = null);

/// <param name="State"><c>open</c>, <c>used</c>, <c>expired</c> or <c>withdrawn</c>.</param>
public sealed record InvitationRecord(
    Id<Invitation> Id, Role Role, int Uses, int MostUses, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, string State, MemberCard? InvitedBy, string? Email, string? Note);

/// <param name="Link">Where it leads, shown this once; null when it was mailed.</param>
public sealed record InvitationMade(InvitationRecord Invitation, string? Link);

/// <summary>Names an invitation in ids.</summary>
public sealed class Invitation
{
    private Invitation() { }
}

/// <summary>Runs the members of the house. Every method refuses an actor who may not.</summary>
public interface IMemberAdministration
{
    /// <summary>Newest first.</summary>
    Task<Slice<MemberRecord>> ListAsync(MemberFilter filter, Page page, Actor actor, CancellationToken ct);

    Task<MemberRecord> GetAsync(Id<Member> member, Actor actor, CancellationToken ct);

    /// <summary>The account of a handle, with or without @, in whatever state it is.</summary>
    Task<MemberRecord> NamedAsync(string handle, Actor actor, CancellationToken ct);

    /// <summary>How many there are in each state.</summary>
    Task<IReadOnlyDictionary<AccountState, int>> CountsAsync(Actor actor, CancellationToken ct);

    /// <summary>Lets in somebody who waits.</summary>
    Task ApproveAsync(Id<Member> member, Actor actor, CancellationToken ct);

    /// <summary>Turns away somebody who waits; their handle is free again.</summary>
    Task RejectAsync(Id<Member> member, Actor actor, CancellationToken ct);

    /// <exception cref="Refusal">Conflict <c>last_administrator</c>.</exception>
    Task SetRoleAsync(Id<Member> member, Role role, Actor actor, CancellationToken ct);

    /// <summary>Ends all sessions at once; tokens and app passwords stop working until they are restored.</summary>
    /// <exception cref="Refusal">Conflict <c>last_administrator</c>.</exception>
    Task SuspendAsync(Id<Member> member, string? reason, Actor actor, CancellationToken ct);

    /// <summary>Ends a suspension, or takes back a deletion in its days of grace.</summary>
    Task RestoreAsync(Id<Member> member, Actor actor, CancellationToken ct);

    /// <summary>Begins the 30 days after which the member is erased.</summary>
    /// <exception cref="Refusal">Conflict <c>last_administrator</c>.</exception>
    Task DeleteAsync(Id<Member> member, Actor actor, CancellationToken ct);

    /// <summary>Newest first.</summary>
    Task<Slice<InvitationRecord>> InvitationsAsync(Page page, Actor actor, CancellationToken ct);

    Task<InvitationMade> InviteAsync(NewInvitation invitation, Actor actor, CancellationToken ct);

    Task WithdrawAsync(Id<Invitation> invitation, Actor actor, CancellationToken ct);
}
