using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>A part of a to-do that makes no sense to us: it stays as the app sent it.</summary>
/// <param name="Property">Its name, <c>DUE</c>; empty for a line that is none.</param>
/// <param name="Value">As it was sent, cut where it is long.</param>
/// <param name="Reason">What is wrong with it, in words.</param>
internal sealed record UnreadPart(string Property, string Value, string Reason)
{
    private const int Longest = 120;
    private static readonly HashSet<Category> All = [.. Enum.GetValues<Category>()];

    public static UnreadPart Of(IcalLine line, string reason) => new(line.Name, line.Value.Length <= Longest ? line.Value : line.Value[..Longest] + "…", reason);

    /// <summary>What of a task is kept unread; a part that was set anew here is not among it.</summary>
    /// <param name="raw">The octets last sent; null where there are none.</param>
    public static IReadOnlyList<UnreadPart> AllOf(byte[]? raw, TaskItem task)
    {
        if (raw is null) return [];
        var calendar = IcalDocument.Parse(raw).Components.First();
        var was = TodoFields.Read(TodoWriter.MasterOf(calendar), new(calendar), All);
        return [.. was.Unread.Where(part => part.Property switch
        {
            "DTSTART" => was.Start == task.Start,
            "DUE" => was.Due == task.Due,
            "DURATION" => was.Duration == task.Duration,
            "RRULE" => was.Rrule == (task.Recurrence is { Rrule.Length: > 0 } series ? series.Rrule : null),
            "DESCRIPTION" => was.Description == task.Description,
            "PRIORITY" => was.Priority == task.Priority,
            "PERCENT-COMPLETE" => (was.Percent ?? 0) == task.Percent,
            "STATUS" => was.Category == task.Category,
            _ => true,
        })];
    }
}
