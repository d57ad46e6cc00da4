using System.Globalization;
using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>All of a task that a VTODO tells: the row and its children. Its octets are a function of this and of what was last sent.</summary>
/// <param name="Labels">Names, in their order.</param>
/// <param name="ParentUid">Of the parent, or of one a phone named and we await.</param>
/// <param name="Over">The instances of a series kept by overrides that are over; null when it is none.</param>
/// <param name="Categories">Those the project has columns of.</param>
internal sealed record TodoState(
    TaskItem Task, Recurrence? Recurrence, IReadOnlyList<string> Labels, IReadOnlyList<Reminder> Reminders, string? ParentUid, IReadOnlySet<string>? Over, IReadOnlySet<Category> Categories)
{
    public static string EtagOf(Id<TaskItem> id, long revision) => string.Create(CultureInfo.InvariantCulture, $"\"{revision}-{id.Value}\"");

    /// <summary>The last segment of the address of a task that no phone has named.</summary>
    public static string NameOf(string uid) => $"{uid}.ics";
}
