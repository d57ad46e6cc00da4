using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>What is a member's to do: assigned to them, a place of theirs, or on their own list.</summary>
internal static class MyTasks
{
    /// <summary>A wall time and its instant are at most this far apart, whatever the zone.</summary>
    public static readonly TimeSpan ZoneWidth = TimeSpan.FromHours(14);

    /// <summary>Open tasks of <paramref name="member"/> in projects <paramref name="actor"/> can see.</summary>
    public static IQueryable<TaskItem> Open(TasksDb db, Actor actor, Id<Member> member) =>
        from t in db.Tasks
        join p in db.Projects on t.ProjectId equals p.Id
        join a in db.Access(actor) on t.ProjectId equals a.ProjectId
        where t.DeletedAt == null && p.DeletedAt == null && p.ArchivedAt == null && (t.Category == Category.Todo || t.Category == Category.Doing)
            && (p.PersonalOf == member || db.Assignees.Any(x => x.TaskId == t.Id && x.MemberId == member) || db.Places.Any(x => x.TaskId == t.Id && x.MemberId == member && x.SlotNo != null))
        select t;

    /// <summary>Those of them that are due before <paramref name="to"/>, judged in the actor's zone; by due.</summary>
    public static async Task<IReadOnlyList<DueTask>> DueAsync(TasksDb db, Actor actor, Id<Member> member, DateTimeOffset? from, DateTimeOffset to, int most, CancellationToken ct)
    {
        var (low, high) = (from - ZoneWidth, to + ZoneWidth);
        var rows = await Open(db, actor, member).Where(t => t.NextDueSort != null && t.NextDueSort < high && (low == null || t.NextDueSort >= low))
            .OrderBy(t => t.NextDueSort).ThenBy(t => t.Id).Take(most)
            .Join(db.Projects, t => t.ProjectId, p => p.Id, (t, p) => new { t.Id, t.Title, t.Number, t.NextDue, t.Priority, p.Key, Project = p.Title })
            .ToListAsync(ct);
        var zone = Zones.Of(actor);
        return
        [
            .. rows.Where(r => r.NextDue is not null).Select(r => new DueTask(r.Id, r.Title, TaskPath.Of(r.Key, r.Number, r.Id), r.Project, r.NextDue!, r.NextDue!.BeginsIn(zone).ToDateTimeOffset(), r.Priority))
                .Where(r => r.At < to && (from is null || r.At >= from)).OrderBy(r => r.At).ThenBy(r => r.Id),
        ];
    }

    /// <summary>The instants between which today lies for someone in <paramref name="zone"/>.</summary>
    public static (DateTimeOffset From, DateTimeOffset To) Today(DateTimeOffset now, DateTimeZone zone, int days = 1)
    {
        var today = Instant.FromDateTimeOffset(now).InZone(zone).Date;
        return (zone.AtStartOfDay(today).ToDateTimeOffset(), zone.AtStartOfDay(today.PlusDays(days)).ToDateTimeOffset());
    }
}

/// <summary>A task with a due, as agendas show it.</summary>
/// <param name="At">The instant for the reader: a day begins at its midnight.</param>
internal sealed record DueTask(Id<TaskItem> Id, string Title, string Href, string Project, When Due, DateTimeOffset At, int Priority);
