using System.Globalization;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Mail;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Outbox;
using Atrium.Kernel.Settings;
using NodaTime;

namespace Atrium.Tasks;

/// <summary>Writes and sends a member's agenda: a list, most urgent first. What was done since it was taken on is not in it.</summary>
internal sealed class AgendaMail(TasksDb db, IMembers members, AgendaLinks links, HouseAddress house, HouseSettings settings, IMailSender mail) : IEffect<AgendaDue>
{
    private const int Most = 100;

    /// <summary>Overdue, today and the seven days after.</summary>
    public static Task<IReadOnlyList<DueTask>> DueAsync(TasksDb db, Actor actor, Id<Member> member, CancellationToken ct) =>
        MyTasks.DueAsync(db, actor, member, null, MyTasks.Today(db.Now, Zones.Of(actor), days: 8).To, Most, ct);

    public async Task HandleAsync(AgendaDue happened, Delivery delivery, CancellationToken ct)
    {
        var contact = (await members.ContactsAsync([happened.Member], ct)).GetValueOrDefault(happened.Member);
        if (contact is not { Active: true } || await members.ActorAsync(happened.Member, "agenda", ct) is not { } actor) return;
        var due = await DueAsync(db, actor, happened.Member, ct);
        if (due.Count == 0) return;

        var (now, zone) = (Instant.FromDateTimeOffset(db.Now), Zones.Of(actor));
        var culture = CultureInfo.GetCultureInfo(contact.Culture);
        var (today, tomorrow) = (MyTasks.Today(db.Now, zone).From, MyTasks.Today(db.Now, zone).To);
        var parts = due.GroupBy(t => t.Due.IsOverdue(now, zone) && t.At < today ? "Overdue" : t.At < tomorrow ? "Today" : "Next seven days").ToDictionary(g => g.Key, g => g.ToList());
        string[] order = ["Overdue", "Today", "Next seven days"];
        var template = new MailTemplate(await settings.TextAsync(KernelModule.HouseName, ct), $"Your tasks, {happened.Day.ToString("dddd d MMMM", culture)}")
        {
            Paragraphs = [string.Join(", ", order.Where(parts.ContainsKey).Select(p => $"{p.ToLowerInvariant()}: {parts[p].Count}"))],
            Items = [.. order.Where(parts.ContainsKey).SelectMany(p => parts[p].Select(t => (new MailLink(t.Title, house.Of(t.Href)), (string?)$"{p} · {Said(t, zone, culture)} · {t.Project}")))],
            Button = new("Open your tasks", house.Of("/tasks")),
            Reason = "You get this because you asked for your agenda by mail.",
            Unsubscribe = new("No more agendas by mail", links.Stop(contact.Id)),
            Language = contact.Culture,
        };
        var message = template.To(new(contact.Email, contact.Name), oneClick: links.Stop(contact.Id));
        try
        {
            await mail.SendAsync(message with { Key = $"agenda-{contact.Id}-{happened.Day:yyyyMMdd}" }, ct);
        }
        catch (MailRefusedException)
        {
            // The address takes no mail; trying again would not change that.
        }
    }

    private static string Said(DueTask task, DateTimeZone zone, CultureInfo culture)
    {
        var local = Instant.FromDateTimeOffset(task.At).InZone(zone).LocalDateTime.ToDateTimeUnspecified();
        return task.Due.HasTime ? local.ToString("ddd d MMM, HH:mm", culture) : local.ToString("ddd d MMM", culture);
    }
}
