namespace Atrium.Tasks;

/// <summary>A month or week of a project.</summary>
public sealed class CalendarModel
{
    internal CalendarModel(
        ProjectView project, IReadOnlyList<TaskCard> tasks, string? filter, DateOnly at, DateOnly first, DateOnly last, bool week, DateOnly today, IReadOnlyList<(string Name, string Query)> saved) =>
        (Project, Tasks, Filter, At, First, Last, Week, Today, Saved) = (project, tasks, filter, at, first, last, week, today, saved);

    internal ProjectView Project { get; }

    internal IReadOnlyList<TaskCard> Tasks { get; }

    /// <summary>What phones keep beside the tasks; none under a filter, which is of tasks.</summary>
    internal IReadOnlyList<ListedEvent> Events { get; init; } = [];

    internal string? Filter { get; }

    internal DateOnly At { get; }

    internal DateOnly First { get; }

    internal DateOnly Last { get; }

    internal bool Week { get; }

    internal DateOnly Today { get; }

    internal IReadOnlyList<(string Name, string Query)> Saved { get; }

    internal bool MayWrite => Project is { Role: >= ProjectRole.Writer, ArchivedAt: null };
}
