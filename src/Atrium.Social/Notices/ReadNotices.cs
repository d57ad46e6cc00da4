using Atrium.Contracts.Home;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Who read their whole inbox has read their notifications, in every app.</summary>
internal sealed class ReadNotices(SocialDb db, ReadMarker marker) : IReaction<InboxRead>
{
    public async Task HandleAsync(InboxRead happened, CancellationToken ct)
    {
        var newest = await (from n in db.Notices join a in db.Accounts on n.AccountId equals a.Id where a.MemberId == happened.Member && n.CreatedAt <= happened.Until orderby n.Id descending select new { n.AccountId, n.Id }).FirstOrDefaultAsync(ct);
        if (newest is not null) await marker.MoveAsync(ReadMarker.Notifications, newest.Id.Value, newest.AccountId, ct, tell: false);
    }
}
