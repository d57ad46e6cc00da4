using Atrium.Kernel;
using Atrium.Kernel.Dav;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>A task that has, or could have, an address.</summary>
/// <param name="Resource">What is kept of its address and octets; null while no phone has put it.</param>
/// <param name="IsBare">Whether it has neither labels, reminders nor files.</param>
internal sealed record NamedTask(Id<TaskItem> Id, string Uid, string Name, long Revision, Id<Deletion>? Deletion, DavResource? Resource, bool IsBare);

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

    /// <summary>Asked before every PUT, so written by hand: each part goes by its own index, however long the list is.</summary>
    private const string Meeting =
        """
        WITH met(id) AS (
            SELECT r.task_id FROM tasks_dav_resource r WHERE r.project_id = {0} AND r.name = {1}
            UNION
            SELECT t.id FROM tasks_task_item t WHERE t.project_id = {0} AND t.deleted_at IS NULL AND t.uid IN ({2}, {3})
            UNION
            SELECT t.id FROM tasks_task_item t WHERE t.project_id = {0} AND t.deleted_at IS NOT NULL AND t.uid = {2}
        )
        SELECT t.id, t.uid, t.revision, t.deletion_id, r.name, r.raw, COALESCE(r.raw_revision, 0) AS raw_revision,
            NOT EXISTS (SELECT 1 FROM tasks_task_label x WHERE x.task_id = t.id) AND NOT EXISTS (SELECT 1 FROM tasks_reminder x WHERE x.task_id = t.id)
            AND NOT EXISTS (SELECT 1 FROM tasks_task_file x WHERE x.task_id = t.id) AS is_bare
        FROM met JOIN tasks_task_item t ON t.id = met.id LEFT JOIN tasks_dav_resource r ON r.task_id = t.id
        WHERE t.project_id = {0}
        ORDER BY t.deleted_at DESC
        """;

    public static async Task<DavMeeting> MeetAsync(this TasksDb db, TaskCalendar list, string name, string uid, CancellationToken ct)
    {
        var project = list.Project;
        var rows = await db.Database.SqlQueryRaw<Row>(Meeting, project.Value, name, uid, name.EndsWith(".ics", StringComparison.Ordinal) ? name[..^4] : uid).ToListAsync(ct);
        var tasks = rows.ConvertAll(r => r.Of(project));
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

    private sealed class Row
    {
        public long Id { get; init; }
        public string Uid { get; init; } = "";
        public long Revision { get; init; }
        public long? DeletionId { get; init; }
        public string? Name { get; init; }
        public byte[]? Raw { get; init; }
        public long RawRevision { get; init; }
        public bool IsBare { get; init; }

        public NamedTask Of(Id<Project> project)
        {
            var id = new Id<TaskItem>(Id);
            var resource = Name is null ? null : new DavResource { TaskId = id, ProjectId = project, Name = Name, Raw = Raw, RawRevision = RawRevision };
            return new(id, Uid, Name ?? TodoState.NameOf(Uid), Revision, DeletionId is { } deletion ? new Id<Deletion>(deletion) : null, resource, IsBare);
        }
    }
}
