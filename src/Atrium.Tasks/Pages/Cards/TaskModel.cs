using Atrium.Contracts.Social;

namespace Atrium.Tasks;

/// <summary>What the page of one task shows.</summary>
public sealed class TaskModel
{
    internal TaskModel(TaskView task, ProjectView project) => (Task, Project) = (task, project);

    internal TaskView Task { get; }

    internal ProjectView Project { get; }

    internal IReadOnlyList<TaskCard> Subtasks { get; init; } = [];

    internal IReadOnlyList<RelatedLine> Related { get; init; } = [];

    internal IReadOnlyList<FileLine> Files { get; init; } = [];

    internal IReadOnlyList<ThingLine> Links { get; init; } = [];

    internal IReadOnlyList<HistoryLine> History { get; init; } = [];

    internal IReadOnlyList<TurnLine> Turns { get; init; } = [];

    internal IReadOnlyList<PersonView> Holders { get; init; } = [];

    internal IReadOnlyList<PersonView> Queue { get; init; } = [];

    /// <summary>The other projects it may move to.</summary>
    internal IReadOnlyList<ProjectItemView> Elsewhere { get; init; } = [];

    /// <summary>What is said about it; null in a house without Social.</summary>
    internal DiscussionPage? Discussion { get; init; }

    internal DiscussionOrder Order { get; init; }

    /// <summary>Which field came back with a mistake: its form stays open.</summary>
    internal string? Open { get; init; }

    internal bool SignedIn { get; init; }

    internal bool MayWrite => Task.Role >= ProjectRole.Writer && Project.ArchivedAt is null;

    internal bool MayFinish => MayWrite || (Task.Mine && Project.ArchivedAt is null);

    internal bool IsOpen => Task.Column.Category <= Category.Doing;
}

/// <summary>A task that stands to this one in some way.</summary>
/// <param name="Kind">As requests name it, such as <c>blocked_by</c>.</param>
internal sealed record RelatedLine(string Kind, string Id, string Title, string Href, bool Done);

internal sealed record FileLine(string Id, string Name, long Size, string Href, bool IsImage, bool IsCover);

internal sealed record ThingLine(string Thing, string Title, string Href, string Room, bool IsSource);

/// <summary>One change of one field.</summary>
internal sealed record HistoryLine(string Who, long Key, string? Avatar, string Field, string? Old, string? New, DateTimeOffset At, string Client);

/// <summary>Somebody's share of a rotation.</summary>
internal sealed record TurnLine(string Name, int Done, double Share, DateTimeOffset? Last, bool IsNow, bool IsNext, string Why);
