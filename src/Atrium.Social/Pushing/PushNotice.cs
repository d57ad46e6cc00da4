using System.Text.Json;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Atrium.Kernel.Push;
using Atrium.Kernel.Text;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>A push server was busy: one app is to be woken later.</summary>
/// <param name="Attempts">How often it was tried.</param>
[EventName("social.push_again")]
internal sealed record PushAgain(Id<Notice> Notice, int Push, int Attempts);

/// <summary>Wakes the apps of who was told something, each at most once, and again only where the push server asked for that.</summary>
internal sealed class PushNotice(SocialDb db, PushSender sender, EndPushes pushes, EntityWriter write) : IEffect<NoticeMade>, IEffect<PushAgain>
{
    private const int BodyLength = 140;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(2);

    public async Task HandleAsync(NoticeMade happened, Delivery delivery, CancellationToken ct)
    {
        if (await FindAsync(happened.Notice, ct) is not { } told) return;
        foreach (var push in await db.ClientPushes.Where(p => p.AccountId == told.Notice.AccountId).ToListAsync(ct)) await SendAsync(told, push, 0, ct);
    }

    public async Task HandleAsync(PushAgain happened, Delivery delivery, CancellationToken ct)
    {
        if (await FindAsync(happened.Notice, ct) is { } told && await db.ClientPushes.FirstOrDefaultAsync(p => p.Id == happened.Push, ct) is { } push) await SendAsync(told, push, happened.Attempts, ct);
    }

    private Task<Told?> FindAsync(Id<Notice> id, CancellationToken ct) => (
        from n in db.Notices
        join a in db.Accounts on n.FromId equals a.Id
        where n.Id == id && !n.Filtered && n.DismissedAt == null
        select new Told(
            n, a,
            db.Follows.Any(f => f.AccountId == n.AccountId && f.TargetId == n.FromId && f.State == FollowState.Accepted),
            db.Follows.Any(f => f.AccountId == n.FromId && f.TargetId == n.AccountId && f.State == FollowState.Accepted),
            db.Statuses.Where(s => s.Id == n.StatusId && s.DeletedAt == null).Select(s => s.Spoiler != "" ? s.Spoiler : s.Plain).FirstOrDefault())).FirstOrDefaultAsync(ct);

    private async Task SendAsync(Told told, ClientPush push, int attempts, CancellationToken ct)
    {
        var type = NoticeReader.WordOf(told.Notice.Type);
        var wanted = push.Policy switch { "followed" => told.Follows, "follower" => told.Followed, "none" => false, _ => true };
        if (!wanted || !push.Alerts.Contains(type) || await pushes.TokenAsync(push, ct) is not { } token) return;
        var name = told.From.DisplayName.Length > 0 ? told.From.DisplayName : told.From.Username;
        var payload = JsonSerializer.SerializeToUtf8Bytes(new
        {
            access_token = token, preferred_locale = push.Locale, notification_id = told.Notice.Id.ToString(), notification_type = type,
            icon = write.Absolute(told.From.AvatarUrl ?? EntityWriter.NoAvatar), title = NoticeKinds.Words(told.Notice.Type, name), body = PlainText.Excerpt(told.Text ?? "", BodyLength),
        });
        var to = new PushSubscription(push.Endpoint, push.P256dh, push.Auth, Draft: !push.Standard);
        if (await sender.SendOnceAsync(db, new(told.Notice.Id.Value, push.Id, attempts), to, payload, Kept, ct: ct) is not { } sent) return;
        if (sent.Outcome == PushOutcome.Gone) await db.ClientPushes.Where(p => p.Id == push.Id).ExecuteDeleteAsync(ct);
        if (sent.RetryAfter is { } wait) await LaterAsync(new(told.Notice.Id, push.Id, attempts + 1), wait, ct);
    }

    private Task LaterAsync(PushAgain again, TimeSpan wait, CancellationToken ct) => db.WriteAsync(
        _ =>
        {
            db.Publish(again, due: db.Now + wait);
            return Task.CompletedTask;
        },
        ct);

    private sealed record Told(Notice Notice, Account From, bool Follows, bool Followed, string? Text);
}
