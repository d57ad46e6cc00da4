using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Changes up to 500 tasks alike, 100 to a transaction, and answers for each what came of it.</summary>
internal static class BulkChange
{
    private const int Batch = 100;

    /// <summary>What each task shall become; what is not said stays.</summary>
    /// <param name="Status">A category (<c>todo</c>, <c>doing</c>, <c>done</c>, <c>cancelled</c>) or the name of a column.</param>
    /// <param name="ShiftDays">Moves start and due by so many days.</param>
    /// <param name="AddLabels">Names; made in the project if they are new.</param>
    public sealed record Change(
        string? Status = null, int? Priority = null, When? Due = null, bool ClearDue = false, int? ShiftDays = null,
        IReadOnlyList<Id<Member>>? AddAssignees = null, IReadOnlyList<Id<Member>>? RemoveAssignees = null,
        IReadOnlyList<string>? AddLabels = null, IReadOnlyList<string>? RemoveLabels = null);

    public sealed record Request(IReadOnlyList<Id<TaskItem>>? Ids, Change? Change, bool DryRun = false);

    /// <param name="Outcome"><c>changed</c>, <c>unchanged</c> or <c>refused</c>.</param>
    /// <param name="Code">Why it was refused.</param>
    public sealed record Item(Id<TaskItem> Id, string Outcome, string? Code = null, string? Message = null);

    public sealed record Answer(bool DryRun, int Changed, int Refused, IReadOnlyList<Item> Items);

    public static void Map(RouteGroupBuilder tasks) => tasks.MapPost("/bulk", HandleAsync)
        .Operation("changeTasks", "Changes many tasks alike and answers for each; dry_run only says what would happen", "tasks:write", RateClass.Heavy, "too_many_items");

    public static async Task<Answer> HandleAsync(Request request, TaskDesk desk, Actor actor, CancellationToken ct)
    {
        actor.Demand();
        if (request.Ids is null) throw Refusal.Invalid("ids", "Say which tasks.", "required");
        var change = request.Change ?? throw Refusal.Invalid("change", "Say what to change.", "required");
        var ids = request.Ids.Distinct().ToList();
        Limits.Demand(ids.Count, Limits.Bulk, "ids", "tasks at once");
        if (change is { ClearDue: true, Due: not null } or { ShiftDays: not null, Due: not null }) throw Refusal.Invalid("change", "Set the due, clear it, or shift it: one of these.");
        var projects = await desk.Db.Tasks.Where(t => ids.Contains(t.Id) && t.DeletedAt == null).Select(t => new { t.Id, t.ProjectId }).ToDictionaryAsync(t => t.Id, t => t.ProjectId, ct);
        var items = new Dictionary<Id<TaskItem>, Item>();
        foreach (var id in ids.Where(i => !projects.ContainsKey(i))) items[id] = Gone(id);
        foreach (var project in ids.Where(projects.ContainsKey).GroupBy(i => projects[i]).OrderBy(g => g.Key))
            foreach (var batch in project.Chunk(Batch))
                foreach (var item in await BatchAsync(project.Key, batch, request, desk, actor, ct))
                    items[item.Id] = item;
        return new(request.DryRun, items.Values.Count(i => i.Outcome == "changed"), items.Values.Count(i => i.Outcome == "refused"), [.. ids.Select(i => items[i])]);
    }

    /// <summary>One transaction. A task that is refused leaves the batch, which then begins again without it.</summary>
    private static async Task<IReadOnlyList<Item>> BatchAsync(Id<Project> project, IReadOnlyList<Id<TaskItem>> batch, Request request, TaskDesk desk, Actor actor, CancellationToken ct)
    {
        var refused = new Dictionary<Id<TaskItem>, Item>();
        while (true)
        {
            var left = batch.Where(i => !refused.ContainsKey(i)).ToList();
            var changed = new HashSet<Id<TaskItem>>();
            Id<TaskItem>? at = null;
            try
            {
                await desk.ChangeAsync(
                    project, actor, ProjectRole.Reader,
                    async write =>
                    {
                        await write.LabelsAsync(ct);
                        foreach (var task in await write.TasksAsync(left, Parts.State | Parts.Labels, ct))
                        {
                            at = task.Id;
                            await ApplyBulk.RunAsync(task, request.Change!, write, desk.Db, ct);
                            write.DemandEdit(task);
                            if (task.Revision != write.Before(task).Revision) changed.Add(task.Id);
                        }

                        at = null;
                        return request.DryRun ? throw new RolledBack() : true;
                    },
                    ct);
            }
            catch (RolledBack)
            {
                // A dry run: all was tried, nothing is kept.
            }
            catch (Refusal refusal) when (at is { } id)
            {
                refused[id] = new(id, "refused", refusal.Code, refusal.Message);
                continue;
            }
            catch (Refusal refusal) when (refusal.Kind is RefusalKind.NotFound or RefusalKind.Forbidden or RefusalKind.Conflict)
            {
                return [.. batch.Select(i => new Item(i, "refused", refusal.Code, refusal.Message))];
            }

            return [.. batch.Select(i => refused.GetValueOrDefault(i) ?? new Item(i, changed.Contains(i) ? "changed" : "unchanged"))];
        }
    }

    private static Item Gone(Id<TaskItem> id) => new(id, "refused", "not_found", "There is nothing here, or it is not shared with you.");

    /// <summary>Ends the transaction of a dry run without keeping anything.</summary>
    private sealed class RolledBack : Exception;
}
