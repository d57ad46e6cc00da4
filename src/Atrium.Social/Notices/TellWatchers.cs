using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>More of those who watch an author are to be told of a post.</summary>
/// <param name="After">The last follow that was served.</param>
[EventName("social.watchers_due")]
internal sealed record WatchersDue(Id<Status> Status, Id<Follow> After);

/// <summary>Tells those who follow an author with a bell of a post: the first 500 in the posting transaction, the rest by the outbox in batches.</summary>
internal sealed class TellWatchers(SocialDb db, Notifier notifier) : IReaction<WatchersDue>
{
    public const int Batch = 500;

    public async Task HandleAsync(WatchersDue happened, CancellationToken ct)
    {
        if (await db.Statuses.FirstOrDefaultAsync(s => s.Id == happened.Status && s.DeletedAt == null, ct) is { } status) await TellAsync(status, happened.After, ct);
    }

    /// <summary>The next batch, in the transaction under way. Who is named in the post is told of that instead; who does not see it, of nothing.</summary>
    public async Task TellAsync(Status status, Id<Follow> after, CancellationToken ct)
    {
        var rows = await (
            from f in db.Follows
            join a in db.Accounts on f.AccountId equals a.Id
            where f.TargetId == status.AccountId && f.Notify && f.State == FollowState.Accepted && f.Id > after && a.MemberId != null
            orderby f.Id
            select new { f.Id, f.AccountId, Member = a.MemberId!.Value, Named = db.Mentions.Any(m => m.StatusId == status.Id && m.AccountId == a.Id) }).Take(Batch).ToListAsync(ct);
        if (rows.Count == 0) return;
        var readers = rows.Where(r => !r.Named).ToList();
        List<Id<Account>> told = [.. readers.Select(r => r.AccountId)];
        if (status.Visibility is Visibility.Group or Visibility.Members || status.DiscussionId is not null)
            told = [.. (await db.WhoSeesAsync(status.Id, [.. readers.Select(r => Viewer.OfMember(r.Member, r.AccountId))], ct)).Select(v => v.Me!.Value)];
        await notifier.TellAsync(new(NoticeType.Status, status.AccountId, $"status:{status.Id}", status), told, ct);
        if (rows.Count == Batch) db.Publish(new WatchersDue(status.Id, rows[^1].Id), status.Id.ToString());
    }
}
