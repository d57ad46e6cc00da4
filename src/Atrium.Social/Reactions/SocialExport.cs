using Atrium.Contracts.Home;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>A member's account as ActivityPub with its pictures, the files that other servers take in, and what was begun, for their export.</summary>
internal sealed class SocialExport(SocialDb db, WriteArchive archive) : IPersonalExport
{
    public string Folder => SocialDb.Name;

    public async Task WriteAsync(Id<Member> member, IExportFolder folder, CancellationToken ct)
    {
        var me = await db.Accounts.Where(a => a.MemberId == member).Select(a => a.Id).FirstOrDefaultAsync(ct);
        if (me.Value == 0) return;
        await archive.HandleAsync(me, folder, (_, _, _, _) => Task.CompletedTask, ct);
        await folder.AddJsonAsync("drafts.json", (await db.Drafts.Where(d => d.AccountId == me).OrderBy(d => d.Id).ToListAsync(ct)).Select(d => new { d.UpdatedAt, Post = NewStatus.FromJson(d.Params) }), ct);
        await folder.AddJsonAsync("scheduled.json", (await db.Scheduled.Where(s => s.AccountId == me && s.State != ScheduleState.Published).OrderBy(s => s.Id).ToListAsync(ct)).Select(s => new { s.RunAt, Post = NewStatus.FromJson(s.Params) }), ct);
    }
}
