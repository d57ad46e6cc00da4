using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>Tells the assignees of an overdue task, once, at eight in the morning of its first day over.</summary>
internal sealed class SendOverdue(TasksDb db, IMembers members) : IReaction<OverdueComing>
{
    private static readonly LocalTime Morning = new(8, 0);

    public async Task HandleAsync(OverdueComing happened, CancellationToken ct)
    {
        var task = await db.Tasks.Include(t => t.Assignees).FirstOrDefaultAsync(t => t.Id == happened.Task, ct);
        if (task is null || !task.IsOpen || task.IsDeleted || task.NextDue?.ToString() != happened.Due) return;
        if (await db.Projects.AnyAsync(p => p.Id == task.ProjectId && (p.DeletedAt != null || p.ArchivedAt != null), ct)) return;
        var contacts = await members.ContactsAsync([.. task.Assignees.Select(a => a.MemberId)], ct);
        var (told, next) = (new List<Id<Member>>(), (DateTimeOffset?)null);
        foreach (var contact in contacts.Values.Where(c => c.Active))
        {
            var at = FirstMorning(task.NextDue!, SendReminder.ZoneOf(contact));
            if (at <= db.Now) told.Add(contact.Id);
            else if (next is null || at < next) next = at;
        }

        if (told.Count > 0) db.Publish(new NotificationRaised(TaskNotices.Overdue, told, Thing.Of(TaskPath.Kind, task.Id), null, $"{task.Title} is overdue", Once: $"overdue/{task.Id}/{happened.Due}"));
        if (next is not null) db.Publish(happened, due: next);
    }

    /// <summary>The first eight o'clock at which it is over.</summary>
    public static DateTimeOffset FirstMorning(When due, DateTimeZone zone)
    {
        var over = due.EndsIn(zone).InZone(zone).LocalDateTime;
        var day = over.TimeOfDay <= Morning ? over.Date : over.Date.PlusDays(1);
        return zone.AtLeniently(day + Morning).ToDateTimeOffset();
    }
}
