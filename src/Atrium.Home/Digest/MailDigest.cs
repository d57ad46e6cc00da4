using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Mail;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Outbox;
using Atrium.Kernel.Settings;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>Writes and sends a daily digest: today's dates, and what waits unread. With neither there is no mail.</summary>
internal sealed class MailDigest(HomeDb db, IMembers members, Agenda agenda, HouseAddress house, HouseSettings settings, IMailSender mail) : IEffect<DigestDue>
{
    private const int Most = 20;

    public async Task HandleAsync(DigestDue happened, Delivery delivery, CancellationToken ct)
    {
        if (await members.ActorAsync(happened.Member, "digest", ct) is not { } actor) return;
        var contact = (await members.ContactsAsync([happened.Member], ct)).GetValueOrDefault(happened.Member);
        if (contact is null) return;

        var zone = Zones.Find(contact.TimeZone);
        var start = Zones.StartOf(happened.Day, zone);
        var dates = await agenda.BetweenAsync(actor, start, Zones.StartOf(happened.Day.AddDays(1), zone), ct);
        var since = start.AddDays(-1);
        var unread = await db.Notices.Where(n => n.MemberId == happened.Member && n.ReadAt == null && n.LatestAt > since)
            .OrderByDescending(n => n.LatestAt).Take(Most).ToListAsync(ct);
        if (dates.Count == 0 && unread.Count == 0) return;

        var culture = Cultures.Find(contact.Culture);
        var day = happened.Day.ToString("D", culture);
        var template = new MailTemplate(await settings.TextAsync(KernelModule.HouseName, ct), $"Your day: {day}")
        {
            Paragraphs = [Summary(dates.Count, unread.Count)],
            Items =
            [
                .. dates.Take(Most).Select(d => (new MailLink(d.Title, house.Of(d.Href)), (string?)When(d, zone, culture))),
                .. unread.Select(n => (new MailLink(n.Title, house.Of(n.Href)), (string?)n.Text)),
            ],
            Button = new("Open inbox", house.Of("/inbox")),
            Reason = "You chose a daily digest.",
            Unsubscribe = new("Change what you are mailed", house.Of("/settings/notifications")),
            Language = contact.Culture,
        };
        try
        {
            await mail.SendAsync(template.To(new(contact.Email, contact.Name)) with { Key = $"digest-{contact.Id}-{happened.Day:yyyyMMdd}" }, ct);
        }
        catch (MailRefusedException)
        {
            // The address takes no mail; tomorrow's digest will find out the same.
        }
    }

    private static string Summary(int dates, int unread) =>
        $"{(dates == 0 ? "Nothing has a date today" : dates == 1 ? "One thing has its date today" : $"{dates} things have their date today")}; {(unread == 0 ? "your inbox is read" : $"{unread} unread in your inbox")}.";

    private static string When(AgendaEntry entry, TimeZoneInfo zone, IFormatProvider culture)
    {
        var time = entry.AllDay ? "Today" : TimeZoneInfo.ConvertTime(entry.At, zone).ToString("t", culture);
        return entry.Note is null ? time : $"{time} · {entry.Note}";
    }
}
