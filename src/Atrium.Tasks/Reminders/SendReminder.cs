using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>
/// Tells those for whom a reminder is due now, each once an instance, and waits on for those in zones where it is not yet. After the house
/// slept, what is at most a day late is told one by one; what is older comes as one notice.
/// </summary>
internal sealed class SendReminder(TasksDb db, IMembers members) : IReaction<ReminderComing>
{
    private static readonly TimeSpan Late = TimeSpan.FromHours(24);

    public async Task HandleAsync(ReminderComing happened, CancellationToken ct)
    {
        var task = await db.Tasks.AsSplitQuery().Include(t => t.Reminders).Include(t => t.Assignees).Include(t => t.Recurrence).FirstOrDefaultAsync(t => t.Id == happened.Task, ct);
        if (task?.Reminders.Find(r => r.Id == happened.Reminder) is not { } reminder) return;
        if (reminder.DueFor(task, DateTimeZone.Utc) is not { } due || due.Fingerprint != happened.Fingerprint) return;
        if (await db.Projects.AnyAsync(p => p.Id == task.ProjectId && (p.DeletedAt != null || p.ArchivedAt != null), ct)) return;

        var contacts = await members.ContactsAsync(Recipients(task), ct);
        var reached = await db.ReminderFires.Where(f => f.ReminderId == reminder.Id && f.InstanceSort == due.InstanceSort).Select(f => f.MemberId).ToListAsync(ct);
        DateTimeOffset? next = null;
        foreach (var contact in contacts.Values.Where(c => c.Active && !reached.Contains(c.Id)))
        {
            if (reminder.InstantFor(task, ZoneOf(contact))?.ToDateTimeOffset() is not { } at) continue;
            if (at > db.Now)
            {
                next = next is null || at < next ? at : next;
                continue;
            }

            db.Add(new ReminderFire(reminder.Id, contact.Id, due.InstanceSort, db.Now));
            db.Publish(Notice(task, reminder, contact, at));
        }

        if (next is not null) db.Publish(happened, due: next);
    }

    /// <summary>Whose task it is to do; with nobody assigned, whoever made it.</summary>
    private static IReadOnlyCollection<Id<Member>> Recipients(TaskItem task) =>
        task.Assignees.Count > 0 ? [.. task.Assignees.Select(a => a.MemberId)] : task.CreatedBy is { } author ? [author] : [];

    private NotificationRaised Notice(TaskItem task, Reminder reminder, MemberContact contact, DateTimeOffset at)
    {
        var subject = Thing.Of(TaskPath.Kind, task.Id);
        if (db.Now - at <= Late) return new(TaskNotices.Reminder, [contact.Id], subject, null, Words(task, contact), Once: $"reminder/{reminder.Id}/{task.NextDue?.ToString() ?? at.ToString("O")}");
        var today = Instant.FromDateTimeOffset(db.Now).InZone(ZoneOf(contact)).Date;
        return new(TaskNotices.Reminder, [contact.Id], subject, null, "Reminders came due while the house was away. See what is overdue.", Once: $"reminders-missed/{today:uuuu-MM-dd}", Href: "/tasks");
    }

    private static string Words(TaskItem task, MemberContact contact)
    {
        if ((task.NextDue ?? task.Start) is not { } when) return $"Reminder: {task.Title}";
        var zone = ZoneOf(contact);
        var day = when.DayIn(zone).ToString("ddd d MMM", System.Globalization.CultureInfo.InvariantCulture);
        var time = when.HasTime ? $", {when.BeginsIn(zone).InZone(zone).ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture)}" : "";
        return $"{task.Title}: {(task.NextDue is null ? "starts" : "due")} {day}{time}";
    }

    public static DateTimeZone ZoneOf(MemberContact contact) => DateTimeZoneProviders.Tzdb.GetZoneOrNull(contact.TimeZone) ?? DateTimeZone.Utc;
}
