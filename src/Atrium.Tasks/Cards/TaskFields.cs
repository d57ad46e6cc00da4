using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>The fields of a task that are sent to make or change it, for the API's description; <see cref="TaskEdit"/> reads them. A field left out stays as it is, null empties it.</summary>
/// <param name="Title">The one field that making a task needs.</param>
/// <param name="Description">Markdown.</param>
/// <param name="Column">A column of its project: <c>columns[].id</c> of the project. A new task goes to the first todo column.</param>
/// <param name="Priority">0 (none) to 9; 1 is the most urgent.</param>
/// <param name="Percent">0 to 100.</param>
/// <param name="Start">A day <c>2026-11-23</c>, a wall time <c>2026-11-23T18:00:00</c>, one in a zone <c>2026-11-23T18:00:00[Europe/Berlin]</c>, an instant <c>2026-11-23T17:00:00Z</c>, or an object as answers have it.</param>
/// <param name="Due">As <c>start</c>; both are days or both are times.</param>
/// <param name="Duration">ISO 8601, instead of a due: <c>PT2H</c>.</param>
/// <param name="Assignees">All who shall do it, by member id or handle. They must be able to read the project.</param>
/// <param name="Labels">All its labels, by id or name.</param>
/// <param name="Parent">The task it is a part of, in the same project.</param>
/// <param name="Recurrence">How it repeats.</param>
/// <param name="Places">How many volunteers it needs.</param>
/// <param name="Cover">One of its attachments that is a picture.</param>
/// <param name="Base">The <c>revision</c> you edited: what others changed since is merged field by field, a field that both changed is a 409 <c>edit_conflict</c>.</param>
internal sealed record TaskFields(
    string? Title = null, string? Description = null, Id<Column>? Column = null, int? Priority = null, int? Percent = null, string? Start = null, string? Due = null, string? Duration = null,
    IReadOnlyList<string>? Assignees = null, IReadOnlyList<string>? Labels = null, Id<TaskItem>? Parent = null, RecurrenceInput? Recurrence = null, int? Places = null, Id<TaskFile>? Cover = null,
    long? Base = null);
