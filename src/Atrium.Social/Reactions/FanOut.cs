using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Serves the followers beyond the first 500, a batch at a time.</summary>
internal sealed class FanOut(SocialDb db) : IReaction<FanOutDue>
{
    public async Task HandleAsync(FanOutDue happened, CancellationToken ct)
    {
        var status = await db.Statuses.FirstOrDefaultAsync(s => s.Id == happened.Status && s.DeletedAt == null, ct);
        if (status is null) return;
        var next = await HomeFan.FollowersAsync(db, status, happened.After, ct);
        // Who listens to their home is told now: the word at posting found nothing there yet.
        db.Announce(SocialTopics.Statuses, status.Id.Value, SocialTopics.Late, new { after = happened.After.ToString(), until = (next ?? new(long.MaxValue)).ToString() });
        if (next is { } after) db.Publish(new FanOutDue(status.Id, after), status.Id.ToString());
    }
}
