using Atrium.Kernel;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>
/// Something to do. Every change goes through a method that takes the <see cref="Change"/> it is part of, keeps the rules and writes
/// history; one change is one <see cref="Revision"/>, however many fields it touches.
/// </summary>
internal sealed partial class TaskItem
{
    private TaskItem() { }

    /// <param name="project">Where it is.</param>
    /// <param name="number">Taken from the project in the same transaction; never used again.</param>
    /// <param name="column">The column it begins in.</param>
    public TaskItem(Id<Project> project, long number, string title, Column column, string rank, Change by, string? uid = null)
    {
        Id = Id<TaskItem>.New();
        ProjectId = project;
        Number = number;
        Uid = uid ?? $"{Id}@atrium";
        Title = Limits.Line(title, Limits.Title, Field.Title);
        ColumnId = column.Id;
        Category = column.Category;
        Rank = rank;
        CreatedBy = by.Actor;
        CreatedAt = by.At;
        Record(by, Field.Created, null, Title);
        if (!column.IsOpen) Finish(column, by);
    }

    public Id<TaskItem> Id { get; private set; }

    public Id<Project> ProjectId { get; private set; }

    /// <summary>The 123 of CLUB-123.</summary>
    public long Number { get; private set; }

    /// <summary>The iCalendar UID, unique in its project.</summary>
    public string Uid { get; private set; } = "";

    public string Title { get; private set; } = "";

    /// <summary>Markdown.</summary>
    public string Description { get; private set; } = "";

    public Id<Column> ColumnId { get; private set; }

    /// <summary>The category of its column, kept here so that lists and the state machine need not look.</summary>
    public Category Category { get; private set; }

    public string Rank { get; private set; } = "";

    /// <summary>0 none, 1 highest … 9 lowest (RFC 5545, 3.8.1.9), kept as given.</summary>
    public int Priority { get; private set; }

    public int Percent { get; private set; }

    /// <summary>True when a person set the percent, so that it no longer follows checklist and subtasks.</summary>
    public bool PercentManual { get; private set; }

    public When? Start { get; private set; }

    public When? Due { get; private set; }

    /// <summary>The three again as ranges scan them.</summary>
    public DateTimeOffset? StartSort { get => Start?.Sort; private set { } }

    public DateTimeOffset? DueSort { get => Due?.Sort; private set { } }

    public DateTimeOffset? NextDueSort { get => NextDue?.Sort; private set { } }

    public WhenKind? StartKind { get => Start?.Kind; private set { } }

    public WhenKind? NextDueKind { get => NextDue?.Kind; private set { } }

    /// <summary>ISO 8601 duration as a phone sent it, in place of a due.</summary>
    public string? Duration { get; private set; }

    /// <summary>The due that lists go by: its own, or the first open instance of a series kept by overrides.</summary>
    public When? NextDue { get; private set; }

    public DateTimeOffset? CompletedAt { get; private set; }

    public Id<Member>? CompletedBy { get; private set; }

    public Id<TaskItem>? ParentId { get; private set; }

    /// <summary>UID of a parent that a phone named before sending it.</summary>
    public string? ParentUidPending { get; private set; }

    /// <summary>How many volunteers it needs; null when it needs none.</summary>
    public int? Places { get; private set; }

    public Id<TaskFile>? CoverFileId { get; private set; }

    /// <summary>Null when the house itself, or a person since gone, made it.</summary>
    public Id<Member>? CreatedBy { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    /// <summary>iCalendar SEQUENCE: raised by edits here, taken over from phones.</summary>
    public int Sequence { get; private set; }

    /// <summary>The project's counter at its last change.</summary>
    public long Seq { get; private set; }

    /// <summary>The ETag.</summary>
    public long Revision { get; private set; }

    public Id<Deletion>? DeletionId { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>Since when moderators hide it from all who only read its project.</summary>
    public DateTimeOffset? HiddenAt { get; private set; }

    public List<TaskAssignee> Assignees { get; private set; } = [];

    public List<TaskLabel> Labels { get; private set; } = [];

    public List<ChecklistItem> Checklist { get; private set; } = [];

    public List<Reminder> Reminders { get; private set; } = [];

    public List<Place> PlaceRows { get; private set; } = [];

    public List<Occurrence> Occurrences { get; private set; } = [];

    public Recurrence? Recurrence { get; private set; }

    public bool IsOpen => Category <= Category.Doing;

    /// <summary>Who finds it: whoever sees its project, or only its author while moderators hide it.</summary>
    public Audience AudienceIn(Project project) => HiddenAt is null ? project.Audience : CreatedBy is { } author ? Audience.Only(author) : Audience.NewSet();

    public bool IsDeleted => DeletedAt is not null;

    public bool IsOverdue(Instant now, DateTimeZone viewer) => IsOpen && NextDue is { } due && due.IsOverdue(now, viewer);
}
