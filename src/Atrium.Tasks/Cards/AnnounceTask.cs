using Atrium.Contracts.Social;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Atrium.Tasks;

/// <summary>Posts a task to Social: those who follow its author, and may see it, get it in their homes, and what they answer stands in its thread.</summary>
internal static class AnnounceTask
{
    public static void Map(RouteGroupBuilder tasks) => tasks.MapPut("{id}/announcement", HandleAsync).Operation("announceTask", "Posts a task to Social", "tasks:write", RateClass.Write);

    /// <exception cref="Refusal">Not found: the task, or the house has no Social; forbidden.</exception>
    public static async Task<NoContent> HandleAsync(Id<TaskItem> id, TasksDb db, IEnumerable<IDiscussions> discussions, Actor actor, CancellationToken ct)
    {
        var by = actor.Demand();
        await db.DemandAsync(id, actor, ProjectRole.Writer, ct);
        if (!discussions.Any()) throw Refusal.NotFound();
        var thing = Thing.Of(TaskPath.Kind, id);
        await db.WriteAsync(
            _ =>
            {
                db.Publish(new DiscussionWanted(thing, by, new(Announce: true)), thing.ToString());
                return Task.CompletedTask;
            },
            ct);
        return TypedResults.NoContent();
    }
}
