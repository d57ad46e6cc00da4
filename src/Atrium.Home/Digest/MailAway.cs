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

/// <summary>Somebody who may be away has something waiting.</summary>
[EventName("home.away_mail_due")]
internal sealed record AwayMailDue(Id<Member> Member)
{
    /// <summary>Who was not here for so long is away.</summary>
    public static readonly TimeSpan Away = TimeSpan.FromDays(3);

    // What is said in one breath goes in one mail.
    private static readonly TimeSpan Gathered = TimeSpan.FromMinutes(15);

    /// <summary>When to look: once they are away, if they do not come before.</summary>
    public static DateTimeOffset At(DateTimeOffset seen, DateTimeOffset now) => seen + Away > now + Gathered ? seen + Away : now + Gathered;
}

/// <summary>
/// Tells who has been away by mail what waits unread since they left: all of it in one mail, each thing once, and one mail a day. Who came by
/// since has seen it.
/// </summary>
internal sealed class MailAway(HomeDb db, IMembers members, NotificationKinds kinds, Waiting waiting, WaitingLetter letter) : IEffect<AwayMailDue>
{
    private const int Most = 20;
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public async Task HandleAsync(AwayMailDue happened, Delivery delivery, CancellationToken ct)
    {
        var member = happened.Member;
        if ((await members.ContactsAsync([member], ct)).GetValueOrDefault(member) is not { Active: true } contact) return;
        var seen = (await members.LastSeenAsync([member], ct)).GetValueOrDefault(member, db.Now);
        if (seen + AwayMailDue.Away > db.Now) return;
        var told = (await db.Told.Where(t => t.MemberId == member && t.Once.StartsWith(Prefix)).Select(t => new { t.Once, t.At }).ToListAsync(ct)).ToDictionary(t => t.Once, t => t.At);
        var unread = (await waiting.SinceAsync(member, seen, [.. kinds.All.Where(k => k.Mail == MailTiming.Away)], Most, ct)).Where(n => !told.ContainsKey(KeyOf(n))).ToList();
        if (unread.Count == 0) return;
        if (told.Count > 0 && told.Values.Max() + Day is var next && next > db.Now)
        {
            db.Publish(happened, member.ToString(), due: next);
            await db.SaveChangesAsync(ct);
            return;
        }

        await letter.SendAsync(
            await letter.OfAsync(unread, contact, "You have not been here for a while, and chose to be told of these by mail.", ct), contact, $"away-{contact.Id}-{unread[0].Id}", ct);
        await db.WriteAsync(
            async token =>
            {
                foreach (var notice in unread) await db.TellOnceAsync([member], KeyOf(notice), token);
            },
            ct);
    }

    private const string Prefix = "away-mail:";

    private static string KeyOf(Notice notice) => Prefix + notice.Id;
}
