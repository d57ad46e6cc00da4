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

/// <summary>
/// Wakes the apps of who was told something, each at most once: the try is written down before it is made, so that after a crash none is made twice.
/// Only a push server that asks for it (RFC 8030, 8.4) gets it again.
/// </summary>
internal sealed class PushNotice(SocialDb db, PushSender sender, EndPushes pushes, EntityWriter write) : IEffect<NoticeMade>, IEffect<PushAgain>
{
    private const int BodyLength = 140;
    private const int Tries = 5;
    private static readonly TimeSpan Kept = TimeSpan.FromDays(2);
    private static readonly TimeSpan Soonest = TimeSpan.FromSeconds(1);

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
        if (!wanted || !push.Alerts.Contains(type) || await pushes.TokenAsync(push, ct) is not { } token || !await TakeAsync(told.Notice.Id, push.Id, attempts, ct)) return;
        var name = told.From.DisplayName.Length > 0 ? told.From.DisplayName : told.From.Username;
        var payload = JsonSerializer.SerializeToUtf8Bytes(new
        {
            access_token = token, preferred_locale = push.Locale, notification_id = told.Notice.Id.ToString(), notification_type = type,
            icon = write.Absolute(told.From.AvatarUrl ?? EntityWriter.NoAvatar), title = NoticeKinds.Words(told.Notice.Type, name), body = PlainText.Excerpt(told.Text ?? "", BodyLength),
        });
        var sent = await sender.SendAsync(new(push.Endpoint, push.P256dh, push.Auth, Draft: !push.Standard), payload, Kept, ct: ct);
        if (sent.Outcome == PushOutcome.Gone) await db.ClientPushes.Where(p => p.Id == push.Id).ExecuteDeleteAsync(ct);
        if (sent is { Outcome: PushOutcome.Failed, RetryAfter: { } wait } && attempts + 1 < Tries) await LaterAsync(new(told.Notice.Id, push.Id, attempts + 1), wait, ct);
    }

    // One row for each app and notification: only who writes it, or moves it on by one, may send.
    private async Task<bool> TakeAsync(Id<Notice> notice, int push, int attempts, CancellationToken ct) => attempts == 0
        ? await db.Database.ExecuteSqlRawAsync("INSERT INTO social_push_claim (notice_id, push_id, attempts, at) VALUES ({0}, {1}, 1, {2}) ON CONFLICT DO NOTHING", [notice.Value, push, db.Instant(db.Now)], ct) == 1
        : await db.PushClaims.Where(c => c.NoticeId == notice && c.PushId == push && c.Attempts == attempts).ExecuteUpdateAsync(set => set.SetProperty(c => c.Attempts, c => c.Attempts + 1), ct) == 1;

    // Nobody wants to be woken for what is days old.
    private Task LaterAsync(PushAgain again, TimeSpan wait, CancellationToken ct) => wait > Kept ? Task.CompletedTask : db.WriteAsync(
        _ =>
        {
            db.Publish(again, due: db.Now + (wait > Soonest ? wait : Soonest));
            return Task.CompletedTask;
        },
        ct);

    private sealed record Told(Notice Notice, Account From, bool Follows, bool Followed, string? Text);
}
