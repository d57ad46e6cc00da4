using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Relates tasks: blocks, precedes, relates, duplicates, copied from, and the inverses of these. Lists them from either end.</summary>
internal static class EditRelations
{
    /// <param name="LagSeconds">Only with precedes and follows.</param>
    public sealed record Request(int? LagSeconds = null);

    /// <summary>A relation as one end sees it.</summary>
    public sealed record View(string Kind, Id<TaskItem> Task, string? Key, string Title, bool Open, int? LagSeconds);

    public static void Map(RouteGroupBuilder tasks)
    {
        tasks.MapGet("/tasks/{id}/relations", ListAsync).Operation("listRelations", "Lists how a task stands to others, from its end", "tasks:read", RateClass.Read, "not_found");
        tasks.MapPut("/tasks/{id}/relations/{kind}/{other}", async (Id<TaskItem> id, string kind, Id<TaskItem> other, Request? request, TaskDesk desk, Actor actor, CancellationToken ct) =>
            {
                await PutAsync(id, kind, other, request?.LagSeconds, desk, actor, ct);
                return TypedResults.NoContent();
            })
            .Operation("relateTasks", "Relates a task to another", "tasks:write", RateClass.Write, "not_found", "cycle", "too_many_items");
        tasks.MapDelete("/tasks/{id}/relations/{kind}/{other}", async (Id<TaskItem> id, string kind, Id<TaskItem> other, TaskDesk desk, Actor actor, CancellationToken ct) =>
            {
                await RemoveAsync(id, kind, other, desk, actor, ct);
                return TypedResults.NoContent();
            })
            .Operation("unrelateTasks", "Takes a relation away", "tasks:write", RateClass.Write, "not_found");
    }

    public static async Task<IReadOnlyList<View>> ListAsync(Id<TaskItem> id, TasksDb db, Actor actor, CancellationToken ct)
    {
        await db.DemandAsync(id, actor, ProjectRole.Reader, ct);
        var relations = await db.Relations.Where(r => r.From == id || r.To == id).ToListAsync(ct);
        var ids = relations.Select(r => r.From == id ? r.To : r.From).Distinct().ToList();
        var ends = await db.Seen(db.Tasks.Where(t => ids.Contains(t.Id)), await db.SeenAsync(actor, ct), actor)
            .Select(s => new { s.Task.Id, s.Project.Key, s.Task.Number, s.Task.Title, s.Task.Category }).ToDictionaryAsync(e => e.Id, ct);
        return
        [
            .. from r in relations
               let end = ends.GetValueOrDefault(r.From == id ? r.To : r.From)
               where end is not null
               orderby r.Kind, end.Id
               select new View(r.NameFrom(id), end.Id, end.Key is null ? null : $"{end.Key}-{end.Number}", end.Title, end.Category <= Category.Doing, r.LagSeconds),
        ];
    }

    /// <summary>
    /// Both projects are locked, lower id first, before the ring is looked for: of two edges that would close one together, the second sees the first.
    /// </summary>
    public static async Task PutAsync(Id<TaskItem> id, string kind, Id<TaskItem> other, int? lag, TaskDesk desk, Actor actor, CancellationToken ct)
    {
        var named = Relation.Named(kind, id, other);
        var relation = lag is null ? named : new Relation(named.From, named.To, named.Kind, lag);
        await ChangeAsync(id, other, desk, actor, async (task, far, write, token) =>
        {
            await RelateAsync(write, task, far, relation, desk.Db, token);
        }, ct);
    }

    /// <summary>Inside a write.</summary>
    /// <exception cref="Refusal"><c>cycle</c>, <c>too_many_items</c>.</exception>
    public static async Task RelateAsync(ProjectWrite write, TaskItem task, TaskItem far, Relation relation, TasksDb db, CancellationToken ct)
    {
        var there = await db.Relations.AsTracking().FirstOrDefaultAsync(r => r.From == relation.From && r.To == relation.To && r.Kind == relation.Kind, ct);
        if (there is not null && there.LagSeconds == relation.LagSeconds) return;
        if (there is not null) db.Remove(there);
        foreach (var end in new[] { task.Id, far.Id })
            Limits.Demand(await db.Relations.CountAsync(r => r.From == end || r.To == end, ct) + (there is null ? 1 : 0), Limits.Relations, Field.Relations, "relations of a task");
        if (relation.Orders && there is null) Tree.DemandNoRing(relation.From, relation.To, await ReachableAsync(relation.To, db, ct));
        db.Add(relation);
        task.Note(write.By, Field.Relations, null, $"{relation.NameFrom(task.Id)} {far.Id}");
        far.Note(write.By, Field.Relations, null, $"{relation.NameFrom(far.Id)} {task.Id}");
    }

    public static async Task RemoveAsync(Id<TaskItem> id, string kind, Id<TaskItem> other, TaskDesk desk, Actor actor, CancellationToken ct)
    {
        var relation = Relation.Named(kind, id, other);
        await ChangeAsync(id, other, desk, actor, async (task, far, write, token) =>
        {
            if (!await UnrelateAsync(write, task, far, relation, desk.Db, token)) throw Refusal.NotFound();
        }, ct);
    }

    /// <summary>Inside a write; false when they were not so related.</summary>
    public static async Task<bool> UnrelateAsync(ProjectWrite write, TaskItem task, TaskItem far, Relation relation, TasksDb db, CancellationToken ct)
    {
        if (await db.Relations.Where(r => r.From == relation.From && r.To == relation.To && r.Kind == relation.Kind).ExecuteDeleteAsync(ct) == 0) return false;
        task.Note(write.By, Field.Relations, $"{relation.NameFrom(task.Id)} {far.Id}", null);
        far.Note(write.By, Field.Relations, $"{relation.NameFrom(far.Id)} {task.Id}", null);
        return true;
    }

    private static async Task ChangeAsync(
        Id<TaskItem> id, Id<TaskItem> other, TaskDesk desk, Actor actor, Func<TaskItem, TaskItem, ProjectWrite, CancellationToken, Task> change, CancellationToken ct)
    {
        var db = desk.Db;
        var one = await db.DemandAsync(id, actor, ProjectRole.Writer, ct);
        var two = await db.DemandAsync(other, actor, ProjectRole.Reader, ct);
        var by = desk.By(actor);
        await desk.TryAsync(
            async token =>
            {
                var writes = new Dictionary<Id<Project>, ProjectWrite>();
                foreach (var project in new[] { one.Project, two.Project }.Distinct().Order()) writes[project] = await desk.OpenAsync(project, actor, by, token);
                var task = await writes[one.Project].TaskAsync(id, Parts.None, token);
                var far = await writes[two.Project].TaskAsync(other, Parts.None, token);
                writes[two.Project].Excused.Add(far);
                await change(task, far, writes[one.Project], token);
                foreach (var write in writes.Values) await desk.CloseAsync(write, token);
                return true;
            },
            ct);
    }

    /// <summary>All that waits for a task, directly or not.</summary>
    private static async Task<IReadOnlySet<Id<TaskItem>>> ReachableAsync(Id<TaskItem> from, TasksDb db, CancellationToken ct) => (await db.Database.SqlQueryRaw<long>(
        """
        WITH RECURSIVE reach(id) AS (
            SELECT {0} AS id
            UNION
            SELECT r.to_id FROM reach JOIN tasks_relation r ON r.from_id = reach.id AND r.kind IN ('Blocks', 'Precedes')
        )
        SELECT id AS value FROM reach
        """,
        from.Value).ToListAsync(ct)).Select(v => new Id<TaskItem>(v)).ToHashSet();
}
