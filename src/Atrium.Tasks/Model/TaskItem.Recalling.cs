using System.Text.Json;
using Atrium.Kernel;

namespace Atrium.Tasks;

/// <summary>What an export of ours knows of a task beyond what an act of today could make so.</summary>
internal sealed record Recollection(
    int Percent, bool PercentManual, DateTimeOffset? CompletedAt, Id<Member>? CompletedBy, Id<Member>? CreatedBy, DateTimeOffset UpdatedAt,
    string? Origin, RecurrenceStyle Style, Rotation? Rotation, IReadOnlyList<DateTimeOffset?> Acknowledged,
    IReadOnlyList<Id<Member>> Held, IReadOnlyList<Id<Member>> Queue, IReadOnlyList<RecalledOccurrence> Occurrences);

/// <param name="Before">Made once the task's own lines and reminders have ids.</param>
internal sealed record RecalledOccurrence(string RecurrenceId, OccurrenceOutcome Outcome, Id<Member>? By, DateTimeOffset At, Func<TaskItem, Occurrence.Snapshot> Before);

internal sealed partial class TaskItem
{
    /// <summary>Takes all that over, without history: that comes along too.</summary>
    public void Recall(Recollection past)
    {
        (Percent, PercentManual) = (past.Percent, past.PercentManual);
        (CompletedAt, CompletedBy, CreatedBy, UpdatedAt) = (Category == Category.Done ? past.CompletedAt : null, past.CompletedBy, past.CreatedBy, past.UpdatedAt);
        if (Recurrence is not null)
        {
            if (past.Origin is { } origin) Recurrence.CountFrom(When.Parse(origin));
            (Recurrence.Style, Recurrence.Rotation) = (past.Style, past.Rotation);
        }

        foreach (var (reminder, at) in Reminders.OrderBy(r => r.Id).Zip(past.Acknowledged))
            if (at is { } seen)
                reminder.Acknowledge(seen);
        if (Places is { } places)
        {
            var slot = 0;
            foreach (var member in past.Held.Concat(past.Queue).Distinct()) PlaceRows.Add(new(Id, member, ++slot <= places ? slot : null, past.UpdatedAt.AddTicks(slot * TimeSpan.TicksPerMillisecond)));
        }

        foreach (var o in past.Occurrences) Occurrences.Add(Occurrence.Recalled(Id, o, JsonSerializer.Serialize(o.Before(this))));
        FollowDue();
    }
}
