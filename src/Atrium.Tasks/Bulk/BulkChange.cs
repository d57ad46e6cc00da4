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

    /// <summary>What each task shall become; what is not said stays. Moving and deleting go alone.</summary>
    /// <param name="Status">A category (<c>todo</c>, <c>doing</c>, <c>done</c>, <c>cancelled</c>) or the name of a column.</param>
    /// <param name="ShiftDays">Moves start and due by so many days.</param>
    /// <param name="AddLabels">Names; made in the project if they are new.</param>
    /// <param name="Project">Where they move, with their subtasks.</param>
    /// <param name="Delete">Puts them in the trash.</param>
    public sealed record Change(
        string? Status = null, int? Priority = null, When? Due = null, bool ClearDue = false, int? ShiftDays = null,
        IReadOnlyList<Id<Member>>? AddAssignees = null, IReadOnlyList<Id<Member>>? RemoveAssignees = null,
        IReadOnlyList<string>? AddLabels = null, IReadOnlyList<string>? RemoveLabels = null, Id<Project>? Project = null, bool Delete = false)
    {
        /// <exception cref="Refusal">Invalid: it says nothing, or two things that cannot be at once.</exception>
        public void Demand()
        {
            var edits = this with { Project = null, Delete = false } != new Change();
            if (!edits && Project is null && !Delete) throw Refusal.Invalid("change", "Say what to change.", "required");
            if ((edits ? 1 : 0) + (Project is null ? 0 : 1) + (Delete ? 1 : 0) > 1) throw Refusal.Invalid("change", "Change them, move them or delete them: one at a time.");
            if ((ClearDue ? 1 : 0) + (Due is null ? 0 : 1) + (ShiftDays is null ? 0 : 1) > 1) throw Refusal.Invalid("change", "Set the due, clear it, or shift it: one of these.");
            if (ShiftDays is < -3660 or > 3660) throw Refusal.Invalid("shift_days", "At most ten years.");
        }
    }

    /// <param name="Ids">Which tasks; or else <paramref name="Filter"/>.</param>
    /// <param name="Filter">All that match, in the filter language.</param>
    /// <param name="Within">The project a filter looks in; without it all the caller sees.</param>
    public sealed record Request(IReadOnlyList<Id<TaskItem>>? Ids = null, Change? Change = null, bool DryRun = false, string? Filter = null, Id<Project>? Within = null);

    /// <param name="Outcome"><c>changed</c>, <c>unchanged</c> or <c>refused</c>.</param>
    /// <param name="Code">Why it was refused.</param>
    public sealed record Item(Id<TaskItem> Id, string Outcome, string? Code = null, string? Message = null);

    public sealed record Answer(bool DryRun, int Changed, int Refused, IReadOnlyList<Item> Items);

    public static void Map(RouteGroupBuilder tasks) => tasks.MapPost("/bulk", HandleAsync)
        .Operation("changeTasks", "Changes, moves or deletes many tasks alike and answers for each; dry_run only says what would happen", "tasks:write", RateClass.Heavy, "too_many_items", "bad_filter");

    public static async Task<Answer> HandleAsync(Request request, TaskDesk desk, TaskNames names, FilterReader filters, Actor actor, CancellationToken ct)
    {
        actor.Demand();
        if ((request.Ids is null) == (request.Filter is null)) throw Refusal.Invalid("ids", "Say which tasks: their ids, or a filter.", "required");
        var change = request.Change ?? throw Refusal.Invalid("change", "Say what to change.", "required");
        change.Demand();
        var ids = request.Ids?.Distinct().ToList() ?? await MatchingAsync(request, desk.Db, filters, actor, ct);
        Limits.Demand(ids.Count, Limits.Bulk, "ids", "tasks at once");
        var projects = await desk.Db.Tasks.Where(t => ids.Contains(t.Id) && t.DeletedAt == null).Select(t => new { t.Id, t.ProjectId }).ToDictionaryAsync(t => t.Id, t => t.ProjectId, ct);
        var items = new Dictionary<Id<TaskItem>, Item>();
        foreach (var id in ids.Where(i => !projects.ContainsKey(i))) items[id] = Gone(id);
        foreach (var project in ids.Where(projects.ContainsKey).GroupBy(i => projects[i]).OrderBy(g => g.Key))
            foreach (var batch in project.Chunk(Batch))
                foreach (var item in await BatchAsync(project.Key, batch, change, request.DryRun, new(desk, names, actor), ct))
                    items[item.Id] = item;
        return new(request.DryRun, items.Values.Count(i => i.Outcome == "changed"), items.Values.Count(i => i.Outcome == "refused"), [.. ids.Select(i => items[i])]);
    }

    private static async Task<List<Id<TaskItem>>> MatchingAsync(Request request, TasksDb db, FilterReader filters, Actor actor, CancellationToken ct)
    {
        var condition = await filters.CompileAsync(Filter.Parse(request.Filter!), actor, ct);
        var found = await (from t in db.Tasks.Where(condition)
                           join p in db.Projects on t.ProjectId equals p.Id
                           join a in db.Access(actor) on t.ProjectId equals a.ProjectId
                           where t.DeletedAt == null && p.DeletedAt == null && p.ArchivedAt == null && (request.Within == null || p.Id == request.Within)
                           orderby t.Id
                           select t.Id).Take(Limits.Bulk + 1).ToListAsync(ct);
        return found.Count <= Limits.Bulk ? found : throw Refusal.Invalid("filter", $"More than {Limits.Bulk} tasks match. Narrow the filter.", "too_many_items");
    }

    /// <summary>One transaction. A task that is refused leaves the batch, which then begins again without it.</summary>
    private static async Task<IReadOnlyList<Item>> BatchAsync(Id<Project> project, IReadOnlyList<Id<TaskItem>> batch, Change change, bool dryRun, BulkAct act, CancellationToken ct)
    {
        var refused = new Dictionary<Id<TaskItem>, Item>();
        while (true)
        {
            try
            {
                act.Begin([.. batch.Where(i => !refused.ContainsKey(i))]);
                await act.RunAsync(project, change, dryRun, ct);
            }
            catch (BulkAct.RolledBack)
            {
                // A dry run: all was tried, nothing is kept.
            }
            catch (Refusal refusal) when (act.At is { } id)
            {
                refused[id] = new(id, "refused", refusal.Code, refusal.Message);
                continue;
            }
            catch (Refusal refusal) when (refusal.Kind is RefusalKind.NotFound or RefusalKind.Forbidden or RefusalKind.Conflict)
            {
                return [.. batch.Select(i => new Item(i, "refused", refusal.Code, refusal.Message))];
            }

            return [.. batch.Select(i => refused.GetValueOrDefault(i) ?? new Item(i, act.Changed.Contains(i) ? "changed" : "unchanged"))];
        }
    }

    private static Item Gone(Id<TaskItem> id) => new(id, "refused", "not_found", "There is nothing here, or it is not shared with you.");
}
