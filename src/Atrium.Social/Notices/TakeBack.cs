using Atrium.Contracts.Home;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Notifications of what is no longer so, or of somebody one wants nothing to do with: they go here, and from Home's inbox.</summary>
internal static class TakeBack
{
    private const int Batch = 500;

    /// <summary>In the transaction under way.</summary>
    public static async Task TakeBackAsync(this SocialDb db, IQueryable<Notice> notices, CancellationToken ct)
    {
        await db.SilenceAsync(notices, ct);
        await notices.ExecuteDeleteAsync(ct);
    }

    /// <summary>They leave Home's inbox alone, in the transaction under way.</summary>
    public static async Task SilenceAsync(this SocialDb db, IQueryable<Notice> notices, CancellationToken ct)
    {
        var told = await (from n in notices join a in db.Accounts on n.AccountId equals a.Id select new { n.Id, n.AccountId, a.MemberId }).ToListAsync(ct);
        foreach (var reader in told.GroupBy(t => (t.AccountId, t.MemberId)))
        {
            OwnTopic.Wake(db, OwnTopic.NoticesOf(reader.Key.AccountId));
            if (reader.Key.MemberId is not { } member) continue;
            foreach (var some in reader.Chunk(Batch)) db.Publish(new NotificationWithdrawn([.. some.Select(t => Notifier.KeyOf(t.Id))], member), member.ToString());
        }
    }

    /// <summary>What people of other servers said of things, whom Home does not know: their newest comments leave a member's inbox.</summary>
    public static async Task SilenceCommentsAsync(this SocialDb db, IQueryable<Status> theirs, Id<Member> reader, CancellationToken ct)
    {
        var said = await theirs.Where(s => s.DiscussionId != null && s.Kind == StatusKind.Note).OrderByDescending(s => s.Id).Take(Batch).Select(s => s.Id).ToListAsync(ct);
        if (said.Count > 0) db.Publish(new NotificationWithdrawn([.. said.Select(TellOfComment.KeyOf)], reader), reader.ToString());
    }
}
