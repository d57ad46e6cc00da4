using System.Text.Json;
using Atrium.Contracts.Social;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Outbox;
using Atrium.Kernel.Push;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

[EventName("home.notice_push_due")]
internal sealed record NoticePushDue(Id<Notice> Notice);

/// <summary>Rings a member's browsers for one notice, unless they have read it meanwhile. A browser that is gone is forgotten.</summary>
internal sealed class PushNotice(HomeDb db, Visible visible, PushSender push, IEnumerable<IRelations> relations) : IEffect<NoticePushDue>
{
    private static readonly TimeSpan Keep = TimeSpan.FromDays(1);

    public async Task HandleAsync(NoticePushDue happened, Delivery delivery, CancellationToken ct)
    {
        var notice = await db.Notices.FirstOrDefaultAsync(n => n.Id == happened.Notice, ct);
        if (notice is null || (notice.Shown && notice.ReadAt is not null)) return;
        var devices = await db.PushDevices.Where(d => d.MemberId == notice.MemberId).ToListAsync(ct);
        if (devices.Count == 0) return;
        var (_, readers) = await visible.ToAsync(notice.Subject, [notice.MemberId], ct);
        if (readers.Count == 0) return;
        // A ring may have waited for the end of a quiet night, and they may have muted its cause meanwhile.
        if (notice.ActorId is { } actor)
            foreach (var door in relations)
                if ((await door.DeafToAsync(actor, [notice.MemberId], ct)).Count > 0) return;

        var payload = JsonSerializer.SerializeToUtf8Bytes(new { title = notice.Title, body = notice.Text, href = notice.Href, tag = notice.Id }, ApiJson.Options);
        var gone = new List<Id<PushDevice>>();
        PushResult? failed = null;
        foreach (var device in devices)
        {
            // The topic makes a repeated ring replace the first where it still waits.
            var result = await push.SendAsync(new(device.Endpoint, device.P256dh, device.Auth), payload, Keep, topic: notice.Id.ToString(), ct: ct);
            if (result.Outcome == PushOutcome.Gone) gone.Add(device.Id);
            if (result.Outcome == PushOutcome.Failed) failed = result;
        }

        if (gone.Count > 0) await db.PushDevices.Where(d => gone.Contains(d.Id)).ExecuteDeleteAsync(ct);
        // Two tries and no more: a ring that comes hours late helps nobody.
        if (failed is not null && delivery.Attempt < 3) throw new InvalidOperationException($"A push server did not take it: {failed.Detail}");
    }
}
