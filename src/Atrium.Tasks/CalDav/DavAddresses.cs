using Atrium.Kernel;
using Atrium.Kernel.Dav;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>A task that has, or could have, an address.</summary>
internal sealed record NamedTask(Id<TaskItem> Id, string Uid, string Name, long Revision, Id<Deletion>? Deletion);

/// <summary>What a PUT or MOVE meets: what has that name, and what has that UID.</summary>
/// <param name="ByName">The living task of that name.</param>
/// <param name="ByUid">The living task of that UID, under whatever name.</param>
/// <param name="Trashed">The task of that UID last thrown away.</param>
/// <param name="NameOfTrashed">The thrown away task that still holds the name.</param>
/// <param name="ObjectByName">What is no to-do.</param>
internal sealed record DavMeeting(NamedTask? ByName, NamedTask? ByUid, NamedTask? Trashed, Id<TaskItem>? NameOfTrashed, CalendarObject? ObjectByName, CalendarObject? ObjectByUid)
{
    public string? Etag => ByName is { } task ? TodoState.EtagOf(task.Id, task.Revision) : ObjectByName is { } item ? ObjectEtag(item) : null;

    public static string ObjectEtag(CalendarObject item) => $"\"{item.Revision}-{item.Id}\"";
}

/// <summary>Finds what addresses name. A task that no phone has put is called by its UID.</summary>
internal static class DavAddresses
{
    /// <summary>The tasks of those names, whether a phone named them or we do.</summary>
    public static IQueryable<Id<TaskItem>> Named(this TasksDb db, Id<Project> project, IReadOnlyCollection<string> names)
    {
        var given = names.ToArray();
        var uids = given.Where(n => n.EndsWith(".ics", StringComparison.Ordinal)).Select(n => n[..^4]).ToArray();
        return db.DavResources.Where(r => r.ProjectId == project && EF.Parameter(given).Contains(r.Name)).Select(r => r.TaskId)
            .Union(db.Tasks.Where(t => t.ProjectId == project && t.DeletedAt == null && EF.Parameter(uids).Contains(t.Uid) && !db.DavResources.Any(r => r.TaskId == t.Id)).Select(t => t.Id));
    }

    public static async Task<DavMeeting> MeetAsync(this TasksDb db, TaskCalendar list, string name, string uid, CancellationToken ct)
    {
        var project = list.Project;
        var ids = db.Named(project, [name]).Union(db.Tasks.Where(t => t.ProjectId == project && t.Uid == uid).Select(t => t.Id));
        var tasks = await (from t in db.Tasks
                           join r in db.DavResources on t.Id equals r.TaskId into named
                           from r in named.DefaultIfEmpty()
                           where t.ProjectId == project && ids.Contains(t.Id)
                           orderby t.DeletedAt descending
                           select new NamedTask(t.Id, t.Uid, r == null ? t.Uid + ".ics" : r.Name, t.Revision, t.DeletionId)).ToListAsync(ct);
        var objects = list.IsMixed ? await db.CalendarObjects.AsTracking().Where(o => o.ProjectId == project && (o.Name == name || o.Uid == uid)).ToListAsync(ct) : [];
        return new(
            tasks.Find(t => t.Deletion is null && t.Name == name),
            tasks.Find(t => t.Deletion is null && t.Uid == uid),
            tasks.Find(t => t.Deletion is not null && t.Uid == uid),
            tasks.Find(t => t.Deletion is not null && t.Name == name && t.Uid != uid)?.Id,
            objects.Find(o => o.Name == name),
            objects.Find(o => o.Uid == uid));
    }

    /// <summary>Frees a name that something in the trash still holds.</summary>
    public static async Task FreeAsync(this TasksDb db, DavMeeting met, CancellationToken ct)
    {
        if (met.NameOfTrashed is not { } task) return;
        if (await db.DavResources.AsTracking().FirstOrDefaultAsync(r => r.TaskId == task, ct) is { } resource) resource.Name = $"{resource.Name}.{task}";
        await db.SaveChangesAsync(ct);
    }

    /// <summary>A UID is unique in its list (RFC 4791, 5.3.2.1).</summary>
    public static DavFault Taken(Actor actor, TaskCalendar list, string name) => Taken(DavPath.ObjectOf(actor.Handle ?? "", list.Name, name));

    public static DavFault Taken(string? href) => DavFault.Cal(
        "no-uid-conflict", "Something else in this list has that UID.", 403, href is null ? [] : [new System.Xml.Linq.XElement(Kernel.Dav.DavNames.D + "href", href)]);
}
