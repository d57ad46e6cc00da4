using Atrium.Contracts.Social;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Blocks and unblocks. A block ends every follow between the two, both homes forget, and earlier notifications disappear.</summary>
internal sealed class BlockAccount(SocialDb db, FollowAccount follows)
{
    public Task HandleAsync(Id<Account> target, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        if (me == target) throw Refusal.Forbidden("This action is not allowed");
        return db.WriteAsync(
            async token =>
            {
                await PairLock.TakeAsync(db, me, target, token);
                var mine = await db.Accounts.FirstAsync(a => a.Id == me, token);
                var theirs = await db.Accounts.FirstOrDefaultAsync(a => a.Id == target, token) ?? throw Refusal.NotFound("Record not found");
                if (await db.Blocks.AnyAsync(b => b.AccountId == me && b.TargetId == target, token)) return;
                var block = new Block { AccountId = me, TargetId = target, Uri = $"{mine.Uri}/blocks/{Id<Block>.New()}" };
                db.Blocks.Add(block);
                await db.SaveChangesAsync(token);
                await follows.EndAsync(mine, theirs, "ended", token);
                await follows.EndAsync(theirs, mine, "rejected", token);
                await ForgetAsync(me, target, token);
                db.Publish(new BlockChanged(me, target, Undone: false, block.Uri), target.ToString());
                if (mine.MemberId is not { } member) return;
                if (theirs.MemberId is { } other) db.Publish(new MemberBlocked(member, other));
                else await db.SilenceCommentsAsync(db.Statuses.Where(s => s.AccountId == target), member, token);
            },
            ct);
    }

    public Task UnblockAsync(Id<Account> target, Viewer viewer, CancellationToken ct)
    {
        var me = viewer.Demand();
        return db.WriteAsync(
            async token =>
            {
                var block = await db.Blocks.FirstOrDefaultAsync(b => b.AccountId == me && b.TargetId == target, token);
                if (block is null) return;
                await db.Blocks.Where(b => b.Id == block.Id).ExecuteDeleteAsync(token);
                db.Publish(new BlockChanged(me, target, Undone: true, block.Uri), target.ToString());
            },
            ct);
    }

    private async Task ForgetAsync(Id<Account> me, Id<Account> target, CancellationToken ct)
    {
        await db.HomeEntries.Where(h => (h.OwnerId == me && h.ViaAccountId == target) || (h.OwnerId == target && h.ViaAccountId == me)).ExecuteDeleteAsync(ct);
        await db.TakeBackAsync(db.Notices.Where(n => (n.AccountId == me && n.FromId == target) || (n.AccountId == target && n.FromId == me)), ct);
        await db.NoticeRequests.Where(r => (r.AccountId == me && r.FromId == target) || (r.AccountId == target && r.FromId == me)).ExecuteDeleteAsync(ct);
        await db.Endorsements.Where(e => (e.AccountId == me && e.TargetId == target) || (e.AccountId == target && e.TargetId == me)).ExecuteDeleteAsync(ct);
    }
}
