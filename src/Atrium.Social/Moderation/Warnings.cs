using System.Globalization;
using Atrium.Kernel;

namespace Atrium.Social;

/// <summary>Tells an account what moderators did about it, as apps show it. Home tells its member too, with the way to object.</summary>
internal sealed class Warnings(SocialDb db, Notifier notifier)
{
    /// <summary>In the transaction in which it was done.</summary>
    /// <param name="action">In Mastodon's words: <c>silence</c>, <c>suspend</c>, <c>sensitive</c>, <c>delete_statuses</c>, <c>mark_statuses_as_sensitive</c>, <c>none</c>.</param>
    public Task TellAsync(Id<Account> account, string action, string reason, CancellationToken ct, Id<Status>? status = null) => notifier.TellOwnAsync(
        new(NoticeType.ModerationWarning, account, string.Create(CultureInfo.InvariantCulture, $"moderation:{action}:{status?.Value ?? 0}:{db.Now.ToUnixTimeMilliseconds()}"), Detail: reason), ct);

    public static WarningEntity Entity(Notice notice, AccountEntity target)
    {
        var parts = notice.Activity.Split(':');
        var (action, status) = parts is ["moderation", var done, var post, ..] ? (done, post) : ("none", "0");
        return new(notice.Id.ToString(), action, notice.Detail ?? "", status == "0" ? [] : [status], target, notice.CreatedAt, null);
    }
}
