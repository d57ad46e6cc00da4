using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Accounts.Groups;

/// <summary>Joining, asking, inviting and roles, for programs.</summary>
internal static class GroupPeopleApi
{
    private const string Scope = "profile:write";

    public sealed record Join(string? Note);

    public sealed record Invite(string? Member);

    public sealed record RoleChange(GroupRole Role);

    public static void Map(RouteGroupBuilder groups)
    {
        groups.MapPut("{handle}/membership", (string handle, Join? join, Actor actor, AccountsDb db, CancellationToken ct) => DoneAsync(JoinGroups.JoinAsync(handle, join?.Note, actor, db, ct)))
            .Operation("joinGroup", "Joins a group, or asks to where that is the rule", Scope, RateClass.Write, "not_found", "invitation_required");
        groups.MapDelete("{handle}/membership", (string handle, Actor actor, AccountsDb db, CancellationToken ct) => DoneAsync(JoinGroups.LeaveAsync(handle, actor, db, ct)))
            .Operation("leaveGroup", "Leaves a group, takes back the wish to join or declines an invitation", Scope, RateClass.Write, "not_found", "last_owner");
        groups.MapGet("{handle}/requests", RunGroups.RequestsAsync)
            .Operation("listGroupRequests", "Lists who asked to join and who was invited", "profile:read", RateClass.Read, "not_found");
        groups.MapPut("{handle}/requests/{member}", (string handle, Id<Member> member, Actor actor, AccountsDb db, CancellationToken ct) => DoneAsync(RunGroups.AcceptAsync(handle, member, actor, db, ct)))
            .Operation("acceptGroupRequest", "Lets in somebody who asked", Scope, RateClass.Write, "not_found");
        groups.MapDelete("{handle}/requests/{member}", (string handle, Id<Member> member, Actor actor, AccountsDb db, CancellationToken ct) => DoneAsync(RunGroups.DeclineAsync(handle, member, actor, db, ct)))
            .Operation("declineGroupRequest", "Turns a request down or takes an invitation back", Scope, RateClass.Write, "not_found");
        groups.MapPost("{handle}/requests", (string handle, Invite invite, Actor actor, AccountsDb db, IMembers members, CancellationToken ct) => DoneAsync(RunGroups.InviteAsync(handle, invite.Member, actor, db, members, ct)))
            .Operation("inviteToGroup", "Invites a member by handle", Scope, RateClass.Write, "not_found", "already_in");
        groups.MapPut("{handle}/members/{member}", (string handle, Id<Member> member, RoleChange change, Actor actor, AccountsDb db, CancellationToken ct) => DoneAsync(RunGroups.SetRoleAsync(handle, member, change.Role, actor, db, ct)))
            .Operation("setGroupRole", "Changes what a member is in a group", Scope, RateClass.Write, "not_found", "last_owner");
        groups.MapDelete("{handle}/members/{member}", (string handle, Id<Member> member, Actor actor, AccountsDb db, CancellationToken ct) => DoneAsync(RunGroups.RemoveAsync(handle, member, actor, db, ct)))
            .Operation("removeFromGroup", "Takes a member out of a group", Scope, RateClass.Write, "not_found", "last_owner");
    }

    private static async Task<NoContent> DoneAsync(Task work)
    {
        await work;
        return TypedResults.NoContent();
    }
}
