using Atrium.Contracts.Home;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>What a member read in a room is read in their inbox.</summary>
internal sealed class ReadRoom(HomeDb db, NotificationKinds kinds) : IReaction<RoomRead>
{
    public async Task HandleAsync(RoomRead happened, CancellationToken ct)
    {
        List<string> read = [.. kinds.All.Where(k => k.Room == happened.Room).Select(k => k.Key)];
        var now = db.Now;
        var until = happened.Until ?? now;
        var rows = db.Notices.Where(n => n.MemberId == happened.Member && n.ReadAt == null && n.LatestAt <= until && read.Contains(n.Kind));
        if (await rows.ExecuteUpdateAsync(set => set.SetProperty(n => n.ReadAt, now), ct) > 0) await db.TouchAsync([happened.Member], ct);
    }
}
