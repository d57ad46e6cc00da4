using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>The labels of a project. Renaming one touches the tasks that carry it, so that phones see it.</summary>
internal static class ProjectLabelsApi
{
    public sealed record Request(string? Name = null, string? Color = null);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("projects/{id}/labels", ListAsync).Operation("listLabels", "Lists the labels of a project", "tasks:read", RateClass.Read);
        api.MapPost("projects/{id}/labels", AddAsync).Operation("addLabel", "Adds a label", "tasks:admin", RateClass.Write, "label_taken", "too_many_items");
        api.MapPatch("labels/{id}", EditAsync).Operation("editLabel", "Renames or recolours a label", "tasks:admin", RateClass.Write, "label_taken");
        api.MapDelete("labels/{id}", RemoveAsync).Operation("removeLabel", "Removes a label from the project and its tasks", "tasks:admin", RateClass.Write);
    }

    public static async Task<Slice<LabelView>> ListAsync(Id<Project> id, ProjectReader reader, Actor actor, CancellationToken ct) =>
        new((await reader.ViewAsync(id, actor, ct)).Labels, null);

    public static async Task<ProjectView> AddAsync(Id<Project> id, Request request, ProjectDesk desk, ProjectReader reader, Actor actor, CancellationToken ct)
    {
        await desk.ChangeAsync(id, actor, null, project => Task.FromResult(project.AddLabel(request.Name ?? "", request.Color)), ct);
        return await reader.ViewAsync(id, actor, ct);
    }

    public static async Task<ProjectView> EditAsync(Id<Label> id, Request request, ProjectDesk desk, ProjectReader reader, Actor actor, CancellationToken ct)
    {
        var project = await ProjectOfAsync(id, desk.Db, ct);
        await desk.ChangeAsync(project, actor, null, async changed =>
        {
            changed.ChangeLabel(id, request.Name, request.Color);
            if (request.Name is not null) await TouchAsync(id, changed.Seq, desk.Db, ct);
            return true;
        }, ct);
        return await reader.ViewAsync(project, actor, ct);
    }

    public static async Task<ProjectView> RemoveAsync(Id<Label> id, ProjectDesk desk, ProjectReader reader, Actor actor, CancellationToken ct)
    {
        var project = await ProjectOfAsync(id, desk.Db, ct);
        await desk.ChangeAsync(project, actor, null, async changed =>
        {
            await TouchAsync(id, changed.Seq, desk.Db, ct);
            await desk.Db.TaskLabels.Where(l => l.LabelId == id).ExecuteDeleteAsync(ct);
            changed.RemoveLabel(id);
            return true;
        }, ct);
        return await reader.ViewAsync(project, actor, ct);
    }

    /// <summary>One statement, whether ten tasks carry it or ten thousand: what their calendar entries say has changed.</summary>
    private static Task<int> TouchAsync(Id<Label> id, long seq, TasksDb db, CancellationToken ct)
    {
        var now = db.Now;
        return db.Tasks.Where(t => db.TaskLabels.Any(l => l.LabelId == id && l.TaskId == t.Id)).ExecuteUpdateAsync(
            set => set.SetProperty(t => t.Seq, seq).SetProperty(t => t.Revision, t => t.Revision + 1).SetProperty(t => t.Sequence, t => t.Sequence + 1).SetProperty(t => t.UpdatedAt, now), ct);
    }

    private static async Task<Id<Project>> ProjectOfAsync(Id<Label> id, TasksDb db, CancellationToken ct) =>
        await db.Labels.Where(l => l.Id == id).Select(l => (Id<Project>?)l.ProjectId).FirstOrDefaultAsync(ct) ?? throw Refusal.NotFound();
}
