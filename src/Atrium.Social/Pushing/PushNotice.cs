using System.Text.Json;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Atrium.Kernel.Push;
using Atrium.Kernel.Text;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Wakes the apps of who was told something.</summary>
internal sealed class PushNotice(SocialDb db, PushSender sender, EndPushes pushes, EntityWriter write) : IEffect<NoticeMade>
{
    private const int BodyLength = 140;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    public async Task HandleAsync(NoticeMade happened, Delivery delivery, CancellationToken ct)
    {
        var row = await (
            from n in db.Notices
            join a in db.Accounts on n.FromId equals a.Id
            where n.Id == happened.Notice && !n.Filtered && n.DismissedAt == null
            select new
            {
                Notice = n, From = a,
                Follows = db.Follows.Any(f => f.AccountId == n.AccountId && f.TargetId == n.FromId && f.State == FollowState.Accepted),
                Followed = db.Follows.Any(f => f.AccountId == n.FromId && f.TargetId == n.AccountId && f.State == FollowState.Accepted),
                Text = db.Statuses.Where(s => s.Id == n.StatusId && s.DeletedAt == null).Select(s => s.Spoiler != "" ? s.Spoiler : s.Plain).FirstOrDefault(),
            }).FirstOrDefaultAsync(ct);
        if (row is null) return;
        var type = NoticeReader.WordOf(row.Notice.Type);
        foreach (var push in await db.ClientPushes.Where(p => p.AccountId == row.Notice.AccountId).ToListAsync(ct))
        {
            var wanted = push.Policy switch { "followed" => row.Follows, "follower" => row.Followed, "none" => false, _ => true };
            if (!wanted || !push.Alerts.Contains(type) || await pushes.TokenAsync(push, ct) is not { } token) continue;
            var name = row.From.DisplayName.Length > 0 ? row.From.DisplayName : row.From.Username;
            var payload = JsonSerializer.SerializeToUtf8Bytes(new
            {
                access_token = token, preferred_locale = push.Locale, notification_id = row.Notice.Id.ToString(), notification_type = type,
                icon = write.Absolute(row.From.AvatarUrl ?? EntityWriter.NoAvatar), title = NoticeKinds.Words(row.Notice.Type, name), body = PlainText.Excerpt(row.Text ?? "", BodyLength),
            });
            var sent = await sender.SendAsync(new(push.Endpoint, push.P256dh, push.Auth, Draft: !push.Standard), payload, Kept, ct: ct);
            if (sent.Outcome == PushOutcome.Gone) await db.ClientPushes.Where(p => p.Id == push.Id).ExecuteDeleteAsync(ct);
        }
    }
}
