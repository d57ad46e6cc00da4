using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>What a task was when it was loaded.</summary>
internal sealed record TaskBefore(bool IsNew, long Revision, Category Category, Id<Column> Column, Id<Project> Project, string Rank, Id<TaskItem>? Parent, string Description, IReadOnlyList<Id<Member>> Assignees);

/// <summary>One transaction's change of one project, whose row it holds. Made by <see cref="TaskDesk"/>.</summary>
internal sealed class ProjectWrite(TasksDb db, Project project, ProjectRole role, Actor actor, Change by, Counted counted)
{
    private readonly Dictionary<TaskItem, TaskBefore> _tasks = [];
    private long _number = counted.FirstNumber;

    /// <summary>Tracked, with its columns; labels and members after <see cref="LabelsAsync"/> and <see cref="MembersAsync"/>.</summary>
    public Project Project { get; } = project;

    public ProjectRole Role { get; } = role;

    public Actor Actor { get; } = actor;

    public Change By { get; } = by;

    /// <summary>The project's counter of this transaction.</summary>
    public long Seq { get; } = counted.Seq;

    public Board Board => Project.Board();

    /// <summary>All tasks loaded or added so far.</summary>
    public IReadOnlyCollection<TaskItem> Tasks => _tasks.Keys;

    public TaskBefore Before(TaskItem task) => _tasks[task];

    public void Demand(ProjectRole least) => Rights.Demand(Role, least);

    /// <summary>Refuses if this role may not change what was changed of a task.</summary>
    public void DemandEdit(TaskItem task)
    {
        if (Role >= ProjectRole.Writer || Actor.IsSystem || task.Changed.Count == 0 || Excused.Contains(task)) return;
        var before = Before(task);
        var mine = Actor.MemberId is { } me && (before.Assignees.Contains(me) || task.HoldsPlace(me));
        Rights.DemandEdit(Role, mine, task.Changed);
    }

    /// <summary>Refuses unless the caller may say how far a task is; what follows from that, such as a series going on, is then allowed too.</summary>
    public void DemandStatus(TaskItem task)
    {
        if (Role >= ProjectRole.Writer || Actor.IsSystem) return;
        Rights.DemandEdit(Role, Actor.MemberId is { } me && (task.IsAssigned(me) || task.HoldsPlace(me)), [Field.Column]);
        Excused.Add(task);
    }

    /// <summary>Tasks that change by themselves, such as a parent's percent, or by a right of their own, such as taking a place.</summary>
    public HashSet<TaskItem> Excused { get; } = [];

    /// <summary>Tasks that are known to have neither labels, reminders nor files: nobody need look for them.</summary>
    public HashSet<Id<TaskItem>> Bare { get; } = [];

    /// <summary>What the state machine needs.</summary>
    public async Task<Circumstances> AtAsync(TaskItem task, CancellationToken ct)
    {
        RotationTally? tally = null;
        if (task.Recurrence?.Rotation is { Strategy: RotationStrategy.LeastLoad })
        {
            var done = await db.Occurrences.Where(o => o.TaskId == task.Id && o.Outcome == OccurrenceOutcome.Done).ToListAsync(ct);

            // The one being done now counts too.
            var loads = RotationTally.Count(done, By.At).Loads.ToDictionary();
            if (By.Actor is { } me) loads[me] = new(loads.GetValueOrDefault(me).Done + 1, By.At);
            tally = new(loads);
        }

        return new(Board, Zones.Of(Actor), tally);
    }

    /// <summary>A task of this project, to be changed.</summary>
    /// <exception cref="Refusal">NotFound.</exception>
    public async Task<TaskItem> TaskAsync(Id<TaskItem> id, Parts parts, CancellationToken ct, bool deleted = false)
    {
        var task = _tasks.Keys.FirstOrDefault(t => t.Id == id);
        if (task is null)
        {
            task = await db.Tasks.AsTracking().Include(t => t.Recurrence).Include(t => t.Assignees)
                .FirstOrDefaultAsync(t => t.Id == id && t.ProjectId == Project.Id && (deleted || t.DeletedAt == null), ct) ?? throw Refusal.NotFound();
            Watch(task);
            if (Bare.Contains(id)) db.Entry(task).Collection(t => t.Labels).IsLoaded = db.Entry(task).Collection(t => t.Reminders).IsLoaded = true;
        }

        await LoadAsync(task, parts, ct);
        return task;
    }

    /// <summary>The same, with a rank beside a neighbour in the project's order, in one statement.</summary>
    /// <exception cref="Refusal">NotFound; Invalid <c>unknown_neighbour</c>.</exception>
    public async Task<(TaskItem Task, string? Rank)> TaskBesideAsync(Id<TaskItem> id, Neighbour neighbour, Parts parts, CancellationToken ct)
    {
        var gaps = neighbour.In(db.Tasks.Where(t => t.ProjectId == Project.Id && t.Id != id));
        var found = await (
            from t in db.Tasks.AsTracking().Include(t => t.Recurrence).Include(t => t.Assignees)
            from gap in gaps.DefaultIfEmpty()
            where t.Id == id && t.ProjectId == Project.Id && t.DeletedAt == null
            select new { Task = t, gap!.Rank, gap.Next }).FirstOrDefaultAsync(ct) ?? throw Refusal.NotFound();
        Watch(found.Task);
        await LoadAsync(found.Task, parts, ct);
        return (found.Task, await neighbour.RankAsync(new() { Rank = found.Rank, Next = found.Next }, id, Project.Id, db, ct));
    }

    /// <summary>Several tasks of this project in few statements, in the order of <paramref name="ids"/>; those that are not there are left out.</summary>
    public async Task<IReadOnlyList<TaskItem>> TasksAsync(IReadOnlyCollection<Id<TaskItem>> ids, Parts parts, CancellationToken ct, bool deleted = false)
    {
        var query = db.Tasks.AsTracking().Include(t => t.Recurrence).Include(t => t.Assignees).Where(t => ids.Contains(t.Id) && t.ProjectId == Project.Id && (deleted || t.DeletedAt == null));
        if (parts.HasFlag(Parts.State)) parts |= Parts.All;
        if (parts.HasFlag(Parts.Labels)) query = query.Include(t => t.Labels);
        if (parts.HasFlag(Parts.Checklist)) query = query.Include(t => t.Checklist);
        if (parts.HasFlag(Parts.Reminders)) query = query.Include(t => t.Reminders);
        if (parts.HasFlag(Parts.Places)) query = query.Include(t => t.PlaceRows);
        if (parts.HasFlag(Parts.Occurrences)) query = query.Include(t => t.Occurrences);
        var found = (await query.AsSplitQuery().ToListAsync(ct)).ToDictionary(t => t.Id);
        foreach (var task in found.Values)
        {
            Watch(task);
            if (task.Recurrence?.Style == RecurrenceStyle.Overrides) await LoadAsync(task, Parts.Occurrences, ct);
        }

        return [.. ids.Where(found.ContainsKey).Select(id => found[id])];
    }

    /// <summary>Loads more of a task.</summary>
    public async Task LoadAsync(TaskItem task, Parts parts, CancellationToken ct)
    {
        // What of such a series is next, only its occurrences tell.
        if (task.Recurrence?.Style == RecurrenceStyle.Overrides) parts |= Parts.Occurrences;
        if (parts.HasFlag(Parts.State) && task.Recurrence is not null) parts |= Parts.Checklist | Parts.Reminders | Parts.Occurrences;
        var entry = db.Entry(task);
        if (parts.HasFlag(Parts.Labels)) await Load(t => t.Labels);
        if (parts.HasFlag(Parts.Checklist)) await Load(t => t.Checklist);
        if (parts.HasFlag(Parts.Reminders)) await Load(t => t.Reminders);
        if (parts.HasFlag(Parts.Places)) await Load(t => t.PlaceRows);
        if (parts.HasFlag(Parts.Occurrences)) await Load(t => t.Occurrences);

        async Task Load<T>(System.Linq.Expressions.Expression<Func<TaskItem, IEnumerable<T>>> part) where T : class
        {
            var collection = entry.Collection(part);
            if (!collection.IsLoaded) await collection.Query().AsTracking().LoadAsync(ct);
            collection.IsLoaded = true;
        }
    }

    /// <summary>A new task at the end of the project's order, or at a rank given. Its number was taken when the project was opened.</summary>
    public async Task<TaskItem> AddAsync(string title, Column column, CancellationToken ct, string? rank = null, string? uid = null)
    {
        if (_number >= counted.FirstNumber + counted.Numbers) throw new InvalidOperationException("Open the project with a number for each new task.");
        if (_number > Limits.TasksOfProject && await db.Tasks.CountAsync(t => t.ProjectId == Project.Id, ct) >= Limits.TasksOfProject)
            throw Refusal.Invalid("project", $"At most {Limits.TasksOfProject} tasks in a project.", "too_many_items");
        var task = new TaskItem(Project.Id, _number++, title, column, rank ?? await EndAsync(ct), By, uid);
        Adopt(task);
        db.Tasks.Add(task);
        return task;
    }

    /// <summary>Takes in a task that comes from another project.</summary>
    public void Adopt(TaskItem task, TaskBefore? before = null) =>
        _tasks.TryAdd(task, before ?? new(true, task.Revision, task.Category, task.ColumnId, task.ProjectId, task.Rank, task.ParentId, "", []));

    /// <summary>Gives a task up to another project's write; answers what it was.</summary>
    public TaskBefore Release(TaskItem task)
    {
        _tasks.Remove(task, out var before);
        return before!;
    }

    /// <summary>A number for a task that comes from another project.</summary>
    public long TakeNumber() => _number++;

    /// <summary>The rank after the last.</summary>
    public async Task<string> EndAsync(CancellationToken ct)
    {
        var fresh = _tasks.Where(t => t.Value.IsNew && t.Key.ProjectId == Project.Id).Select(t => t.Key.Rank);
        var stored = await db.Tasks.Where(t => t.ProjectId == Project.Id).OrderByDescending(t => t.Rank).Select(t => t.Rank).FirstOrDefaultAsync(ct);
        return Rank.Between(fresh.Append(stored ?? "").Max(StringComparer.Ordinal), null);
    }

    public async Task LabelsAsync(CancellationToken ct)
    {
        var labels = db.Entry(Project).Collection(p => p.Labels);
        if (!labels.IsLoaded) await labels.Query().AsTracking().LoadAsync(ct);
        labels.IsLoaded = true;
    }

    public async Task MembersAsync(CancellationToken ct)
    {
        var members = db.Entry(Project).Collection(p => p.Members);
        if (!members.IsLoaded) await members.Query().AsTracking().LoadAsync(ct);
        members.IsLoaded = true;
    }

    private void Watch(TaskItem task) => _tasks.TryAdd(
        task,
        new(false, task.Revision, task.Category, task.ColumnId, task.ProjectId, task.Rank, task.ParentId, task.Description, [.. task.Assignees.Select(a => a.MemberId)]));
}
