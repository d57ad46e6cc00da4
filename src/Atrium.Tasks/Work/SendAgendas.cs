using System.Globalization;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>A member's agenda of a day of theirs is to be mailed.</summary>
[EventName("tasks.agenda_due")]
internal sealed record AgendaDue(Id<Member> Member, DateOnly Day);

/// <summary>
/// Takes on the agendas whose hour has come: what is overdue, due today and in the next seven days. Only for who asked for it; once a day
/// however many workers look; a day on which there is nothing at that hour stays without.
/// </summary>
internal sealed class SendAgendas(TasksDb db, IMembers members) : IRecurringWork
{
    private const int Batch = 200;

    public async Task RunAsync(CancellationToken ct)
    {
        Id<Member>? last = null;
        while (true)
        {
            var chosen = await db.AgendaChoices.Where(c => last == null || c.MemberId > last).OrderBy(c => c.MemberId).Take(Batch).ToListAsync(ct);
            if (chosen.Count == 0) return;
            last = chosen[^1].MemberId;
            var contacts = await members.ContactsAsync([.. chosen.Select(c => c.MemberId)], ct);
            foreach (var choice in chosen)
            {
                if (!contacts.TryGetValue(choice.MemberId, out var contact) || !contact.Active) continue;
                var local = Instant.FromDateTimeOffset(db.Now).InZone(SendReminder.ZoneOf(contact)).LocalDateTime;
                if (local.Hour < choice.Hour || await WasSentAsync(contact.Id, local.Date, ct)) continue;
                await TakeOnAsync(contact.Id, local.Date, ct);
            }
        }
    }

    private async Task TakeOnAsync(Id<Member> member, LocalDate day, CancellationToken ct)
    {
        if (await members.ActorAsync(member, "agenda", ct) is not { } actor) return;
        var empty = (await AgendaMail.DueAsync(db, actor, member, ct)).Count == 0;
        db.ChangeTracker.Clear();
        try
        {
            await db.WriteAsync(
                _ =>
                {
                    db.Add(new DigestSent(member, Text(day)));
                    if (!empty) db.Publish(new AgendaDue(member, day.ToDateOnly()));
                    return Task.CompletedTask;
                },
                ct);
        }
        catch (UniqueViolation)
        {
            // Another worker was first.
            db.ChangeTracker.Clear();
        }
    }

    private Task<bool> WasSentAsync(Id<Member> member, LocalDate day, CancellationToken ct)
    {
        var text = Text(day);
        return db.DigestsSent.AnyAsync(d => d.MemberId == member && d.LocalDate == text, ct);
    }

    private static string Text(LocalDate day) => day.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture);
}
