using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Tasks;

/// <summary>One line of history.</summary>
/// <param name="Actor">Null for the house itself.</param>
/// <param name="Old">As the machine keeps it: a label, column, person or task by its id, a date as a task's own.</param>
/// <param name="OldText">What people call it now; null where there is nothing to call.</param>
/// <param name="Client">By what means: <c>web</c>, an app, <c>caldav</c>.</param>
internal sealed record ActivityView(
    Id<Activity> Id, Id<TaskItem> Task, string? Key, string Title, PersonView? Actor, string Client, string Field, string? Old, string? New, string? OldText, string? NewText, DateTimeOffset At, long Revision, string Correlation);

/// <summary>What happened to a task or in a project, newest first; and which dates of a series are over.</summary>
internal static class TaskHistory
{
    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("tasks/{id}/history", OfTaskAsync).Operation("listTaskHistory", "Lists what happened to a task, newest first", "tasks:read", RateClass.Read);
        api.MapGet("projects/{id}/history", OfProjectAsync).Operation("listProjectHistory", "Lists what happened in a project, newest first", "tasks:read", RateClass.Read);
        api.MapGet("tasks/{id}/occurrences", OccurrencesAsync).Operation("listOccurrences", "Lists the dates of a series that are over, newest first", "tasks:read", RateClass.Read);
    }

    public static async Task<Slice<ActivityView>> OfTaskAsync(Id<TaskItem> id, int? limit, string? cursor, TasksDb db, IMembers members, Actor actor, CancellationToken ct)
    {
        await db.DemandAsync(id, actor, ProjectRole.Reader, ct);
        return await ReadAsync(db.Activities.Where(a => a.TaskId == id), new(limit, cursor), db, members, actor, ct);
    }

    public static async Task<Slice<ActivityView>> OfProjectAsync(Id<Project> id, int? limit, string? cursor, TasksDb db, IMembers members, Actor actor, CancellationToken ct)
    {
        await db.DemandAsync(id, actor, ProjectRole.Reader, ct);

        // Only of tasks that are still here: a line of one that moved on would tell what its new project keeps to itself.
        return await ReadAsync(db.Activities.Where(a => a.ProjectId == id && db.Tasks.Any(t => t.Id == a.TaskId && t.ProjectId == id)), new(limit, cursor), db, members, actor, ct);
    }

    public static async Task<Slice<OccurrenceView>> OccurrencesAsync(Id<TaskItem> id, int? limit, string? cursor, TasksDb db, IMembers members, Actor actor, CancellationToken ct)
    {
        await db.DemandAsync(id, actor, ProjectRole.Reader, ct);
        var page = new Page(limit, cursor);
        var before = Cursor.Id<Occurrence>(cursor);
        var rows = await db.Occurrences.Where(o => o.TaskId == id && (before == null || o.Id < before)).OrderByDescending(o => o.Id).Take(page.Size + 1)
            .Select(o => new { o.Id, o.RecurrenceId, o.Outcome, o.By, o.At }).ToListAsync(ct);
        var people = await members.CardsAsync([.. rows.Select(r => r.By).OfType<Id<Member>>().Distinct()], ct);
        return Slice<OccurrenceView>.Cut([.. rows.Select(r => new OccurrenceView(r.Id, When.Parse(r.RecurrenceId), r.Outcome, TaskReader.PersonOf(r.By, people), r.At))], page.Size, o => o.Id.ToString());
    }

    private static async Task<Slice<ActivityView>> ReadAsync(IQueryable<Activity> lines, Page page, TasksDb db, IMembers members, Actor actor, CancellationToken ct)
    {
        var before = Cursor.Id<Activity>(page.Cursor);
        var rows = await (
            from a in lines.Where(a => before == null || a.Id < before).OrderByDescending(a => a.Id).Take(page.Size + 1)
            join t in db.Tasks on a.TaskId equals t.Id
            join p in db.Projects on t.ProjectId equals p.Id
            orderby a.Id descending
            select new { Line = a, t.Title, t.Number, p.Key }).ToListAsync(ct);
        var names = await HistoryNames.ReadAsync([.. rows.Select(r => r.Line)], db, members, actor, ct);
        return Slice<ActivityView>.Cut(
            [.. rows.Select(r => new ActivityView(
                r.Line.Id, r.Line.TaskId, TaskReader.KeyOf(r.Key, r.Number), r.Title, TaskReader.PersonOf(r.Line.ActorId, names.People), r.Line.Client,
                r.Line.Field, r.Line.Old, r.Line.New, names.Say(r.Line.Field, r.Line.Old), names.Say(r.Line.Field, r.Line.New), r.Line.At, r.Line.Revision, r.Line.Correlation))],
            page.Size, l => l.Id.ToString());
    }
}
