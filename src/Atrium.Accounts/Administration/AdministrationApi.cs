using Atrium.Accounts.Data;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Administration;

/// <summary>Member administration for programs: the same acts as the door's.</summary>
internal static class AdministrationApi
{
    private const string Scope = "accounts:admin";

    public sealed record RoleChange(Role Role);

    public sealed record Suspension(string? Reason);

    public static void Map(RouteGroupBuilder api)
    {
        var admin = api.MapGroup("admin/members");
        admin.MapGet("", ListAsync).Operation("listAccounts", "Lists accounts in every state, newest first", Scope, RateClass.Read);
        admin.MapGet("{id}", (Id<Member> id, Actor actor, AccountsDb db, CancellationToken ct) => ListMembers.OneAsync(id, actor, db, ct))
            .Operation("getAccount", "Shows an account to an administrator", Scope, RateClass.Read, "not_found");
        Act(admin.MapPut("{id}/approval", (Id<Member> id, Actor actor, AccountsDb db, CancellationToken ct) => DoneAsync(ChangeStanding.ApproveAsync(id, actor, db, ct))),
            "approveMember", "Lets in a member who waits", "not_waiting");
        Act(admin.MapDelete("{id}/application", (Id<Member> id, Actor actor, AccountsDb db, CancellationToken ct) => DoneAsync(ChangeStanding.RejectAsync(id, actor, db, ct))),
            "rejectMember", "Turns away a member who waits", "not_waiting");
        Act(admin.MapPut("{id}/role", (Id<Member> id, RoleChange change, Actor actor, AccountsDb db, CancellationToken ct) => DoneAsync(ChangeStanding.SetRoleAsync(id, change.Role, actor, db, ct))),
            "setRole", "Changes a member's role", "last_administrator");
        Act(admin.MapPut("{id}/suspension", (Id<Member> id, Suspension suspension, Actor actor, AccountsDb db, CancellationToken ct) => DoneAsync(ChangeStanding.SuspendAsync(id, suspension.Reason, actor, db, ct))),
            "suspendMember", "Suspends a member at once", "last_administrator", "not_active");
        Act(admin.MapDelete("{id}/suspension", (Id<Member> id, Actor actor, AccountsDb db, CancellationToken ct) => DoneAsync(ChangeStanding.RestoreAsync(id, actor, db, ct))),
            "restoreMember", "Ends a suspension", "not_suspended");
        Act(admin.MapPut("{id}/deletion", (Id<Member> id, Actor actor, AccountsDb db, CancellationToken ct) => DoneAsync(ChangeStanding.DeleteAsync(id, actor, db, ct))),
            "deleteMember", "Begins the 30 days after which a member is erased", "last_administrator");
        Act(admin.MapDelete("{id}/deletion", (Id<Member> id, Actor actor, AccountsDb db, CancellationToken ct) => DoneAsync(ChangeStanding.RestoreAsync(id, actor, db, ct))),
            "keepMember", "Takes back a deletion", "not_suspended");
        MapInvitations(api.MapGroup("invitations"));
    }

    private static void MapInvitations(RouteGroupBuilder invitations)
    {
        invitations.MapGet("", ([AsParameters] Page page, Actor actor, AccountsDb db, IMembers members, CancellationToken ct) => Invitations.ListAsync(page, actor, db, members, ct))
            .Operation("listInvitations", "Lists invitations, newest first: all for administrators, else one's own", Scope, RateClass.Read);
        invitations.MapPost("", async Task<Created<InvitationMade>> (NewInvitation wanted, Actor actor, AccountsDb db, IMembers members, HouseAddress address, CancellationToken ct) =>
            {
                var made = await Invitations.MakeAsync(wanted, actor, db, members, address, ct);
                return TypedResults.Created($"/api/accounts/invitations/{made.Invitation.Id}", made);
            })
            .Operation("invite", "Makes an invitation; its link is shown this once, or mailed", Scope, RateClass.Write);
        invitations.MapDelete("{id}", (Id<Invitation> id, Actor actor, AccountsDb db, CancellationToken ct) => DoneAsync(Invitations.WithdrawAsync(id, actor, db, ct)))
            .Operation("withdrawInvitation", "Withdraws an invitation", Scope, RateClass.Write, "not_found");
    }

    private static Task<Slice<MemberRecord>> ListAsync(
        string? text, string? state, string? role, [AsParameters] Page page, Actor actor, AccountsDb db, CancellationToken ct) =>
        ListMembers.HandleAsync(new(text, Named<AccountState>("state", state), Named<Role>("role", role)), page, actor, db, ct);

    private static T? Named<T>(string field, string? name) where T : struct, Enum => name is not { Length: > 0 } ? null
        : Enum.TryParse<T>(name, ignoreCase: true, out var value) && Enum.IsDefined(value) ? value
        : throw Refusal.Invalid(field, $"One of {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}.", "unknown");

    private static void Act(RouteHandlerBuilder endpoint, string name, string summary, params string[] refusals) =>
        endpoint.Operation(name, summary, Scope, RateClass.Write, [.. refusals, "not_found"]);

    private static async Task<NoContent> DoneAsync(Task work)
    {
        await work;
        return TypedResults.NoContent();
    }
}
