using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Search;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>
/// Makes a plan true, 200 tasks to a transaction. Each batch first takes the project's next seq and so holds its row: what another run of
/// the same file has made meanwhile is seen, never made again.
/// </summary>
internal sealed class PlanWriter(TasksDb db, ISearch search, IMembers members)
{
    private const int Batch = 200;

    /// <summary>Fingerprint by source id of what earlier runs made in this project.</summary>
    public async Task<Dictionary<string, string>> KnownAsync(Id<Project> project, string source, CancellationToken ct) =>
        await db.ImportRefs.Where(r => r.ProjectId == project && r.Source == source).ToDictionaryAsync(r => r.SourceId, r => r.Fingerprint, ct);

    /// <param name="people">Members by source id, all of whom can read the project.</param>
    public async Task WriteAsync(ImportPlan plan, Project project, IReadOnlyDictionary<string, Id<Member>> people, Actor actor, Func<long, long?, string?, CancellationToken, Task> progress, CancellationToken ct)
    {
        var frame = await FrameAsync(plan, project.Id, people, actor, ct);
        var ordered = ParentsFirst(plan.Tasks);
        var done = 0;
        foreach (var batch in ordered.Chunk(Batch))
        {
            db.ChangeTracker.Clear();
            await db.WriteAsync(token => WriteBatchAsync(batch, frame, token), ct);
            done += batch.Length;
            await progress(done, ordered.Count, "Making tasks", ct);
        }

        db.ChangeTracker.Clear();
        await db.WriteAsync(token => RelateAsync(plan, frame, token), ct);
        db.ChangeTracker.Clear();
    }

    /// <summary>Columns and labels of the plan, found by name in the project or added to it.</summary>
    private async Task<ImportFrame> FrameAsync(ImportPlan plan, Id<Project> id, IReadOnlyDictionary<string, Id<Member>> people, Actor actor, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        return await db.WriteAsync(
            async token =>
            {
                var seq = await db.TakeSeqAsync(id, token);
                var project = await db.Projects.AsTracking().Include(p => p.Columns).Include(p => p.Labels).FirstAsync(p => p.Id == id, token);
                var frame = new ImportFrame(plan, project, people, Change.By(actor with { Client = "import" }, db.House.Clock, RandomKey.New(16)), Zones.Of(actor));
                var last = await db.Tasks.Where(t => t.ProjectId == id).OrderByDescending(t => t.Rank).Select(t => t.Rank).FirstOrDefaultAsync(token);
                if (last is null) ImportTargets.LayOut(project, plan);
                foreach (var task in plan.Tasks) frame.Ranks[task.SourceId] = last = Rank.Between(last, null);
                frame.LayColumns();
                frame.LayLabels();
                project.Counted(seq);
                return frame;
            },
            ct);
    }

    private async Task WriteBatchAsync(IReadOnlyList<PlannedTask> batch, ImportFrame frame, CancellationToken ct)
    {
        var project = frame.Project.Id;
        var seq = await db.TakeSeqAsync(project, ct);
        var ids = batch.Select(t => t.SourceId).Concat(batch.Select(t => t.ParentId).OfType<string>()).Distinct(StringComparer.Ordinal).ToList();
        var refs = await db.ImportRefs.AsTracking().Where(r => r.ProjectId == project && r.Source == frame.Plan.Source && ids.Contains(r.SourceId)).ToDictionaryAsync(r => r.SourceId, ct);
        foreach (var known in refs.Values) frame.TaskIds[known.SourceId] = known.TaskId;
        frame.Plan.Report.Against(refs.ToDictionary(r => r.Key, r => r.Value.Fingerprint), batch);

        await AdoptAsync(batch, refs, frame, ct);
        await UpdateAsync([.. batch.Where(t => refs.TryGetValue(t.SourceId, out var known) && known.Fingerprint != t.Fingerprint)], refs, frame, seq, ct);
        await MakeAsync([.. batch.Where(t => !refs.ContainsKey(t.SourceId))], frame, ct);
        db.Announce(ProjectPath.Topic(project), seq);
    }

    /// <summary>A task whose UID the project has already is that task: an export read into where it came from makes nothing twice.</summary>
    private async Task AdoptAsync(IReadOnlyList<PlannedTask> batch, Dictionary<string, ImportRef> refs, ImportFrame frame, CancellationToken ct)
    {
        var uids = batch.Where(t => t.Uid is not null && !refs.ContainsKey(t.SourceId)).Select(t => t.Uid!).Distinct(StringComparer.Ordinal).ToList();
        if (uids.Count == 0) return;
        var there = await db.Tasks.Where(t => t.ProjectId == frame.Project.Id && t.DeletedAt == null && uids.Contains(t.Uid)).Select(t => new { t.Uid, t.Id }).ToDictionaryAsync(t => t.Uid, t => t.Id, ct);
        foreach (var planned in batch)
        {
            if (planned.Uid is null || refs.ContainsKey(planned.SourceId) || !there.TryGetValue(planned.Uid, out var task)) continue;
            var adopted = new ImportRef(frame.Project.Id, frame.Plan.Source, planned.SourceId, task) { Fingerprint = planned.Fingerprint };
            db.Add(adopted);
            refs[planned.SourceId] = adopted;
            frame.TaskIds[planned.SourceId] = task;
            frame.Plan.Report.Skipped(planned.SourceId, planned.Title, "It is here already, with the same UID.");
        }
    }

    private async Task MakeAsync(List<PlannedTask> fresh, ImportFrame frame, CancellationToken ct)
    {
        if (fresh.Count == 0) return;
        var project = frame.Project.Id;
        var counted = await db.CountAsync(project, fresh.Count, Actor.System, ct) ?? throw Refusal.NotFound();
        var (seq, number) = (counted.Seq, counted.FirstNumber);
        Limits.Demand((int)Math.Min(int.MaxValue, number + fresh.Count - 1), Limits.TasksOfProject, "file", "tasks in a project");
        var parents = await ParentsAsync(fresh, frame, ct);
        var made = new List<TaskItem>();
        foreach (var planned in fresh)
        {
            var task = frame.Make(planned, number++, frame.Ranks[planned.SourceId], planned.ParentId is { } parent ? parents.GetValueOrDefault(parent) : null);
            parents[planned.SourceId] = task;
            frame.TaskIds[planned.SourceId] = task.Id;
            made.Add(task);
            db.Add(task);
            db.AddRange(frame.Comments(planned, task, seq));
            db.Add(new ImportRef(project, frame.Plan.Source, planned.SourceId, task.Id) { Fingerprint = planned.Fingerprint });
            Coming.Announce(db, task);
        }

        // Last, when every task of the batch has an id that a line of history may name.
        foreach (var (planned, task) in fresh.Zip(made)) db.AddRange(frame.HistoryOf(planned, task, seq));
        await IndexAsync(made, frame, ct);
    }

    private async Task IndexAsync(List<TaskItem> tasks, ImportFrame frame, CancellationToken ct)
    {
        var cards = await members.CardsAsync([.. tasks.SelectMany(t => t.Assignees).Select(a => a.MemberId).Distinct()], ct);
        await search.IndexAsync(db, [.. tasks.Select(t => TaskDocument.Of(t, frame.Project, frame.LabelNames(t), [], t.Assignees.Select(a => cards[a.MemberId])))], ct);
    }

    /// <summary>Parents that an earlier batch or run made.</summary>
    private async Task<Dictionary<string, TaskItem>> ParentsAsync(List<PlannedTask> fresh, ImportFrame frame, CancellationToken ct)
    {
        var wanted = fresh.Select(t => t.ParentId).OfType<string>().Distinct(StringComparer.Ordinal).Where(frame.TaskIds.ContainsKey).ToDictionary(p => frame.TaskIds[p], p => p);
        if (wanted.Count == 0) return [];
        var ids = wanted.Keys.ToList();
        var found = await db.Tasks.Where(t => ids.Contains(t.Id) && t.DeletedAt == null).ToListAsync(ct);
        return found.ToDictionary(t => wanted[t.Id], StringComparer.Ordinal);
    }

    private async Task UpdateAsync(List<PlannedTask> changed, Dictionary<string, ImportRef> refs, ImportFrame frame, long seq, CancellationToken ct)
    {
        if (changed.Count == 0) return;
        var ids = changed.Select(t => refs[t.SourceId].TaskId).ToList();
        var tasks = await db.Tasks.AsTracking().AsSplitQuery().Include(t => t.Assignees).Include(t => t.Labels).Include(t => t.Reminders).Include(t => t.Recurrence).Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, ct);
        var edited = (await db.Activities.Where(a => ids.Contains(a.TaskId) && a.Client != "import").Select(a => new { a.TaskId, a.Field }).Distinct().ToListAsync(ct)).ToLookup(a => a.TaskId, a => a.Field);
        var updated = new List<TaskItem>();
        foreach (var planned in changed)
        {
            var known = refs[planned.SourceId];
            known.Fingerprint = planned.Fingerprint;
            if (!tasks.TryGetValue(known.TaskId, out var task) || task.ProjectId != frame.Project.Id || task.IsDeleted)
            {
                frame.Plan.Report.Skipped(planned.SourceId, planned.Title, "It was deleted or moved away here.");
                continue;
            }

            frame.Update(task, planned, edited[task.Id].ToHashSet(StringComparer.Ordinal));
            db.AddRange(task.Stamp(seq));
            Coming.Announce(db, task);
            updated.Add(task);
        }

        await IndexAsync(updated, frame, ct);
    }

    private async Task RelateAsync(ImportPlan plan, ImportFrame frame, CancellationToken ct)
    {
        if (plan.Relations.Count == 0) return;
        var seq = await db.TakeSeqAsync(frame.Project.Id, ct);
        var rows = await db.Relations
            .Where(r => db.Tasks.Any(t => t.Id == r.From && t.ProjectId == frame.Project.Id) || db.Tasks.Any(t => t.Id == r.To && t.ProjectId == frame.Project.Id)).ToListAsync(ct);
        var there = rows.Select(r => (r.From, r.To, r.Kind)).ToHashSet();
        var order = rows.Where(r => r.Orders).GroupBy(r => r.From).ToDictionary(g => g.Key, g => g.Select(r => r.To).ToHashSet());
        foreach (var planned in plan.Relations)
        {
            if (!frame.TaskIds.TryGetValue(planned.From, out var from) || !frame.TaskIds.TryGetValue(planned.To, out var to) || from == to) continue;
            var relation = new Relation(from, to, planned.Kind);
            if (there.Contains((relation.From, relation.To, relation.Kind))) continue;
            if (relation.Orders && Reaches(order, to, from))
            {
                plan.Report.Lost(planned.From, Field.Relations, "These tasks would wait for each other for ever.");
                continue;
            }

            there.Add((relation.From, relation.To, relation.Kind));
            if (relation.Orders)
            {
                if (!order.TryGetValue(from, out var after)) order[from] = after = [];
                after.Add(to);
            }

            db.Add(relation);
        }

        db.Announce(ProjectPath.Topic(frame.Project.Id), seq);
    }

    private static bool Reaches(Dictionary<Id<TaskItem>, HashSet<Id<TaskItem>>> order, Id<TaskItem> from, Id<TaskItem> to)
    {
        var (seen, open) = (new HashSet<Id<TaskItem>> { from }, new Stack<Id<TaskItem>>([from]));
        while (open.TryPop(out var at))
        {
            if (at == to) return true;
            foreach (var next in order.GetValueOrDefault(at) ?? [])
                if (seen.Add(next))
                    open.Push(next);
        }

        return false;
    }

    private static List<PlannedTask> ParentsFirst(IReadOnlyList<PlannedTask> tasks)
    {
        var byId = tasks.ToDictionary(t => t.SourceId, StringComparer.Ordinal);
        return [.. tasks.OrderBy(Depth)];

        int Depth(PlannedTask task)
        {
            var depth = 0;
            for (var up = task.ParentId; up is not null && byId.TryGetValue(up, out var parent); up = parent.ParentId) depth++;
            return depth;
        }
    }
}
