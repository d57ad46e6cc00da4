using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>A task as one statement reads it, before people and labels are put to it.</summary>
internal sealed class TaskRow
{
    public Id<TaskItem> Id { get; init; }
    public Id<Project> ProjectId { get; init; }
    public string? ProjectKey { get; init; }
    public string ProjectTitle { get; init; } = "";
    public string ProjectColor { get; init; } = "";
    public long Number { get; init; }
    public Id<Column> ColumnId { get; init; }
    public string ColumnName { get; init; } = "";
    public Category Category { get; init; }
    public string Title { get; init; } = "";
    public When? Start { get; init; }
    public When? Due { get; init; }
    public When? NextDue { get; init; }
    public DateTimeOffset? NextDueSort { get; init; }
    public int Priority { get; init; }
    public int Percent { get; init; }
    public Id<TaskItem>? ParentId { get; init; }
    public int ChildrenTotal { get; init; }
    public int ChildrenDone { get; init; }
    public int ChecklistTotal { get; init; }
    public int ChecklistDone { get; init; }
    public int? Places { get; init; }
    public int PlacesTaken { get; init; }
    public int PlacesQueued { get; init; }
    public Recurrence? Recurrence { get; init; }
    public int Files { get; init; }
    public Id<TaskFile>? Cover { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }
    public Id<Member>? CompletedBy { get; init; }
    public Id<Member>? CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public string Rank { get; init; } = "";
    public long Seq { get; init; }
    public long Revision { get; init; }
}

/// <summary>Something that stands beside a task in a list: a person, a label, what blocks it.</summary>
internal sealed record Piece(Id<TaskItem> TaskId, string Kind, long Ref, string? Name, string? Extra)
{
    public const string Assignee = "assignee";
    public const string Label = "label";
    public const string Blocker = "blocker";
    public const string Mine = "place";
}
