using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Tasks;

/// <summary>The projects the caller can see, and one of them.</summary>
internal static class ReadProjects
{
    public static void Map(RouteGroupBuilder projects)
    {
        projects.MapGet("", ListAsync).Operation("listProjects", "Lists the projects you can see, a parent before its children", "tasks:read", RateClass.Read);
        projects.MapGet("{id}", GetAsync).Operation("getProject", "Shows a project with columns, labels, people and your role", "tasks:read", RateClass.Read, "not_found").AllowAnonymous();
    }

    public static async Task<Slice<ProjectItemView>> ListAsync(ProjectReader reader, PersonalList personal, Actor actor, CancellationToken ct, bool archived = false)
    {
        if (actor.IsMember) await personal.EnsureAsync(actor, ct);
        return new(await reader.ListAsync(actor, archived, ct), null);
    }

    public static Task<ProjectView> GetAsync(Id<Project> id, ProjectReader reader, Actor actor, CancellationToken ct) => reader.ViewAsync(id, actor, ct);
}
