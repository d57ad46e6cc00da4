using System.Runtime.CompilerServices;
using Atrium.Kernel;
using Atrium.Kernel.Dav;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Reads the objects of a list: a few statements however many, the rows streamed.</summary>
internal sealed class ReadTodos(TasksDb db)
{
    private static readonly Dictionary<Id<TaskItem>, IReadOnlySet<string>> NoneOver = [];

    public async IAsyncEnumerable<DavObject> ReadAsync(TaskCalendar list, DavSelection wanted, [EnumeratorCancellation] CancellationToken ct)
    {
        if (wanted.Component is null or "VTODO")
        {
            var todos = wanted.WithData ? WholeAsync(list, Tasks(list, wanted), ct) : TagsAsync(Tasks(list, wanted), ct);
            await foreach (var todo in todos) yield return todo;
        }

        if (!list.IsMixed || wanted.Component == "VTODO") yield break;
        await foreach (var item in Objects(list, wanted).AsAsyncEnumerable().WithCancellation(ct)) yield return Shown(item, wanted.WithData);
    }

    /// <summary>One task with what was last sent of it.</summary>
    public async Task<(TodoState State, byte[]? Raw, long RawRevision)?> StateAsync(Id<TaskItem> id, TaskCalendar list, CancellationToken ct)
    {
        var tasks = db.Tasks.Where(t => t.Id == id && t.ProjectId == list.Project);
        var beside = await BesideAsync(tasks, ct);
        var row = await Rows(tasks).FirstOrDefaultAsync(ct);
        if (row is null) return null;
        var over = row.Recurrence?.Style == RecurrenceStyle.Overrides ? await OverAsync([id], ct) : NoneOver;
        return (StateOf(row, beside, over, list), row.Raw, row.RawRevision);
    }

    /// <summary>A task that was just changed, as its transaction leaves it.</summary>
    public async Task<TodoState> StateOfAsync(TaskItem task, Project project, IReadOnlySet<Category> categories, CancellationToken ct)
    {
        var labels = project.Labels.Where(l => task.Labels.Exists(t => t.LabelId == l.Id)).Select(l => l.Name).ToList();
        var parent = task.ParentId is { } above ? await db.Tasks.Where(t => t.Id == above).Select(t => t.Uid).FirstOrDefaultAsync(ct) : task.ParentUidPending;
        var over = task.Recurrence?.Style == RecurrenceStyle.Overrides ? task.Occurrences.Select(o => o.RecurrenceId).ToHashSet(StringComparer.Ordinal) : null;
        return new(task, task.Recurrence, labels, task.Reminders, parent, over, categories);
    }

    private IQueryable<TaskItem> Tasks(TaskCalendar list, DavSelection wanted)
    {
        var tasks = db.Tasks.Where(t => t.ProjectId == list.Project && t.DeletedAt == null);
        if (!list.ShowsHidden) tasks = tasks.Where(t => t.HiddenAt == null);
        if (wanted.Names is { } names)
        {
            var ids = db.Named(list.Project, names);
            tasks = tasks.Where(t => ids.Contains(t.Id));
        }

        // What repeats may fall anywhere; so may what has neither start nor due.
        if (wanted.From is { } from) tasks = tasks.Where(t => t.Recurrence != null || t.Duration != null || t.DueSort >= from || t.StartSort >= from || (t.DueSort == null && t.StartSort == null));
        if (wanted.To is { } to) tasks = tasks.Where(t => t.StartSort <= to || t.DueSort <= to || (t.DueSort == null && t.StartSort == null));
        return tasks;
    }

    private IQueryable<CalendarObject> Objects(TaskCalendar list, DavSelection wanted)
    {
        var objects = db.CalendarObjects.Where(o => o.ProjectId == list.Project);
        if (wanted.Component is { } component) objects = objects.Where(o => o.Component == component);
        if (wanted.Names is { } names)
        {
            var given = names.ToArray();
            objects = objects.Where(o => EF.Parameter(given).Contains(o.Name));
        }

        if (wanted.From is { } from) objects = objects.Where(o => o.EndSort >= from);
        if (wanted.To is { } to) objects = objects.Where(o => o.StartSort <= to);
        return objects;
    }

    private async IAsyncEnumerable<DavObject> TagsAsync(IQueryable<TaskItem> tasks, [EnumeratorCancellation] CancellationToken ct)
    {
        var rows = from t in tasks
                   join r in db.DavResources on t.Id equals r.TaskId into named
                   from r in named.DefaultIfEmpty()
                   select new { t.Id, Name = r == null ? t.Uid + ".ics" : r.Name, t.Revision, t.CreatedAt, t.UpdatedAt };
        await foreach (var row in rows.AsAsyncEnumerable().WithCancellation(ct))
            yield return new(row.Name, TodoState.EtagOf(row.Id, row.Revision), "VTODO", row.CreatedAt, row.UpdatedAt);
    }

    private async IAsyncEnumerable<DavObject> WholeAsync(TaskCalendar list, IQueryable<TaskItem> tasks, [EnumeratorCancellation] CancellationToken ct)
    {
        var beside = await BesideAsync(tasks, ct);
        var later = new List<TodoRow>();
        await foreach (var row in Rows(tasks).AsAsyncEnumerable().WithCancellation(ct))
        {
            // Of a series kept by overrides one more thing is asked, once for all of them, when the rows are through.
            if (row.Recurrence?.Style == RecurrenceStyle.Overrides && row.RawRevision != row.Task.Revision) later.Add(row);
            else yield return Shown(row, beside, NoneOver, list);
        }

        if (later.Count == 0) yield break;
        var over = await OverAsync([.. later.Select(r => r.Task.Id)], ct);
        foreach (var row in later) yield return Shown(row, beside, over, list);
    }

    private IQueryable<TodoRow> Rows(IQueryable<TaskItem> tasks) =>
        from t in tasks
        join r in db.DavResources on t.Id equals r.TaskId into named
        from r in named.DefaultIfEmpty()
        select new TodoRow
        {
            Task = t,
            Recurrence = t.Recurrence,
            ParentUid = db.Tasks.Where(p => p.Id == t.ParentId).Select(p => p.Uid).FirstOrDefault(),
            Name = r == null ? t.Uid + ".ics" : r.Name,
            Raw = r == null ? null : r.Raw,
            RawRevision = r == null ? 0 : r.RawRevision,
        };

    /// <summary>Labels and reminders of those tasks whose octets do not stand by themselves.</summary>
    private async Task<Beside> BesideAsync(IQueryable<TaskItem> tasks, CancellationToken ct)
    {
        var unsaid = tasks.Where(t => !db.DavResources.Any(r => r.TaskId == t.Id && r.Raw != null && r.RawRevision == t.Revision));
        var labels = await (from t in unsaid
                            join x in db.TaskLabels on t.Id equals x.TaskId
                            join l in db.Labels on x.LabelId equals l.Id
                            orderby l.Name, l.Id
                            select new { t.Id, l.Name }).ToListAsync(ct);
        var reminders = await (from t in unsaid join r in db.Reminders on t.Id equals r.TaskId select r).ToListAsync(ct);
        return new(labels.ToLookup(l => l.Id, l => l.Name), reminders.ToLookup(r => r.TaskId));
    }

    private async Task<Dictionary<Id<TaskItem>, IReadOnlySet<string>>> OverAsync(Id<TaskItem>[] tasks, CancellationToken ct) =>
        (await db.Occurrences.Where(o => EF.Parameter(tasks).Contains(o.TaskId)).Select(o => new { o.TaskId, o.RecurrenceId }).ToListAsync(ct))
        .GroupBy(o => o.TaskId).ToDictionary(g => g.Key, g => (IReadOnlySet<string>)g.Select(o => o.RecurrenceId).ToHashSet(StringComparer.Ordinal));

    private static TodoState StateOf(TodoRow row, Beside beside, Dictionary<Id<TaskItem>, IReadOnlySet<string>> over, TaskCalendar list) => new(
        row.Task, row.Recurrence, [.. beside.Labels[row.Task.Id]], [.. beside.Reminders[row.Task.Id]], row.ParentUid ?? row.Task.ParentUidPending,
        row.Recurrence?.Style == RecurrenceStyle.Overrides ? over.GetValueOrDefault(row.Task.Id) ?? new HashSet<string>() : null, list.Categories);

    private static DavObject Shown(TodoRow row, Beside beside, Dictionary<Id<TaskItem>, IReadOnlySet<string>> over, TaskCalendar list) => new(
        row.Name, TodoState.EtagOf(row.Task.Id, row.Task.Revision), "VTODO", row.Task.CreatedAt, row.Task.UpdatedAt,
        row.Raw is not null && row.RawRevision == row.Task.Revision ? row.Raw : TodoWriter.Write(StateOf(row, beside, over, list), row.Raw, row.RawRevision));

    private static DavObject Shown(CalendarObject item, bool withData) => new(
        item.Name, DavMeeting.ObjectEtag(item), item.Component, item.Id.MadeAt, item.Id.MadeAt, withData ? item.Raw : null);

    private sealed record Beside(ILookup<Id<TaskItem>, string> Labels, ILookup<Id<TaskItem>, Reminder> Reminders);

    private sealed class TodoRow
    {
        public required TaskItem Task { get; init; }
        public Recurrence? Recurrence { get; init; }
        public string? ParentUid { get; init; }
        public required string Name { get; init; }
        public byte[]? Raw { get; init; }
        public long RawRevision { get; init; }
    }
}
