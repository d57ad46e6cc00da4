using Atrium.Contracts.Home;
using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>A member's dues, for the agenda of the house.</summary>
internal sealed class TasksAgenda(TasksDb db) : IAgendaSource
{
    private const int Most = 500;

    public async Task<IReadOnlyList<AgendaEntry>> BetweenAsync(Actor actor, DateTimeOffset from, DateTimeOffset to, CancellationToken ct)
    {
        if (actor.MemberId is not { } me) return [];
        var due = await MyTasks.DueAsync(db, actor, me, from, to, Most, ct);
        return [.. due.Select(t => new AgendaEntry(Thing.Of(TaskPath.Kind, t.Id), TasksDb.Name, t.Title, t.Project, t.Href, t.At, !t.Due.HasTime))];
    }
}

/// <summary>How many tasks are due today or overdue: the number beside “Tasks” in the rail.</summary>
internal sealed class DueCount(TasksDb db) : IRoomCount
{
    private const int Most = 200;

    public string Room => TasksDb.Name;

    public async Task<int> CountAsync(Actor actor, CancellationToken ct)
    {
        if (actor.MemberId is not { } me) return 0;
        var (_, tomorrow) = MyTasks.Today(db.Now, Zones.Of(actor));
        return (await MyTasks.DueAsync(db, actor, me, null, tomorrow, Most, ct)).Count;
    }
}

/// <summary>“Needs you today” on the dashboard: what is overdue and due today, most urgent first.</summary>
internal sealed class NeedsYou(TasksDb db) : IDashboardCard
{
    private const int Shown = 6;
    private const int Most = 200;

    public string Room => TasksDb.Name;

    public int Order => 10;

    public async Task<DashboardContent?> LoadAsync(Actor actor, CancellationToken ct)
    {
        if (actor.MemberId is not { } me) return null;
        var (_, tomorrow) = MyTasks.Today(db.Now, Zones.Of(actor));
        var due = await MyTasks.DueAsync(db, actor, me, null, tomorrow, Most, ct);
        if (due.Count == 0) return null;
        var first = due.OrderBy(t => t.Due.ToDate()).ThenBy(t => t.Priority == 0 ? 10 : t.Priority).ThenBy(t => t.At).Take(Shown).Select(t => LineOf(t, Zones.Of(actor))).ToList();
        return new(typeof(NeedsYouCard), new Dictionary<string, object?> { [nameof(NeedsYouCard.Tasks)] = first, [nameof(NeedsYouCard.Total)] = due.Count });
    }

    private static NeedsYouCard.Line LineOf(DueTask task, NodaTime.DateTimeZone zone)
    {
        var local = NodaTime.Instant.FromDateTimeOffset(task.At).InZone(zone).LocalDateTime;
        return new(task.Title, task.Href, task.Project, local.Date.ToDateOnly(), task.Due.HasTime ? local.TimeOfDay.ToTimeOnly() : null);
    }
}
