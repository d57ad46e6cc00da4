using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Following or muting a task or project.</summary>
internal static class WatchThings
{
    /// <param name="Level"><c>watch</c>, <c>mute</c>, or null for what comes by itself.</param>
    public sealed record Request(WatchLevel? Level);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPut("tasks/{id}/watch", TaskAsync).Operation("watchTask", "Follows or mutes a task", "tasks:write", RateClass.Write);
        api.MapPut("projects/{id}/watch", ProjectAsync).Operation("watchProject", "Follows or mutes a project", "tasks:write", RateClass.Write);
    }

    public static async Task<IResult> TaskAsync(Id<TaskItem> id, Request request, TasksDb db, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        await db.DemandAsync(id, actor, ProjectRole.Reader, ct);
        return await SetAsync(me, Thing.Of("task", id), request.Level, db, ct);
    }

    public static async Task<IResult> ProjectAsync(Id<Project> id, Request request, TasksDb db, Actor actor, CancellationToken ct)
    {
        var me = actor.Demand();
        await db.DemandAsync(id, actor, ProjectRole.Reader, ct);
        return await SetAsync(me, Thing.Of("project", id), request.Level, db, ct);
    }

    private static async Task<IResult> SetAsync(Id<Member> me, Thing target, WatchLevel? level, TasksDb db, CancellationToken ct)
    {
        var text = target.ToString();
        await db.WriteAsync(
            async token =>
            {
                await db.Watches.Where(w => w.MemberId == me && w.Target == text).ExecuteDeleteAsync(token);
                if (level is { } chosen) db.Watches.Add(new(me, target, chosen, chosen: true));
            },
            ct);
        return TypedResults.NoContent();
    }
}
