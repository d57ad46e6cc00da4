using System.Text.Json;
using System.Text.Json.Serialization;

namespace Atrium.Tasks;

/// <summary>
/// A whole project as one JSON document, <c>atrium.tasks</c> version 1: what an export writes, the other exports are made of, and an import
/// into an empty project gives back. Things refer to each other by ids of the document; people by handle.
/// </summary>
internal sealed record TasksDocument
{
    public const string Name = "atrium.tasks";
    public const int Latest = 1;

    public string Format { get; init; } = Name;

    public int Version { get; init; } = Latest;

    public required ProjectPart Project { get; init; }

    public IReadOnlyList<ColumnPart> Columns { get; init; } = [];

    public IReadOnlyList<LabelPart> Labels { get; init; } = [];

    public IReadOnlyList<TaskPart> Tasks { get; init; } = [];

    public IReadOnlyList<RelationPart> Relations { get; init; } = [];

    public IReadOnlyList<CommentPart> Comments { get; init; } = [];

    public IReadOnlyList<HistoryPart> History { get; init; } = [];

    public void Write(Stream output) => JsonSerializer.Serialize(output, this, TasksDocumentContext.Default.TasksDocument);

    /// <exception cref="Kernel.Refusal"><c>import_format</c>.</exception>
    public static TasksDocument Read(ReadOnlySpan<byte> json)
    {
        PlanBuilder.DemandSize(json.Length);
        try
        {
            var document = JsonSerializer.Deserialize(json, TasksDocumentContext.Default.TasksDocument);
            if (document is null || document.Format != Name) throw PlanBuilder.Unreadable("This is no export of Atrium’s tasks.");
            return document.Version <= Latest ? document : throw PlanBuilder.Unreadable($"This export is of version {document.Version}; this house reads up to {Latest}.");
        }
        catch (JsonException e)
        {
            throw PlanBuilder.Unreadable($"This export cannot be read at {e.Path}.");
        }
    }

    internal sealed record ProjectPart(string Title, string? Key, string Color, string Description);

    internal sealed record ColumnPart(string Id, string Name, string Category, int? WipLimit, bool IsDefault);

    internal sealed record LabelPart(string Id, string Name, string Color);

    internal sealed record TaskPart
    {
        public required string Id { get; init; }

        public long Number { get; init; }

        public required string Uid { get; init; }

        public required string Title { get; init; }

        public string Description { get; init; } = "";

        public required string Column { get; init; }

        public string? Parent { get; init; }

        public IReadOnlyList<string> Labels { get; init; } = [];

        /// <summary>Handles.</summary>
        public IReadOnlyList<string> Assignees { get; init; } = [];

        public When? Start { get; init; }

        public When? Due { get; init; }

        public string? Duration { get; init; }

        public int Priority { get; init; }

        public int Percent { get; init; }

        public bool PercentManual { get; init; }

        public RecurrencePart? Recurrence { get; init; }

        public IReadOnlyList<OccurrencePart> Occurrences { get; init; } = [];

        public IReadOnlyList<ItemPart> Checklist { get; init; } = [];

        public IReadOnlyList<ReminderPart> Reminders { get; init; } = [];

        public PlacesPart? Places { get; init; }

        public DateTimeOffset CreatedAt { get; init; }

        public string? CreatedBy { get; init; }

        public DateTimeOffset UpdatedAt { get; init; }

        public DateTimeOffset? CompletedAt { get; init; }

        public string? CompletedBy { get; init; }

        public IReadOnlyList<string> Links { get; init; } = [];

        /// <summary>Its files, which lie beside the document in a ZIP.</summary>
        public IReadOnlyList<FilePart> Files { get; init; } = [];
    }

    /// <param name="Origin">The date the rule counts its intervals from.</param>
    internal sealed record RecurrencePart(string Rrule, IReadOnlyList<string> Rdates, IReadOnlyList<string> Exdates, string Mode, RotationPart? Rotation, string? Origin = null, string? Style = null);

    internal sealed record RotationPart(IReadOnlyList<string> Members, string Strategy, int Cursor);

    internal sealed record OccurrencePart(string RecurrenceId, string Outcome, string? By, DateTimeOffset At, BeforePart? Before = null);

    /// <summary>The task as it was before an occurrence, for undo. Checklist lines and reminders are told by their place in the task.</summary>
    internal sealed record BeforePart(
        When? Start, When? Due, string Rrule, string Origin, int? Cursor, string Column, int Percent, bool PercentManual,
        IReadOnlyList<string> Assignees, IReadOnlyList<int> Ticked, IReadOnlyList<ReminderBefore> Reminders);

    internal sealed record ReminderBefore(int Reminder, DateTimeOffset? At, DateTimeOffset? AcknowledgedAt);

    /// <param name="Path">Where its bytes lie in the ZIP.</param>
    internal sealed record FilePart(string Name, string Path, bool Cover = false);

    internal sealed record ItemPart(string Text, bool Done);

    internal sealed record ReminderPart(string Anchor, DateTimeOffset? At, int? OffsetSeconds, DateTimeOffset? AcknowledgedAt = null);

    internal sealed record PlacesPart(int Needed, IReadOnlyList<string> Held, IReadOnlyList<string> Queue);

    internal sealed record RelationPart(string From, string To, string Kind, int? LagSeconds);

    internal sealed record CommentPart(string Task, string? Author, DateTimeOffset At, string Text);

    internal sealed record HistoryPart(string Task, string? Actor, string Client, string Field, string? Old, string? New, DateTimeOffset At);
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true,
    NewLine = "\n")]
[JsonSerializable(typeof(TasksDocument))]
internal sealed partial class TasksDocumentContext : JsonSerializerContext;
