namespace Atrium.Tasks;

/// <summary>
/// What an import would make, read from a file without touching the house. The use case shows its report (dry run) or applies it in
/// batches; everything refers by the ids of the source.
/// </summary>
/// <param name="Source"><c>trello</c>, <c>csv</c>, <c>ics</c>, <c>atrium</c>: with a source id it finds what an earlier run made.</param>
internal sealed record ImportPlan(
    string Source,
    string Title,
    IReadOnlyList<PlannedColumn> Columns,
    IReadOnlyList<PlannedLabel> Labels,
    IReadOnlyList<PlannedPerson> People,
    IReadOnlyList<PlannedTask> Tasks,
    IReadOnlyList<PlannedRelation> Relations,
    ImportReport Report)
{
    /// <summary>A ZIP in which files lie beside the document.</summary>
    public byte[]? Archive { get; init; }

    /// <summary>Colour and description of the project, for one that is still empty.</summary>
    public TasksDocument.ProjectPart? Project { get; init; }

    /// <summary>Columns that are their category's default.</summary>
    public IReadOnlyList<string> Defaults { get; init; } = [];
}

internal sealed record PlannedColumn(string SourceId, string Name, Category Category, int? WipLimit = null);

/// <param name="Color">#rrggbb; null to be given one.</param>
internal sealed record PlannedLabel(string SourceId, string Name, string? Color);

/// <summary>Someone the file names; matched to a member by e-mail or handle, or kept as text.</summary>
internal sealed record PlannedPerson(string SourceId, string Name, string? Handle = null, string? Email = null)
{
    /// <summary>False for who is only named in a history: that lets nobody into a project.</summary>
    public bool TakesPart { get; init; } = true;
}

internal sealed record PlannedItem(string Text, bool Done);

/// <summary>A comment, kept until the house has discussions.</summary>
internal sealed record PlannedComment(string SourceId, string? AuthorId, string AuthorName, DateTimeOffset At, string Text);

internal sealed record PlannedReminder(ReminderAnchor Anchor, DateTimeOffset? At, int? OffsetSeconds);

internal sealed record PlannedRelation(string From, string To, RelationKind Kind);

/// <summary>A task to be made, already within the house's limits.</summary>
internal sealed record PlannedTask(string SourceId, string Title, string ColumnId)
{
    public string Description { get; init; } = "";

    public string? Uid { get; init; }

    public string? ParentId { get; init; }

    public IReadOnlyList<string> LabelIds { get; init; } = [];

    public IReadOnlyList<string> AssigneeIds { get; init; } = [];

    public When? Start { get; init; }

    public When? Due { get; init; }

    public string? Rrule { get; init; }

    public RecurrenceMode Mode { get; init; }

    public IReadOnlyList<When> Rdates { get; init; } = [];

    public IReadOnlyList<When> Exdates { get; init; } = [];

    public int Priority { get; init; }

    /// <summary>Set by hand in the source; null to follow checklist and subtasks.</summary>
    public int? Percent { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public int? Places { get; init; }

    public IReadOnlyList<PlannedItem> Checklist { get; init; } = [];

    public IReadOnlyList<PlannedReminder> Reminders { get; init; } = [];

    public IReadOnlyList<PlannedComment> Comments { get; init; } = [];

    public string? Duration { get; init; }

    /// <summary>The task as our own export has it; what the rest of a plan cannot say is taken from there.</summary>
    public TasksDocument.TaskPart? Own { get; init; }

    /// <summary>Its history in our own export.</summary>
    public IReadOnlyList<TasksDocument.HistoryPart> History { get; init; } = [];

    /// <summary>Hash of all of it: an item with the same one was not changed since the last run.</summary>
    public string Fingerprint { get; init; } = "";
}
