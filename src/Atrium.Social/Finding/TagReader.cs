using System.Globalization;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

internal sealed record TagEntity(string Id, string Name, string Url, IReadOnlyList<TagDayEntity> History, bool Following, bool Featuring);

internal sealed record TagDayEntity(string Day, string Uses, string Accounts);

internal sealed record FeaturedTagEntity(string Id, string Name, string Url, string StatusesCount, string? LastStatusAt);

/// <summary>Shows hashtags with their last seven days.</summary>
internal sealed class TagReader(SocialDb db, EntityWriter write)
{
    private const int Days = 7;

    /// <summary>Tags by name, in that order; one that nobody used yet is shown as such.</summary>
    public async Task<IReadOnlyList<TagEntity>> ByNameAsync(IReadOnlyList<string> names, Viewer viewer, CancellationToken ct)
    {
        List<string> keys = [.. names.Select(PostText.TagKey)];
        var me = viewer.Me ?? default;
        // A word used in a group alone is to others as if it had never been used.
        var open = db.Statuses.VisibleTo(Viewer.Anonymous, db).Where(p => p.Visibility == Visibility.Public);
        var rows = await db.Hashtags.Where(t => keys.Contains(t.Name)).Select(t => new
        {
            Tag = t,
            Following = db.TagFollows.Any(f => f.AccountId == me && f.TagId == t.Id),
            Featuring = db.FeaturedTags.Any(f => f.AccountId == me && f.TagId == t.Id),
            Used = db.StatusTags.Any(s => s.TagId == t.Id && open.Any(p => p.Id == s.StatusId)),
        }).Where(r => r.Following || r.Featuring || r.Used).ToDictionaryAsync(r => r.Tag.Name, ct);
        List<Id<Hashtag>> ids = [.. rows.Values.Select(r => r.Tag.Id)];
        var since = new Id<Status>(IdClock.FloorAt(Today().AddDays(1 - Days)));
        var uses = (await db.StatusTags.Where(s => ids.Contains(s.TagId) && s.StatusId > since && open.Any(p => p.Id == s.StatusId))
            .Select(s => new { s.TagId, s.StatusId, s.AccountId }).Take(5000).ToListAsync(ct)).ToLookup(s => s.TagId);
        return [.. keys.Select((key, i) =>
        {
            var row = rows.GetValueOrDefault(key);
            var history = Enumerable.Range(0, Days).Select(back => Today().AddDays(-back)).Select(day =>
            {
                var that = row is null ? [] : uses[row.Tag.Id].Where(u => u.StatusId.MadeAt >= day && u.StatusId.MadeAt < day.AddDays(1)).ToList();
                return new TagDayEntity(day.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), that.Count.ToString(CultureInfo.InvariantCulture), that.Select(u => u.AccountId).Distinct().Count().ToString(CultureInfo.InvariantCulture));
            });
            return new TagEntity(row?.Tag.Id.ToString() ?? "0", key, write.Absolute("/tags/" + Uri.EscapeDataString(key)), [.. history], row?.Following ?? false, row?.Featuring ?? false);
        })];
    }

    public async Task<IReadOnlyList<FeaturedTagEntity>> FeaturedAsync(Id<Account> account, CancellationToken ct)
    {
        // What is on a profile is for everyone, and so is what it counts.
        var open = db.Statuses.VisibleTo(Viewer.Anonymous, db).Where(p => p.AccountId == account);
        var rows = await (
            from f in db.FeaturedTags
            join t in db.Hashtags on f.TagId equals t.Id
            join a in db.Accounts on f.AccountId equals a.Id
            where f.AccountId == account
            orderby f.Id
            select new
            {
                f.Id, t.Name, a.Url,
                Count = db.StatusTags.Count(s => s.TagId == t.Id && open.Any(p => p.Id == s.StatusId)),
                Last = db.StatusTags.Where(s => s.TagId == t.Id && open.Any(p => p.Id == s.StatusId)).OrderByDescending(s => s.StatusId).Select(s => (Id<Status>?)s.StatusId).FirstOrDefault(),
            }).ToListAsync(ct);
        return [.. rows.Select(r => new FeaturedTagEntity(
            r.Id.ToString(), r.Name, write.Absolute($"{r.Url}/tagged/{Uri.EscapeDataString(r.Name)}"), r.Count.ToString(CultureInfo.InvariantCulture),
            r.Last?.MadeAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)))];
    }

    private DateTimeOffset Today() => new(db.Now.UtcDateTime.Date, TimeSpan.Zero);
}
