using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Reads what stands beside a list of posts.</summary>
internal sealed class AsideReader(SocialDb db, PageCall call, Suggestions suggestions, PostShow show)
{
    private const int Shown = 4;

    public async Task<AsideModel> ReadAsync(CancellationToken ct)
    {
        var viewer = await call.ViewerAsync(ct);
        IReadOnlyList<PersonModel> people = [];
        if (viewer.Me is not null)
        {
            var found = await suggestions.ForAsync(viewer, Shown, ct);
            var why = found.ToDictionary(s => s.Account.Id, s => s.Sources is ["friends_of_friends", ..] ? "Followed by people you follow" : s.Sources is ["similar_to_recently_followed", ..] ? "In a group with you" : null);
            people = await show.PeopleAsync([.. found.Select(s => s.Account)], ct, a => why[a.Id]);
        }

        return new(await TagsAsync(viewer, ct), people);
    }

    /// <summary>The tags of a week, most used first, of posts that the reader may see.</summary>
    public async Task<IReadOnlyList<TalkedAbout>> TagsAsync(Viewer viewer, CancellationToken ct, int most = Shown)
    {
        var since = new Id<Status>(IdClock.FloorAt(db.Now.AddDays(-7)));
        var open = db.Statuses.VisibleTo(viewer, db).Where(s => s.Id > since && s.Visibility == Visibility.Public);
        var rows = await (
            from t in db.StatusTags
            join h in db.Hashtags on t.TagId equals h.Id
            where t.StatusId > since && open.Any(s => s.Id == t.StatusId)
            group t by h.Name into g
            orderby g.Count() descending, g.Key
            select new { g.Key, Posts = g.Count(), People = g.Select(t => t.AccountId).Distinct().Count() }).Take(most).ToListAsync(ct);
        return [.. rows.Select(r => new TalkedAbout(r.Key, r.Posts, r.People))];
    }
}
