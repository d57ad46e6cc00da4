using Atrium.Contracts.Accounts;
using Atrium.Contracts.Home;
using Atrium.Contracts.Social;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>
/// Tells each recipient once: not of their own act, nor of that of somebody blocked or muted, not what they muted or may no longer see, and by the
/// channels they chose.
/// </summary>
internal sealed class DeliverNotification(HomeDb db, Visible visible, NotificationKinds kinds, IMembers members, IEnumerable<IRelations> relations) : IReaction<NotificationRaised>
{
    private const int Batch = 500;

    public async Task HandleAsync(NotificationRaised happened, CancellationToken ct)
    {
        var kind = kinds.Find(happened.Kind) ?? throw new InvalidOperationException($"No module registered the notification kind {happened.Kind}.");
        foreach (var recipients in happened.Recipients.Where(r => r != happened.Actor).Distinct().Order().Chunk(Batch))
            await DeliverAsync(happened, kind, recipients, ct);
    }

    private async Task DeliverAsync(NotificationRaised happened, NotificationKind kind, IReadOnlyCollection<Id<Member>> recipients, CancellationToken ct)
    {
        var (card, readers) = await visible.ToAsync(happened.Subject, recipients, ct);
        if (card is null || readers.Count == 0) return;

        var cause = happened.Cause ?? happened.Subject;
        var asked = readers.Keys.ToList();
        if (happened.Actor is { } actor)
            foreach (var door in relations) asked = [.. asked.Except(await door.DeafToAsync(actor, asked, ct))];
        var muted = await db.Mutes.Where(m => asked.Contains(m.MemberId) && (m.Cause == cause || m.Cause == happened.Subject)).Select(m => m.MemberId).ToListAsync(ct);
        var chosen = await db.Preferences.Where(p => asked.Contains(p.MemberId) && p.Kind == kind.Key).ToDictionaryAsync(p => p.MemberId, p => p.Channels, ct);
        Channels ChannelsOf(Id<Member> member) => chosen.GetValueOrDefault(member, kind.Default) | kind.Always;
        var willing = asked.Except(muted).Where(m => ChannelsOf(m) != Channels.None).Order().ToList();
        if (willing.Count == 0) return;

        if (happened.Once is { } once) willing = await db.TellOnceAsync(willing, once, ct);
        if (willing.Count == 0) return;

        // Taking each reader's row first lets two deliveries to one member follow each other, so that the second finds the first's bundle.
        var settings = await db.TouchAsync(willing, ct);
        var bundles = await BundlesAsync(kind, happened.Subject, willing, ct);
        var seen = kind.Mail == MailTiming.Away ? await members.LastSeenAsync(willing, ct) : new Dictionary<Id<Member>, DateTimeOffset>();
        foreach (var member in willing)
        {
            var notice = bundles.GetValueOrDefault(member);
            if (notice is not null) notice.Join(Line(happened.Text), card.Title, happened.Href ?? card.Href, happened.Actor, db.Now);
            else notice = Tell(happened, kind, card, cause, readers[member], ChannelsOf(member), settings[member]);
            db.NoticeParts.Add(new() { NoticeId = notice.Id, MemberId = member, Once = happened.Once is { } key ? Told.KeyOf(key) : null, ActorId = happened.Actor, Text = Line(happened.Text), At = db.Now });
            if (ChannelsOf(member).HasFlag(Channels.Mail)) await MailLaterAsync(kind, readers[member], settings[member], seen, ct);
        }
    }

    private async Task<Dictionary<Id<Member>, Notice>> BundlesAsync(NotificationKind kind, Thing subject, List<Id<Member>> members, CancellationToken ct)
    {
        if (kind.Bundle is not { } time) return [];
        var from = db.Now - time;
        var open = await db.Notices.AsTracking()
            .Where(n => members.Contains(n.MemberId) && n.Subject == subject && n.Kind == kind.Key && n.RaisedAt > from && (n.ReadAt == null || !n.Shown))
            .ToListAsync(ct);
        return open.GroupBy(n => n.MemberId).ToDictionary(g => g.Key, g => g.MaxBy(n => n.Id)!);
    }

    private Notice Tell(NotificationRaised happened, NotificationKind kind, ThingCard card, Thing cause, MemberContact reader, Channels channels, Reader settings)
    {
        var shown = channels.HasFlag(Channels.Inbox);
        var notice = new Notice
        {
            MemberId = reader.Id,
            Kind = kind.Key,
            Room = card.Room,
            Subject = happened.Subject,
            Cause = cause,
            ActorId = happened.Actor,
            Text = Line(happened.Text),
            Title = card.Title,
            Href = happened.Href ?? card.Href,
            Shown = shown,
            RaisedAt = db.Now,
            LatestAt = db.Now,
            ReadAt = shown ? null : db.Now,
        };
        db.Notices.Add(notice);
        if (channels.HasFlag(Channels.Mail) && kind.Mail == MailTiming.AtOnce) db.Publish(new NoticeMailDue(notice.Id));
        if (channels.HasFlag(Channels.Push)) db.Publish(new NoticePushDue(notice.Id), due: settings.QuietEnds(db.Now, Zones.Find(reader.TimeZone)));
        return notice;
    }

    private async Task MailLaterAsync(NotificationKind kind, MemberContact reader, Reader settings, IReadOnlyDictionary<Id<Member>, DateTimeOffset> seen, CancellationToken ct)
    {
        if (kind.Mail == MailTiming.Away) db.Publish(new AwayMailDue(reader.Id), reader.Id.ToString(), due: AwayMailDue.At(seen.GetValueOrDefault(reader.Id, db.Now), db.Now));
        if (kind.Mail != MailTiming.Daily || settings.DigestHour is not null) return;
        var (day, due) = DigestDue.Next(db.Now, Zones.Find(reader.TimeZone));
        if (await db.TakeDigestAsync(reader.Id, day, ct)) db.Publish(new DigestDue(reader.Id, day), due: due);
    }

    private static string Line(string text) => text.Length <= Notice.LongestText ? text : text[..(Notice.LongestText - 1)] + "…";
}
