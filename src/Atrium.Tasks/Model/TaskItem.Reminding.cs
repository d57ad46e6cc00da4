using System.Globalization;
using Atrium.Kernel;

namespace Atrium.Tasks;

internal sealed partial class TaskItem
{
    private const int FarthestOffset = 366 * 86_400;

    public Reminder RemindAt(DateTimeOffset at, Change by, ReminderOrigin origin = ReminderOrigin.Web) =>
        Add(new(Id, ReminderAnchor.Absolute, at, null, origin), by);

    /// <param name="seconds">Negative before, positive after; up to a year either way.</param>
    public Reminder RemindBy(ReminderAnchor anchor, int seconds, Change by, ReminderOrigin origin = ReminderOrigin.Web)
    {
        if (anchor == ReminderAnchor.Absolute) throw Refusal.Invalid(Field.Reminders, "A relative reminder hangs on start or due.");
        if (Math.Abs((long)seconds) > FarthestOffset) throw Refusal.Invalid(Field.Reminders, "At most a year before or after.");
        return Add(new(Id, anchor, null, seconds, origin), by);
    }

    public void RemoveReminder(Id<Reminder> id, Change by)
    {
        var reminder = Reminders.Find(r => r.Id == id) ?? throw Refusal.NotFound();
        Reminders.Remove(reminder);
        Record(by, Field.Reminders, Shown(reminder), null);
    }

    public void Acknowledge(Id<Reminder> id, Change by)
    {
        var reminder = Reminders.Find(r => r.Id == id) ?? throw Refusal.NotFound();
        reminder.Acknowledge(by.At);
        Record(by, Field.Reminders, Shown(reminder), "dismissed");
    }

    private Reminder Add(Reminder reminder, Change by)
    {
        Limits.Demand(Reminders.Count + 1, Limits.Reminders, Field.Reminders, "reminders on a task");
        Reminders.Add(reminder);
        Record(by, Field.Reminders, null, Shown(reminder));
        return reminder;
    }

    private static string Shown(Reminder reminder) => reminder.Anchor == ReminderAnchor.Absolute
        ? reminder.At!.Value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{(reminder.Anchor == ReminderAnchor.Start ? "start" : "due")}{reminder.OffsetSeconds:+0;-0;+0}s");
}
