using Atrium.Kernel;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>What a token of a quick-add line says.</summary>
internal enum QuickToken
{
    Label,
    Assignee,
    Priority,
    Project,
    Due,
    Start,
    Repeat,
    Reminder,
}

/// <summary>A token and where it stands, for the chip drawn over it.</summary>
/// <param name="At">Index in the line.</param>
/// <param name="Text">What the chip says: the value as understood.</param>
/// <param name="Problem">Why it was not understood; the token then stays in the title.</param>
internal sealed record QuickChip(QuickToken Kind, int At, int Length, string Text, string? Problem = null);

/// <summary>A reminder of a quick-add line: an instant, or seconds before the due.</summary>
internal sealed record QuickReminder(DateTimeOffset? At, int? SecondsBeforeDue);

/// <summary>
/// One line turned into a task: <c>Water the beds every Mon #garden @ben !high ^tomorrow 18:00</c>. The grammar is in the module's README.
/// Names (labels, people, project) are as written; looking them up is the use case's.
/// </summary>
internal sealed record QuickLine
{
    public string Title { get; init; } = "";

    public When? Start { get; init; }

    public When? Due { get; init; }

    public Rrule? Rule { get; init; }

    public RecurrenceMode Mode { get; init; }

    public int? Priority { get; init; }

    public string? Project { get; init; }

    public IReadOnlyList<string> Labels { get; init; } = [];

    public IReadOnlyList<string> Assignees { get; init; } = [];

    public IReadOnlyList<QuickReminder> Reminders { get; init; } = [];

    /// <summary>In the order of the line.</summary>
    public IReadOnlyList<QuickChip> Chips { get; init; } = [];

    /// <param name="now">The moment it was typed.</param>
    /// <param name="zone">Where the writer is; times are wall times there.</param>
    /// <exception cref="Refusal">Nothing is left for a title.</exception>
    public static QuickLine Parse(string line, Instant now, DateTimeZone zone) => new QuickReader(line, now, zone).Read();
}
