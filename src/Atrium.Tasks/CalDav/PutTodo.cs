using Atrium.Kernel;
using Atrium.Kernel.Dav;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>Makes or changes a task by a VTODO, and keeps its octets.</summary>
internal sealed class PutTodo(TaskDesk desk, ApplyTodo apply, ReadTodos read)
{
    private const int Tries = 3;

    private TasksDb Db => desk.Db;

    /// <exception cref="DavFault">412; 403 <c>no-uid-conflict</c>, <c>need-privileges</c>.</exception>
    public async Task<DavWritten> HandleAsync(TaskCalendar list, string name, DavCalendarObject sent, DavConditions conditions, Actor actor, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var met = await Db.MeetAsync(list, name, sent.Uid, ct);
            conditions.Demand(met.Etag);
            var isNew = met.ByName is null && met.ByUid is null && met.Trashed is null;
            // The very octets we would give: nothing to write.
            if (met.ByName is { } there && list.Role >= ProjectRole.Writer && await IsSameAsync(there, list, sent.Octets, ct)) return new(false, met.Etag);
            if (isNew && list.Role < ProjectRole.Writer) throw DavFault.Lacks("bind", DavPath.CollectionOf(actor.Handle ?? "", list.Name));
            if (await desk.TryAsync(token => InsideAsync(list, name, sent, conditions, met, isNew, actor, token), ct) is { } written) return written;
            if (attempt == Tries) throw Refusal.Unavailable(TimeSpan.FromSeconds(1));
        }
    }

    private async Task<bool> IsSameAsync(NamedTask task, TaskCalendar list, byte[] sent, CancellationToken ct)
    {
        if (task.Resource is { Raw: { } stored } resource && resource.RawRevision == task.Revision) return stored.AsSpan().SequenceEqual(sent);
        return await read.StateAsync(task.Id, list, ct) is var (state, raw, rawRevision) && TodoWriter.Write(state, raw, rawRevision).AsSpan().SequenceEqual(sent);
    }

    /// <summary>Null when somebody made or took it away since it was decided whether a number is needed.</summary>
    private async Task<DavWritten?> InsideAsync(TaskCalendar list, string name, DavCalendarObject sent, DavConditions conditions, DavMeeting met, bool isNew, Actor actor, CancellationToken ct)
    {
        var write = await desk.OpenAsync(list.Project, actor, desk.By(actor), ct, isNew ? 1 : 0);

        // The counter stood still since the list was read, so what was met then is what is there.
        if (write.Seq != list.Seq + 1) met = await Db.MeetAsync(list, name, sent.Uid, ct);
        conditions.Demand(met.Etag);
        if (met.ObjectByName is not null) throw DavFault.Cal("valid-calendar-object-resource", "What is no to-do does not become one.");
        if (met.ObjectByUid is { } other) throw DavAddresses.Taken(actor, list, other.Name);
        if (met.ByUid is { } same && same.Id != met.ByName?.Id) throw DavAddresses.Taken(actor, list, same.Name);
        if (met.ByName is { } held && held.Uid != sent.Uid) throw DavAddresses.Taken(actor, list, name);
        if (isNew != (met.ByName is null && met.Trashed is null)) return null;
        if (isNew && !sent.Copied) await DemandNotMovedAsync(list, sent.Uid, actor, ct);
        await Db.FreeAsync(met, ct);

        var todo = TodoWriter.MasterOf(sent.Calendar);
        var fields = TodoFields.Read(todo, new(sent.Calendar), list.Categories);
        var known = met.ByName ?? met.Trashed;
        if (known is { IsBare: true }) write.Bare.Add(known.Id);
        var task = known is not null ? await write.TaskAsync(known.Id, Touched(list.Role), ct, deleted: true) : await write.AddAsync(fields.Title, write.Board.Demand(Category.Todo), ct, uid: sent.Uid);
        var resource = known?.Resource;
        if (resource is not null) Db.Attach(resource);
        if (write.Role < ProjectRole.Writer) await DemandStatusOnlyAsync(write, task, sent.Octets, list, ct);
        if (task.DeletionId is { } deletion)
        {
            write.Demand(ProjectRole.Writer);
            if (task.ParentId is not null) task.Nest(null, [], 0, write.By);
            task.Restore(deletion, write.By);
        }

        await apply.RunAsync(write, task, fields, MeaningOf(resource?.Raw, list.Categories), sent.Calendar, list.Categories, ct);
        task.Touch(write.By);
        if (resource is null) Db.DavResources.Add(resource = new() { TaskId = task.Id, ProjectId = list.Project, Name = name });
        (resource.Name, resource.Raw) = (name, sent.Octets);
        if (met.ByName is null) await apply.JoinChildrenAsync(write, task, fields, ct);
        await desk.CloseAsync(write, ct);

        // Only where the task says no more and no less do the octets stand by themselves.
        resource.RawRevision = TodoWriter.Says(sent.Octets, await read.StateOfAsync(task, write.Project, list.Categories, ct)) ? task.Revision : 0;
        return new(met.ByName is null, resource.RawRevision == 0 ? null : TodoState.EtagOf(task.Id, task.Revision));
    }

    /// <summary>A late client that does not know its task lives in another list now gets told where, never a copy.</summary>
    private async Task DemandNotMovedAsync(TaskCalendar list, string uid, Actor actor, CancellationToken ct)
    {
        var moved = await (from g in Db.Tombstones
                           join t in Db.Tasks on g.TaskId equals t.Id
                           where g.ProjectId == list.Project && g.Uid == uid && g.MovedTo != null && t.DeletedAt == null && t.ProjectId != list.Project
                           orderby g.Seq descending
                           select new { t.Id, t.ProjectId, t.Uid }).FirstOrDefaultAsync(ct);
        if (moved is null) return;
        var where = await (from p in Db.Projects
                           join a in Db.Access(actor) on p.Id equals a.ProjectId
                           where p.Id == moved.ProjectId && p.DeletedAt == null
                           select p).FirstOrDefaultAsync(ct);
        var name = await Db.DavResources.Where(r => r.TaskId == moved.Id).Select(r => r.Name).FirstOrDefaultAsync(ct) ?? TodoState.NameOf(moved.Uid);
        throw DavAddresses.Taken(where is null ? null : DavPath.ObjectOf(actor.Handle ?? "", TaskCalendar.SegmentOf(where, actor), name));
    }

    /// <summary>Who may only say how far a task is, may change nothing else in its octets.</summary>
    private async Task DemandStatusOnlyAsync(ProjectWrite write, TaskItem task, byte[] sent, TaskCalendar list, CancellationToken ct)
    {
        var isTheirs = write.Actor.MemberId is { } me && (task.IsAssigned(me) || task.HoldsPlace(me));
        if (!isTheirs || await read.StateAsync(task.Id, list, ct) is not var (state, raw, rawRevision) || !StatusOnly.Differs(TodoWriter.Write(state, raw, rawRevision), sent, write.Role))
            throw DavFault.Lacks("write-content", DavPath.CollectionOf(write.Actor.Handle ?? "", list.Name));
        write.DemandStatus(task);
    }

    /// <summary>A to-do tells nothing of places; whether the caller holds one matters only where that is their right.</summary>
    private static Parts Touched(ProjectRole role) => Parts.Labels | Parts.Reminders | Parts.State | (role < ProjectRole.Writer ? Parts.Places : Parts.None);

    private static TodoFields? MeaningOf(byte[]? raw, IReadOnlySet<Category> categories)
    {
        if (raw is null) return null;
        var calendar = IcalDocument.Parse(raw).Components.First();
        return TodoFields.Read(TodoWriter.MasterOf(calendar), new(calendar), categories);
    }
}
