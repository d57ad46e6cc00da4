using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Closes a poll when its time is over and tells its author and everyone who voted, once.</summary>
internal sealed class ClosePoll(SocialDb db, Notifier notifier) : IReaction<PollEnds>
{
    public async Task HandleAsync(PollEnds happened, CancellationToken ct)
    {
        DateTimeOffset? now = db.Now;
        if (await db.Polls.Where(p => p.Id == happened.Poll && p.ClosedAt == null && p.ExpiresAt <= now).ExecuteUpdateAsync(set => set.SetProperty(p => p.ClosedAt, now), ct) == 0) return;
        var status = await (from p in db.Polls join s in db.Statuses on p.StatusId equals s.Id where p.Id == happened.Poll && s.DeletedAt == null select s).FirstOrDefaultAsync(ct);
        if (status is null) return;
        var voters = await db.PollVotes.Where(v => v.PollId == happened.Poll).Select(v => v.AccountId).Distinct().ToListAsync(ct);
        await notifier.TellAsync(new(NoticeType.Poll, status.AccountId, $"poll:{happened.Poll}", status), voters, ct);
        await notifier.TellOwnAsync(new(NoticeType.Poll, status.AccountId, $"poll:{happened.Poll}", status), ct);
        if (status.IsLocal) db.Publish(new TotalsDue(happened.Poll, db.Now));
        db.Announce(SocialTopics.Statuses, status.Id.Value, "status.update");
    }
}
