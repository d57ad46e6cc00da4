using Atrium.Kernel;
using Atrium.Kernel.Dav;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>
/// What changed in a list after a point, in the order of the project's counter. A seq is handed out under the project's lock, so a lower one
/// never appears after a higher one was read.
/// </summary>
internal sealed class ReadChanges(TasksDb db)
{
    private sealed record Step(long Seq, long Id, string Name, DavObject? Now);

    public async Task<DavChanges> HandleAsync(TaskCalendar list, DavPoint since, int? limit, CancellationToken ct)
    {
        if (since == new DavPoint(list.Seq, 0)) return new([], since, false);
        var most = Math.Min(limit ?? int.MaxValue, int.MaxValue - 1);
        var steps = await TasksAsync(list, since, most + 1, ct);
        if (list.IsMixed) steps.AddRange(await ObjectsAsync(list, since, most + 1, ct));

        // Who begins anew has nothing that could be gone.
        var anew = since == default;
        if (!anew) steps.AddRange(await GoneAsync(list, since, most + 1, ct));
        steps.Sort(static (a, b) => a.Seq != b.Seq ? a.Seq.CompareTo(b.Seq) : a.Id.CompareTo(b.Id));
        var more = steps.Count > most;
        if (more) steps.RemoveRange(most, steps.Count - most);
        var alive = steps.Where(s => s.Now is not null).Select(s => s.Name).ToHashSet(StringComparer.Ordinal);
        var told = steps.Where(s => s.Now is not null || !(anew || alive.Contains(s.Name))).DistinctBy(s => (s.Name, s.Now is null)).Select(s => new DavChange(s.Name, s.Now)).ToList();
        return new(told, more ? new(steps[^1].Seq, steps[^1].Id) : new(list.Seq, 0), more);
    }

    private async Task<List<Step>> TasksAsync(TaskCalendar list, DavPoint since, int most, CancellationToken ct)
    {
        var after = new Id<TaskItem>(since.Id);
        var tasks = db.Tasks.Where(t => t.ProjectId == list.Project && t.DeletedAt == null && t.Seq >= since.Seq && t.Seq <= list.Seq);
        tasks = since.Id == 0 ? tasks.Where(t => t.Seq > since.Seq) : tasks.Where(t => t.Seq > since.Seq || t.Id > after);
        var rows = await (from t in tasks
                          join r in db.DavResources on t.Id equals r.TaskId into named
                          from r in named.DefaultIfEmpty()
                          orderby t.Seq, t.Id
                          select new { t.Seq, t.Id, Name = r == null ? t.Uid + ".ics" : r.Name, t.Revision, t.CreatedAt, t.UpdatedAt, Gone = t.HiddenAt != null && !list.ShowsHidden }).Take(most).ToListAsync(ct);
        return [.. rows.Select(r => new Step(r.Seq, r.Id.Value, r.Name, r.Gone ? null : new(r.Name, TodoState.EtagOf(r.Id, r.Revision), "VTODO", r.CreatedAt, r.UpdatedAt)))];
    }

    private async Task<IEnumerable<Step>> ObjectsAsync(TaskCalendar list, DavPoint since, int most, CancellationToken ct)
    {
        var after = new Id<CalendarObject>(since.Id);
        var objects = db.CalendarObjects.Where(o => o.ProjectId == list.Project && o.Seq >= since.Seq && o.Seq <= list.Seq);
        objects = since.Id == 0 ? objects.Where(o => o.Seq > since.Seq) : objects.Where(o => o.Seq > since.Seq || o.Id > after);
        var rows = await objects.OrderBy(o => o.Seq).ThenBy(o => o.Id).Take(most).Select(o => new { o.Seq, o.Id, o.Name, o.Revision, o.Component }).ToListAsync(ct);
        return rows.Select(o => new Step(o.Seq, o.Id.Value, o.Name, new(o.Name, $"\"{o.Revision}-{o.Id}\"", o.Component, o.Id.MadeAt, o.Id.MadeAt)));
    }

    /// <summary>Names that were there and are not; one that is there again is among what changed.</summary>
    private async Task<IEnumerable<Step>> GoneAsync(TaskCalendar list, DavPoint since, int most, CancellationToken ct)
    {
        var after = new Id<Tombstone>(since.Id);
        var graves = db.Tombstones.Where(g => g.ProjectId == list.Project && g.Seq >= since.Seq && g.Seq <= list.Seq);
        graves = since.Id == 0 ? graves.Where(g => g.Seq > since.Seq) : graves.Where(g => g.Seq > since.Seq || g.Id > after);
        var rows = await graves.OrderBy(g => g.Seq).ThenBy(g => g.Id).Take(most).Select(g => new { g.Seq, g.Id, g.Name }).ToListAsync(ct);
        if (rows.Count == 0) return [];
        var names = rows.Select(r => r.Name).Distinct().ToArray();
        var ids = db.Named(list.Project, names);
        var there = await (from t in db.Tasks
                           join r in db.DavResources on t.Id equals r.TaskId into named
                           from r in named.DefaultIfEmpty()
                           where t.ProjectId == list.Project && t.DeletedAt == null && ids.Contains(t.Id)
                           select r == null ? t.Uid + ".ics" : r.Name).ToListAsync(ct);
        if (list.IsMixed) there.AddRange(await db.CalendarObjects.Where(o => o.ProjectId == list.Project && EF.Parameter(names).Contains(o.Name)).Select(o => o.Name).ToListAsync(ct));
        var alive = there.ToHashSet(StringComparer.Ordinal);
        return rows.Where(r => !alive.Contains(r.Name)).Select(r => new Step(r.Seq, r.Id.Value, r.Name, null));
    }
}
