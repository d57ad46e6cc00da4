using System.Globalization;
using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>
/// Raises each member's agenda in their morning: what is overdue, due today and in the next seven days. Off until a member chooses a channel
/// for it; never when there is nothing to say; once a day however many workers look.
/// </summary>
internal sealed class SendAgendas(TasksDb db, IMembers members) : IRecurringWork
{
    private const int Hour = 7;
    private const int Most = 100;
    private const int Named = 5;

    public async Task RunAsync(CancellationToken ct)
    {
        var soon = db.Now.AddDays(9);
        var candidates = await db.Assignees.Where(a => a.NextDueSort != null && a.NextDueSort < soon).Select(a => a.MemberId)
            .Union(db.Projects.Where(p => p.PersonalOf != null && db.Tasks.Any(t => t.ProjectId == p.Id && t.NextDueSort != null && t.NextDueSort < soon)).Select(p => p.PersonalOf!.Value))
            .ToListAsync(ct);
        foreach (var contact in (await members.ContactsAsync(candidates, ct)).Values.Where(c => c.Active))
        {
            var local = Instant.FromDateTimeOffset(db.Now).InZone(SendReminder.ZoneOf(contact)).LocalDateTime;
            if (local.Hour < Hour || await WasSentAsync(contact.Id, local.Date, ct)) continue;
            if (await members.ActorAsync(contact.Id, "agenda", ct) is { } actor) await RaiseAsync(contact, actor, local.Date, ct);
        }
    }

    private async Task RaiseAsync(MemberContact contact, Actor actor, LocalDate day, CancellationToken ct)
    {
        var zone = SendReminder.ZoneOf(contact);
        var (today, week) = MyTasks.Today(db.Now, zone, days: 8);
        var tomorrow = zone.AtStartOfDay(day.PlusDays(1)).ToDateTimeOffset();
        var due = await MyTasks.DueAsync(db, actor, contact.Id, null, week, Most, ct);
        if (due.Count == 0) return;
        var now = Instant.FromDateTimeOffset(db.Now);
        var overdue = due.Where(t => t.Due.IsOverdue(now, zone) && t.At < today).ToList();
        var parts = new[]
        {
            Part("Overdue", overdue), Part("Today", [.. due.Where(t => t.At >= today && t.At < tomorrow)]), Part("Next seven days", [.. due.Where(t => t.At >= tomorrow)]),
        };
        db.ChangeTracker.Clear();
        try
        {
            await db.WriteAsync(
                _ =>
                {
                    db.Add(new DigestSent(contact.Id, Text(day)));
                    db.Publish(new NotificationRaised(TaskNotices.Agenda, [contact.Id], Thing.Of(TaskPath.Kind, due[0].Id), null, string.Join(" ", parts.OfType<string>()), Cause: new(TaskNotices.Agenda, 1), Once: $"agenda/{Text(day)}", Href: "/tasks"));
                    return Task.CompletedTask;
                },
                ct);
        }
        catch (UniqueViolation)
        {
            // Another worker was first.
        }
    }

    private Task<bool> WasSentAsync(Id<Member> member, LocalDate day, CancellationToken ct)
    {
        var text = Text(day);
        return db.DigestsSent.AnyAsync(d => d.MemberId == member && d.LocalDate == text, ct);
    }

    private static string? Part(string name, List<DueTask> tasks) => tasks.Count == 0
        ? null
        : $"{name}: {string.Join(", ", tasks.Take(Named).Select(t => t.Title))}{(tasks.Count > Named ? $" and {tasks.Count - Named} more" : "")}.";

    private static string Text(LocalDate day) => day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}
