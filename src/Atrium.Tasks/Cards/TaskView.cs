using Atrium.Kernel;
using Atrium.Kernel.Http;

namespace Atrium.Tasks;

/// <summary>A person on a task.</summary>
internal sealed record PersonView(Id<Member> Id, string Handle, string Name, string? AvatarUrl);

internal sealed record LabelView(Id<Label> Id, string Name, string Color);

internal sealed record ColumnView(Id<Column> Id, string Name, Category Category);

/// <summary>The project of a task, as far as a task shows it.</summary>
internal sealed record ProjectRef(Id<Project> Id, string? Key, string Title, string Color);

internal sealed record CountView(int Total, int Done);

/// <param name="Text">The rule in words.</param>
internal sealed record RecurrenceView(string Rrule, RecurrenceMode Mode, string Text, RotationView? Rotation, IReadOnlyList<string> Rdates, IReadOnlyList<string> Exdates);

internal sealed record RotationView(IReadOnlyList<PersonView> Members, RotationStrategy Strategy, Id<Member> Current);

/// <param name="Mine">The caller's slot; 0 when they queue; null when neither.</param>
internal sealed record PlacesView(int Needed, int Taken, int Queue, int? Mine);

/// <summary>An open task that must be done first.</summary>
internal sealed record BlockerView(Id<TaskItem> Id, string? Key, string Title);

/// <summary>A task as lists and boards show it.</summary>
internal record TaskCard : IRevisedView
{
    public required Id<TaskItem> Id { get; init; }

    /// <summary><c>CLUB-123</c>; null in a personal list.</summary>
    public string? Key { get; init; }

    public required long Number { get; init; }

    public required ProjectRef Project { get; init; }

    public required ColumnView Column { get; init; }

    public required string Title { get; init; }

    public When? Start { get; init; }

    public When? Due { get; init; }

    public When? NextDue { get; init; }

    /// <summary>For the caller, in their zone.</summary>
    public bool Overdue { get; init; }

    public int Priority { get; init; }

    public int Percent { get; init; }

    public IReadOnlyList<PersonView> Assignees { get; init; } = [];

    public IReadOnlyList<LabelView> Labels { get; init; } = [];

    public Id<TaskItem>? Parent { get; init; }

    public required CountView Children { get; init; }

    public required CountView Checklist { get; init; }

    public RecurrenceView? Recurrence { get; init; }

    public PlacesView? Places { get; init; }

    public IReadOnlyList<BlockerView> BlockedBy { get; init; } = [];

    public int Attachments { get; init; }

    public Id<TaskFile>? Cover { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    public Id<Member>? CreatedBy { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    public required string Rank { get; init; }

    public long Seq { get; init; }

    public long Revision { get; init; }

    /// <summary>Its page.</summary>
    public string Href => $"/tasks/t/{Key ?? Id.ToString()}";
}

internal sealed record ChecklistItemView(Id<ChecklistItem> Id, string Text, bool Done);

internal sealed record ReminderView(Id<Reminder> Id, ReminderAnchor Anchor, DateTimeOffset? At, int? OffsetSeconds, bool Dismissed);

/// <summary>A task as its own page and address show it.</summary>
internal sealed record TaskView : TaskCard
{
    /// <summary>Markdown.</summary>
    public required string Description { get; init; }

    public string DescriptionHtml { get; init; } = "";

    public string? Duration { get; init; }

    public required string Uid { get; init; }

    public PersonView? CreatedByPerson { get; init; }

    public PersonView? CompletedBy { get; init; }

    public IReadOnlyList<ChecklistItemView> ChecklistItems { get; init; } = [];

    public IReadOnlyList<ReminderView> Reminders { get; init; } = [];

    /// <summary>What an app sent that could not be read: kept for apps as it is, without meaning here.</summary>
    public IReadOnlyList<UnreadPart> Unread { get; init; } = [];

    /// <summary>The next five dates of a series.</summary>
    public IReadOnlyList<When> NextDates { get; init; } = [];

    /// <summary>What the caller may do.</summary>
    public ProjectRole Role { get; init; }

    /// <summary>Whether the caller is assigned or holds a place.</summary>
    public bool Mine { get; init; }

    /// <summary>The caller's own choice; null where none was made.</summary>
    public WatchLevel? Watch { get; init; }
}
