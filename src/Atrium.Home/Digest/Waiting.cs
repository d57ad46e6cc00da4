using Atrium.Contracts.Home;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>What waits unread in somebody's inbox and may be told by mail: nothing that they may no longer see.</summary>
internal sealed class Waiting(HomeDb db, Visible visible)
{
    /// <param name="kinds">Only of these, where the member chose mail; null is everything.</param>
    public async Task<IReadOnlyList<Notice>> SinceAsync(Id<Member> member, DateTimeOffset since, IReadOnlyList<NotificationKind>? kinds, int most, CancellationToken ct)
    {
        var unread = db.Notices.Where(n => n.MemberId == member && n.ReadAt == null && n.LatestAt >= since);
        if (kinds is not null)
        {
            var chosen = await db.Preferences.Where(p => p.MemberId == member).ToDictionaryAsync(p => p.Kind, p => p.Channels, ct);
            List<string> mailed = [.. kinds.Where(k => (chosen.GetValueOrDefault(k.Key, k.Default) | k.Always).HasFlag(Channels.Mail)).Select(k => k.Key)];
            unread = unread.Where(n => mailed.Contains(n.Kind));
        }

        List<Notice> seen = [];
        foreach (var notice in await unread.OrderByDescending(n => n.LatestAt).Take(most).ToListAsync(ct))
            if ((await visible.ToAsync(notice.Subject, [member], ct)).Readers.Count > 0) seen.Add(notice);
        return seen;
    }
}
