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

/// <summary>
/// Writes and sends a daily digest: today's dates, and what waits unread. To those who chose no digest it brings only what they are told of by
/// mail once a day. With neither there is no mail.
/// </summary>
internal sealed class MailDigest(HomeDb db, IMembers members, Agenda agenda, NotificationKinds kinds, Waiting waiting, HouseAddress house, HouseSettings settings, IMailSender mail) : IEffect<DigestDue>
{
    private const int Most = 20;

    public async Task HandleAsync(DigestDue happened, Delivery delivery, CancellationToken ct)
    {
        if (await members.ActorAsync(happened.Member, "digest", ct) is not { } actor) return;
        var contact = (await members.ContactsAsync([happened.Member], ct)).GetValueOrDefault(happened.Member);
        if (contact is null) return;
        var chosen = await db.Readers.AnyAsync(r => r.MemberId == happened.Member && r.DigestHour != null, ct);
        var template = chosen ? await WholeAsync(happened, actor, contact, ct) : await WaitingAsync(happened, contact, ct);
        if (template is null) return;
        try
        {
            await mail.SendAsync(template.To(new(contact.Email, contact.Name)) with { Key = $"digest-{contact.Id}-{happened.Day:yyyyMMdd}" }, ct);
        }
        catch (MailRefusedException)
        {
            // The address takes no mail; tomorrow's digest will find out the same.
        }
    }

    private async Task<MailTemplate?> WholeAsync(DigestDue due, Actor actor, MemberContact contact, CancellationToken ct)
    {
        var zone = Zones.Find(contact.TimeZone);
        var start = Zones.StartOf(due.Day, zone);
        var dates = await agenda.BetweenAsync(actor, start, Zones.StartOf(due.Day.AddDays(1), zone), ct);
        var unread = await waiting.SinceAsync(due.Member, start.AddDays(-1), null, Most, ct);
        if (dates.Count == 0 && unread.Count == 0) return null;
        var culture = Cultures.Find(contact.Culture);
        return new(await settings.TextAsync(KernelModule.HouseName, ct), $"Your day: {due.Day.ToString("D", culture)}")
        {
            Paragraphs = [Summary(dates.Count, unread.Count)],
            Items = [.. dates.Take(Most).Select(d => (new MailLink(d.Title, house.Of(d.Href)), (string?)When(d, zone, culture))), .. Items(unread)],
            Button = new("Open inbox", house.Of("/inbox")),
            Reason = "You chose a daily digest.",
            Unsubscribe = new("Change what you are mailed", house.Of("/settings/notifications")),
            Language = contact.Culture,
        };
    }

    private async Task<MailTemplate?> WaitingAsync(DigestDue due, MemberContact contact, CancellationToken ct)
    {
        var since = DigestDue.MorningOf(due.Day, Zones.Find(contact.TimeZone)).AddDays(-1);
        var unread = await waiting.SinceAsync(due.Member, since, [.. kinds.All.Where(k => k.Mail == MailTiming.Daily)], Most, ct);
        return unread.Count == 0 ? null : new(await settings.TextAsync(KernelModule.HouseName, ct), unread.Count == 1 ? unread[0].Text : $"{unread.Count} things wait for you")
        {
            Items = Items(unread),
            Button = new("Open inbox", house.Of("/inbox")),
            Reason = "You are told of these by mail once a day.",
            Unsubscribe = new("Change what you are mailed", house.Of("/settings/notifications")),
            Language = contact.Culture,
        };
    }

    private List<(MailLink, string?)> Items(IReadOnlyList<Notice> notices) => [.. notices.Select(n => (new MailLink(n.Title, house.Of(n.Href)), (string?)n.Text))];

    private static string Summary(int dates, int unread) =>
        $"{(dates == 0 ? "Nothing has a date today" : dates == 1 ? "One thing has its date today" : $"{dates} things have their date today")}; {(unread == 0 ? "your inbox is read" : $"{unread} unread in your inbox")}.";

    private static string When(AgendaEntry entry, TimeZoneInfo zone, IFormatProvider culture)
    {
        var time = entry.AllDay ? "Today" : TimeZoneInfo.ConvertTime(entry.At, zone).ToString("t", culture);
        return entry.Note is null ? time : $"{time} · {entry.Note}";
    }
}
