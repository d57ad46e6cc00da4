using System.Globalization;
using Atrium.Kernel;
using NodaTime;

namespace Atrium.Tasks;

internal enum ReminderAnchor
{
    Absolute,
    Start,
    Due,
}

internal enum ReminderOrigin
{
    Web,
    Dav,
}

/// <summary>When people are reminded of a task: at an instant, or so many seconds before (negative) or after its start or due.</summary>
internal sealed class Reminder
{
    private Reminder() { }

    internal Reminder(Id<TaskItem> task, ReminderAnchor anchor, DateTimeOffset? at, int? offsetSeconds, ReminderOrigin origin) =>
        (Id, TaskId, Anchor, At, OffsetSeconds, Origin) = (Id<Reminder>.New(), task, anchor, at, offsetSeconds, origin);

    public Id<Reminder> Id { get; private set; }

    public Id<TaskItem> TaskId { get; private set; }

    public ReminderAnchor Anchor { get; private set; }

    /// <summary>Only for <see cref="ReminderAnchor.Absolute"/>.</summary>
    public DateTimeOffset? At { get; private set; }

    public int? OffsetSeconds { get; private set; }

    public ReminderOrigin Origin { get; private set; }

    /// <summary>Dismissed, here or on a phone.</summary>
    public DateTimeOffset? AcknowledgedAt { get; private set; }

    /// <summary>The instant it is due for someone in <paramref name="zone"/>; null when what it hangs on is not there. A day begins at 09:00 for reminders.</summary>
    public Instant? InstantFor(TaskItem task, DateTimeZone zone)
    {
        if (Anchor == ReminderAnchor.Absolute) return At is { } at ? Instant.FromDateTimeOffset(at) : null;
        var when = Anchor == ReminderAnchor.Start ? task.Start : task.NextDue ?? task.Due;
        if (when is null) return null;
        var from = when.HasTime ? when.BeginsIn(zone) : zone.AtLeniently(when.ToDate() + new LocalTime(9, 0)).ToInstant();
        return from.Plus(NodaTime.Duration.FromSeconds(OffsetSeconds ?? 0));
    }

    /// <summary>
    /// The next moment it fires, with a fingerprint of all that decides it: a message that carries another fingerprint is out of date.
    /// Null when the task is closed or deleted, or it was dismissed.
    /// </summary>
    public ReminderDue? DueFor(TaskItem task, DateTimeZone zone)
    {
        if (!task.IsOpen || task.IsDeleted || AcknowledgedAt is not null || InstantFor(task, zone) is not { } at) return null;
        var instance = (task.NextDue ?? task.Anchor)?.Sort.ToUnixTimeMilliseconds() ?? 0;
        return new(Id, instance, at.ToDateTimeOffset(), string.Create(CultureInfo.InvariantCulture, $"{Id}:{instance}:{at.ToUnixTimeSeconds()}"));
    }

    internal void Acknowledge(DateTimeOffset at) => AcknowledgedAt = at;

    /// <summary>The series went on: a fixed instant moves by as much, and what was dismissed counts again.</summary>
    internal void GoOn(When from, When to)
    {
        AcknowledgedAt = null;
        if (At is { } at) At = at + (to.Sort - from.Sort);
    }

    internal void ComeBack(Occurrence.ReminderState state) => (At, AcknowledgedAt) = (state.At, state.AcknowledgedAt);
}

/// <summary>A reminder at a moment, for one instance.</summary>
internal sealed record ReminderDue(Id<Reminder> Reminder, long InstanceSort, DateTimeOffset At, string Fingerprint);

/// <summary>That a reminder reached someone for one instance; its primary key is what makes it once.</summary>
internal sealed class ReminderFire
{
    private ReminderFire() { }

    public ReminderFire(Id<Reminder> reminder, Id<Member> member, long instanceSort, DateTimeOffset at) =>
        (ReminderId, MemberId, InstanceSort, At) = (reminder, member, instanceSort, at);

    public Id<Reminder> ReminderId { get; private set; }

    public Id<Member> MemberId { get; private set; }

    public long InstanceSort { get; private set; }

    public DateTimeOffset At { get; private set; }
}
