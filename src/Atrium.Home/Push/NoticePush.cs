using System.Text.Json;
using Atrium.Contracts.Accounts;
using Atrium.Contracts.Social;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Outbox;
using Atrium.Kernel.Push;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

[EventName("home.notice_push_due")]
internal sealed record NoticePushDue(Id<Notice> Notice);

/// <summary>A push server was busy: one browser is to be rung later.</summary>
/// <param name="Attempts">How often it was tried.</param>
[EventName("home.notice_push_again")]
internal sealed record NoticePushAgain(Id<Notice> Notice, Id<PushDevice> Device, int Attempts);

/// <summary>
/// Rings a member's browsers for one notice, unless they have read it meanwhile; each at most once, and again only where the push server asked for
/// that. A browser that is gone is forgotten.
/// </summary>
internal sealed class PushNotice(HomeDb db, Visible visible, PushSender push, IEnumerable<IRelations> relations) : IEffect<NoticePushDue>, IEffect<NoticePushAgain>
{
    private static readonly TimeSpan Keep = TimeSpan.FromDays(1);

    public async Task HandleAsync(NoticePushDue happened, Delivery delivery, CancellationToken ct)
    {
        if (await FindAsync(happened.Notice, ct) is not { } told) return;
        foreach (var device in await db.PushDevices.Where(d => d.MemberId == told.Notice.MemberId).ToListAsync(ct)) await RingAsync(told, device, 0, ct);
    }

    public async Task HandleAsync(NoticePushAgain happened, Delivery delivery, CancellationToken ct)
    {
        if (await FindAsync(happened.Notice, ct) is not { } told) return;
        if (await db.PushDevices.FirstOrDefaultAsync(d => d.Id == happened.Device && d.MemberId == told.Notice.MemberId, ct) is { } device) await RingAsync(told, device, happened.Attempts, ct);
    }

    // A ring may have waited for the end of a quiet night: they may have read it, muted its cause, or lost sight of it meanwhile.
    private async Task<Told?> FindAsync(Id<Notice> id, CancellationToken ct)
    {
        var notice = await db.Notices.FirstOrDefaultAsync(n => n.Id == id, ct);
        if (notice is null || (notice.Shown && notice.ReadAt is not null)) return null;
        var (_, readers) = await visible.ToAsync(notice.Subject, [notice.MemberId], ct);
        if (readers.Count == 0) return null;
        if (notice.ActorId is { } actor)
            foreach (var door in relations)
                if ((await door.DeafToAsync(actor, [notice.MemberId], ct)).Count > 0) return null;
        return new(notice, readers[notice.MemberId]);
    }

    private async Task RingAsync(Told told, PushDevice device, int attempts, CancellationToken ct)
    {
        var notice = told.Notice;
        var payload = JsonSerializer.SerializeToUtf8Bytes(new { title = notice.Title, body = notice.Text, href = notice.Href, tag = notice.Id }, ApiJson.Options);
        var to = new PushSubscription(device.Endpoint, device.P256dh, device.Auth);
        if (await push.SendOnceAsync(db, new(notice.Id.Value, device.Id.Value, attempts), to, payload, Keep, topic: notice.Id.ToString(), ct: ct) is not { } sent) return;
        if (sent.Outcome == PushOutcome.Gone) await db.PushDevices.Where(d => d.Id == device.Id).ExecuteDeleteAsync(ct);
        if (sent.RetryAfter is { } wait) await LaterAsync(new(notice.Id, device.Id, attempts + 1), told.Reader, db.Now + wait, ct);
    }

    private async Task LaterAsync(NoticePushAgain again, MemberContact reader, DateTimeOffset at, CancellationToken ct)
    {
        var settings = await db.Readers.FirstOrDefaultAsync(r => r.MemberId == reader.Id, ct);
        await db.WriteAsync(
            _ =>
            {
                db.Publish(again, due: settings?.QuietEnds(at, Zones.Find(reader.TimeZone)) ?? at);
                return Task.CompletedTask;
            },
            ct);
    }

    private sealed record Told(Notice Notice, MemberContact Reader);
}
