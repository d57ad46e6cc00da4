using Atrium.Kernel;
using Atrium.Kernel.Dav;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>DELETE and MOVE of objects: a task goes to the trash, or to another list as itself.</summary>
internal sealed class MoveTodo(TaskDesk desk, TaskNames names, KeepObject objects)
{
    private TasksDb Db => desk.Db;

    /// <exception cref="DavFault">404, 412.</exception>
    public Task DeleteAsync(TaskCalendar list, string name, DavConditions conditions, Actor actor, CancellationToken ct) => desk.ChangeAsync(
        list.Project, actor, ProjectRole.Writer,
        async write =>
        {
            var met = await Db.MeetAsync(list, name, "", ct);
            if (met.Etag is null) throw DavFault.NotFound();
            conditions.Demand(met.Etag);
            await ThrowAwayAsync(write, met, ct);
            return true;
        },
        ct);

    /// <returns>True when nothing was there before.</returns>
    public Task<bool> MoveAsync(TaskCalendar from, string name, TaskCalendar to, string toName, bool overwrite, DavConditions conditions, Actor actor, CancellationToken ct) => desk.TryAsync(
        async token =>
        {
            var met = await Db.MeetAsync(from, name, "", token);
            if (met.Etag is null) throw DavFault.NotFound();
            conditions.Demand(met.Etag);
            var uid = met.ByName?.Uid ?? met.ObjectByName!.Uid;
            var (kind, there) = (met.ObjectByName?.Component ?? "VTODO", await Db.MeetAsync(to, toName, uid, token));
            if (!to.Components.Contains(kind)) throw DavFault.Cal("supported-calendar-component", $"That list does not take {kind}.");
            if (there.Etag is not null && !overwrite) throw DavFault.Stale();
            if (from.Project != to.Project && (there.ByUid?.Name ?? there.ObjectByUid?.Name) is { } same && same != toName) throw DavAddresses.Taken(actor, to, same);
            if (there.Etag is not null) await ReplaceAsync(to, there, actor, token);
            await Db.FreeAsync(there, token);
            if (met.ByName is { } task) await MoveAsync(task, from, to, toName, actor, token);
            else await MoveAsync(met.ObjectByName!, from, to, toName, actor, token);
            return there.Etag is null;
        },
        ct);

    private async Task MoveAsync(NamedTask task, TaskCalendar from, TaskCalendar to, string toName, Actor actor, CancellationToken ct)
    {
        if (from.Project != to.Project) await MoveToProject.HandleAsync(task.Id, from.Project, to.Project, new(Project: to.Project), null, desk, names, actor, ct);
        var resource = await Db.DavResources.AsTracking().FirstOrDefaultAsync(r => r.TaskId == task.Id, ct);
        if (resource is null) Db.DavResources.Add(resource = new() { TaskId = task.Id, ProjectId = to.Project, Name = toName });
        (resource.Name, resource.ProjectId) = (toName, to.Project);
        if (from.Project != to.Project) return;
        await desk.ChangeTaskAsync(task.Id, actor, Parts.None, (write, moved) =>
        {
            write.Demand(ProjectRole.Writer);
            moved.Touch(write.By);
            Db.Tombstones.Add(new(from.Project, task.Name, task.Uid, write.Seq, null, write.By.At) { TaskId = task.Id });
            return Task.FromResult(true);
        }, ct);
    }

    private async Task MoveAsync(CalendarObject item, TaskCalendar from, TaskCalendar to, string toName, Actor actor, CancellationToken ct)
    {
        // The lower id first, as every move between two projects.
        var by = desk.By(actor);
        var writes = new Dictionary<Id<Project>, ProjectWrite>();
        foreach (var project in new[] { from.Project, to.Project }.Distinct().Order()) writes[project] = await desk.OpenAsync(project, actor, by, ct);
        foreach (var write in writes.Values) write.Demand(ProjectRole.Writer);
        objects.Remove(writes[from.Project], item);
        await Db.SaveChangesAsync(ct);
        var seq = writes[to.Project].Seq;
        Db.CalendarObjects.Add(new()
        {
            ProjectId = to.Project, Name = toName, Uid = item.Uid, Component = item.Component, Raw = item.Raw, StartSort = item.StartSort, EndSort = item.EndSort, Seq = seq, Revision = seq,
        });
        foreach (var write in writes.Values) await desk.CloseAsync(write, ct);
    }

    private Task ReplaceAsync(TaskCalendar list, DavMeeting there, Actor actor, CancellationToken ct) => desk.ChangeAsync(
        list.Project, actor, ProjectRole.Writer,
        async write =>
        {
            await ThrowAwayAsync(write, there, ct);
            if (there.ByName is { } gone && await Db.DavResources.AsTracking().FirstOrDefaultAsync(r => r.TaskId == gone.Id, ct) is { } resource) resource.Name = $"{resource.Name}.{gone.Id}";
            return true;
        },
        ct);

    private async Task ThrowAwayAsync(ProjectWrite write, DavMeeting met, CancellationToken ct)
    {
        if (met.ByName is { } named) await TrashTask.ThrowAwayAsync(write, await write.TaskAsync(named.Id, Parts.None, ct), Db, ct);
        else objects.Remove(write, met.ObjectByName!);
    }
}
