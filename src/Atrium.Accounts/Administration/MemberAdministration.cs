using Atrium.Accounts.Data;
using Atrium.Kernel;
using Atrium.Kernel.Http;

namespace Atrium.Accounts.Administration;

/// <summary>The door through which Home's pages run the members.</summary>
internal sealed class MemberAdministration(AccountsDb db, IMembers members, HouseAddress address) : IMemberAdministration
{
    public Task<Slice<MemberRecord>> ListAsync(MemberFilter filter, Page page, Actor actor, CancellationToken ct) => ListMembers.HandleAsync(filter, page, actor, db, ct);

    public Task<MemberRecord> GetAsync(Id<Member> member, Actor actor, CancellationToken ct) => ListMembers.OneAsync(member, actor, db, ct);

    public Task<MemberRecord> NamedAsync(string handle, Actor actor, CancellationToken ct) => ListMembers.NamedAsync(handle, actor, db, ct);

    public Task<IReadOnlyDictionary<AccountState, int>> CountsAsync(Actor actor, CancellationToken ct) => ListMembers.CountAsync(actor, db, ct);

    public Task ApproveAsync(Id<Member> member, Actor actor, CancellationToken ct) => ChangeStanding.ApproveAsync(member, actor, db, ct);

    public Task RejectAsync(Id<Member> member, Actor actor, CancellationToken ct) => ChangeStanding.RejectAsync(member, actor, db, ct);

    public Task SetRoleAsync(Id<Member> member, Role role, Actor actor, CancellationToken ct) => ChangeStanding.SetRoleAsync(member, role, actor, db, ct);

    public Task SuspendAsync(Id<Member> member, string? reason, Actor actor, CancellationToken ct) => ChangeStanding.SuspendAsync(member, reason, actor, db, ct);

    public Task RestoreAsync(Id<Member> member, Actor actor, CancellationToken ct) => ChangeStanding.RestoreAsync(member, actor, db, ct);

    public Task DeleteAsync(Id<Member> member, Actor actor, CancellationToken ct) => ChangeStanding.DeleteAsync(member, actor, db, ct);

    public Task<Slice<InvitationRecord>> InvitationsAsync(Page page, Actor actor, CancellationToken ct) => Invitations.ListAsync(page, actor, db, members, ct);

    public Task<InvitationMade> InviteAsync(NewInvitation invitation, Actor actor, CancellationToken ct) => Invitations.MakeAsync(invitation, actor, db, members, address, ct);

    public Task WithdrawAsync(Id<Invitation> invitation, Actor actor, CancellationToken ct) => Invitations.WithdrawAsync(invitation, actor, db, ct);
}
