using Atrium.Contracts.Home;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>A member's posts, marks and relations, for their archive.</summary>
internal sealed class SocialExport(SocialDb db) : IPersonalExport
{
    public string Folder => SocialDb.Name;

    public async Task WriteAsync(Id<Member> member, IExportFolder folder, CancellationToken ct)
    {
        var me = await db.Accounts.Where(a => a.MemberId == member).Select(a => a.Id).FirstOrDefaultAsync(ct);
        if (me.Value == 0) return;
        await folder.AddJsonAsync("posts.json", await db.Statuses.Where(s => s.AccountId == me && s.DeletedAt == null).OrderBy(s => s.Id)
            .Select(s => new { s.Id, s.Uri, s.CreatedAt, s.EditedAt, s.Visibility, s.Source, s.Spoiler, s.Language, s.InReplyTo, s.BoostOf }).ToListAsync(ct), ct);
        await folder.AddJsonAsync("follows.json", await (from f in db.Follows join a in db.Accounts on f.TargetId equals a.Id where f.AccountId == me orderby f.Id select new { a.Username, a.Domain, f.State, f.ShowBoosts, f.Notify, f.Languages }).ToListAsync(ct), ct);
        await folder.AddJsonAsync("followers.json", await (from f in db.Follows join a in db.Accounts on f.AccountId equals a.Id where f.TargetId == me orderby f.Id select new { a.Username, a.Domain, f.State }).ToListAsync(ct), ct);
        await folder.AddJsonAsync("blocks.json", await (from b in db.Blocks join a in db.Accounts on b.TargetId equals a.Id where b.AccountId == me orderby b.Id select new { a.Username, a.Domain }).ToListAsync(ct), ct);
        await folder.AddJsonAsync("mutes.json", await (from m in db.Mutes join a in db.Accounts on m.TargetId equals a.Id where m.AccountId == me orderby m.Id select new { a.Username, a.Domain, m.HideNotifications, m.ExpiresAt }).ToListAsync(ct), ct);
        await folder.AddJsonAsync("favourites.json", await (from f in db.Favourites join s in db.Statuses on f.StatusId equals s.Id where f.AccountId == me orderby f.Id select s.Uri).ToListAsync(ct), ct);
        await folder.AddJsonAsync("bookmarks.json", await (from b in db.Bookmarks join s in db.Statuses on b.StatusId equals s.Id where b.AccountId == me orderby b.Id select s.Uri).ToListAsync(ct), ct);
        await folder.AddJsonAsync("lists.json", await (from l in db.Lists where l.AccountId == me orderby l.Id select new { l.Title, People = db.Accounts.Where(a => db.ListMembers.Any(m => m.ListId == l.Id && m.AccountId == a.Id)).Select(a => a.Username).ToList() }).ToListAsync(ct), ct);
        await folder.AddJsonAsync("filters.json", await (from f in db.Filters where f.AccountId == me orderby f.Id select new { f.Title, f.Contexts, f.Action, f.ExpiresAt, Keywords = db.FilterKeywords.Where(k => k.FilterId == f.Id).Select(k => k.Keyword).ToList() }).ToListAsync(ct), ct);
    }
}
