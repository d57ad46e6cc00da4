using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Tasks;

/// <summary>The people and groups of a project.</summary>
internal static class ProjectMembersApi
{
    public sealed record Request(ProjectRole Role);

    public static void Map(RouteGroupBuilder projects)
    {
        projects.MapGet("{id}/members", ListAsync).Operation("listProjectMembers", "Lists the people and groups of a project", "tasks:read", RateClass.Read);
        projects.MapPut("{id}/members/{principal}", SetAsync).Operation("setProjectMember", "Gives a person or group a role in a project", "tasks:admin", RateClass.Write, "last_admin");
        projects.MapDelete("{id}/members/{principal}", RemoveAsync).Operation("removeProjectMember", "Takes a person or group out of a project; anyone may leave", "tasks:write", RateClass.Write, "last_admin");
    }

    public static async Task<Slice<ProjectMemberView>> ListAsync(Id<Project> id, ProjectReader reader, TasksDb db, Actor actor, CancellationToken ct)
    {
        actor.Demand();
        await db.DemandAsync(id, actor, ProjectRole.Reader, ct);
        return new(await reader.MembersAsync(id, ct), null);
    }

    /// <param name="principal"><c>member:{id}</c> or <c>group:{id}</c>; <c>GET /api/accounts/members?text=</c> finds a member.</param>
    public static async Task<ProjectView> SetAsync(
        Id<Project> id, string principal, Request request, ProjectDesk desk, ProjectReader reader, IMembers members, IGroups groups, Actor actor, CancellationToken ct)
    {
        await DemandKnownAsync(principal, members, groups, ct);
        await desk.ChangeAsync(id, actor, null, async project =>
        {
            var narrowed = project.Members.Find(m => m.Principal == principal) is { } there && there.Role > request.Role;
            project.SetMember(principal, request.Role);
            await ChangedAsync(project, narrowed, desk.Db, actor, ct);
            return true;
        }, ct);
        return await reader.ViewAsync(id, actor, ct);
    }

    public static async Task<IResult> RemoveAsync(Id<Project> id, string principal, ProjectDesk desk, Actor actor, CancellationToken ct)
    {
        var leaving = principal == Principal.Of(actor.Demand());
        await desk.ChangeAsync(id, actor, null, async project =>
        {
            project.RemoveMember(principal);
            await ChangedAsync(project, true, desk.Db, actor, ct);
            return true;
        }, ct, leaving ? ProjectRole.Reader : ProjectRole.Admin, archived: leaving);
        return TypedResults.NoContent();
    }

    private static async Task ChangedAsync(Project project, bool narrowed, TasksDb db, Actor actor, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        await ProjectAudience.SyncAsync(project.Id, db, ct);
        db.Tell("project.members_changed", project, actor);
        if (narrowed) db.Publish(new AccessNarrowed(project.Id), project.Id.ToString());
    }

    private static async Task DemandKnownAsync(string principal, IMembers members, IGroups groups, CancellationToken ct)
    {
        var known = Thing.TryParse(principal, null, out var thing) && thing.Kind switch
        {
            "member" => (await members.CardsAsync([thing.As<Member>()], ct))[thing.As<Member>()].Active,
            "group" => (await groups.CardsAsync([thing.As<Group>()], ct)).ContainsKey(thing.As<Group>()),
            _ => false,
        };
        if (!known) throw Refusal.Invalid("principal", "There is no such member or group. Write member:{id} or group:{id}.", "unknown_principal");
    }
}
