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
internal sealed class MailDigest(HomeDb db, IMembers members, Agenda agenda, NotificationKinds kinds, Waiting waiting, WaitingLetter letter, HouseAddress house) : IEffect<DigestDue>
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
        await letter.SendAsync(template, contact, $"digest-{contact.Id}-{happened.Day:yyyyMMdd}", ct);
    }

    private async Task<MailTemplate?> WholeAsync(DigestDue due, Actor actor, MemberContact contact, CancellationToken ct)
    {
        var zone = Zones.Find(contact.TimeZone);
        var start = Zones.StartOf(due.Day, zone);
        var dates = await agenda.BetweenAsync(actor, start, Zones.StartOf(due.Day.AddDays(1), zone), ct);
        var unread = await waiting.SinceAsync(due.Member, start.AddDays(-1), null, Most, ct);
        if (dates.Count == 0 && unread.Count == 0) return null;
        var culture = Cultures.Find(contact.Culture);
        var today = dates.Take(Most).Select(d => (new MailLink(d.Title, house.Of(d.Href)), (string?)When(d, zone, culture)));
        return (await letter.OfAsync($"Your day: {due.Day.ToString("D", culture)}", [.. today, .. letter.Items(unread)], contact, "You chose a daily digest.", ct)) with { Paragraphs = [Summary(dates.Count, unread.Count)] };
    }

    private async Task<MailTemplate?> WaitingAsync(DigestDue due, MemberContact contact, CancellationToken ct)
    {
        var since = DigestDue.MorningOf(due.Day, Zones.Find(contact.TimeZone)).AddDays(-1);
        var unread = await waiting.SinceAsync(due.Member, since, [.. kinds.All.Where(k => k.Mail == MailTiming.Daily)], Most, ct);
        return unread.Count == 0 ? null : await letter.OfAsync(unread, contact, "You are told of these by mail once a day.", ct);
    }

    private static string Summary(int dates, int unread) =>
        $"{(dates == 0 ? "Nothing has a date today" : dates == 1 ? "One thing has its date today" : $"{dates} things have their date today")}; {(unread == 0 ? "your inbox is read" : $"{unread} unread in your inbox")}.";

    private static string When(AgendaEntry entry, TimeZoneInfo zone, IFormatProvider culture)
    {
        var time = entry.AllDay ? "Today" : TimeZoneInfo.ConvertTime(entry.At, zone).ToString("t", culture);
        return entry.Note is null ? time : $"{time} · {entry.Note}";
    }
}
