using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Home;

/// <summary>The members as the administrator sees them: who waits, who runs what. Accounts decides; this is its page and API in Home.</summary>
public static class MembersAdmin
{
    public sealed record Answer(IReadOnlyList<MemberRecord> Items, string? Next, IReadOnlyDictionary<AccountState, int> Counts) : ISlice;

    public sealed record RoleRequest(Role Role);

    public sealed record SuspensionRequest(string? Reason);

    internal static void Map(RouteGroupBuilder admin)
    {
        admin.MapGet("/members", ListAsync).Operation("listHouseMembers", "Lists members, newest first, with how many there are in each state", "home:admin", RateClass.Read, "not_found");
        admin.MapPut("/members/{id}/approval", ApproveAsync).Operation("approveMember", "Lets in somebody who waits", "home:admin", RateClass.Write, "not_found");
        admin.MapDelete("/members/{id}/approval", RejectAsync).Operation("rejectMember", "Turns away somebody who waits", "home:admin", RateClass.Write, "not_found");
        admin.MapPut("/members/{id}/role", SetRoleAsync).Operation("setMemberRole", "Gives a member a role", "home:admin", RateClass.Write, "not_found", "last_administrator");
        admin.MapPut("/members/{id}/suspension", SuspendAsync).Operation("suspendMember", "Suspends a member", "home:admin", RateClass.Write, "not_found", "last_administrator");
        admin.MapDelete("/members/{id}/suspension", RestoreAsync).Operation("restoreMember", "Ends a suspension", "home:admin", RateClass.Write, "not_found");
    }

    internal static async Task<Answer> ListAsync(string? q, AccountState? state, Role? role, int? limit, string? cursor, IMemberAdministration members, Actor actor, CancellationToken ct)
    {
        actor.DemandAdministrator();
        var slice = await members.ListAsync(new(string.IsNullOrWhiteSpace(q) ? null : q.Trim(), state, role), new(limit, cursor), actor, ct);
        return new(slice.Items, slice.Next, await members.CountsAsync(actor, ct));
    }

    internal static Task<NoContent> ApproveAsync(Id<Member> id, IMemberAdministration members, Actor actor, CancellationToken ct) => DoAsync(actor, () => members.ApproveAsync(id, actor, ct));

    internal static Task<NoContent> RejectAsync(Id<Member> id, IMemberAdministration members, Actor actor, CancellationToken ct) => DoAsync(actor, () => members.RejectAsync(id, actor, ct));

    internal static Task<NoContent> SetRoleAsync(Id<Member> id, RoleRequest request, IMemberAdministration members, Actor actor, CancellationToken ct) =>
        DoAsync(actor, () => members.SetRoleAsync(id, request.Role, actor, ct));

    internal static Task<NoContent> SuspendAsync(Id<Member> id, SuspensionRequest request, IMemberAdministration members, Actor actor, CancellationToken ct) =>
        DoAsync(actor, () => members.SuspendAsync(id, request.Reason, actor, ct));

    internal static Task<NoContent> RestoreAsync(Id<Member> id, IMemberAdministration members, Actor actor, CancellationToken ct) => DoAsync(actor, () => members.RestoreAsync(id, actor, ct));

    private static async Task<NoContent> DoAsync(Actor actor, Func<Task> act)
    {
        actor.DemandAdministrator();
        await act();
        return TypedResults.NoContent();
    }
}
