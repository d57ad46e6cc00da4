using Atrium.Contracts.Home;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Notifications of what is no longer so, or of somebody one wants nothing to do with: they go here, and from Home's inbox.</summary>
internal static class TakeBack
{
    private const int Batch = 500;

    /// <summary>In the transaction under way.</summary>
    public static async Task TakeBackAsync(this SocialDb db, IQueryable<Notice> notices, CancellationToken ct)
    {
        var told = await (from n in notices join a in db.Accounts on n.AccountId equals a.Id select new { n.Id, n.AccountId, a.MemberId }).ToListAsync(ct);
        if (told.Count == 0) return;
        await notices.ExecuteDeleteAsync(ct);
        foreach (var reader in told.GroupBy(t => (t.AccountId, t.MemberId)))
        {
            OwnTopic.Wake(db, OwnTopic.NoticesOf(reader.Key.AccountId));
            if (reader.Key.MemberId is not { } member) continue;
            foreach (var some in reader.Chunk(Batch)) db.Publish(new NotificationWithdrawn([.. some.Select(t => Notifier.KeyOf(t.Id))], member), member.ToString());
        }
    }
}
