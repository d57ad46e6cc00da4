using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary><c>/social/explore</c>: finds people, posts and tags; without a question, what is talked about and who is here.</summary>
internal static class ExplorePages
{
    private const int Many = 20;

    public static void Map(RouteGroupBuilder pages) => pages.MapGet("/social/explore", ShowAsync).AllowAnonymous();

    private static async Task<IResult> ShowAsync(string? q, PageCall call, SearchSocial search, AsideReader aside, PostShow show, SocialDb db, AccountReader accounts, CancellationToken ct)
    {
        var viewer = await call.ViewerAsync(ct);
        if (q?.Trim() is { Length: > 0 } text)
        {
            var found = await search.FindAsync(new(text, null, null, false, Many, 0, Resolve: viewer.Me is not null), viewer, ct);
            return call.Page<Pages.ExplorePage>(new
            {
                Model = new ExploreModel(text)
                {
                    People = await show.PeopleAsync(found.Accounts, ct), Posts = await show.ManyAsync(found.Statuses, call.Here, ct), Tags = [.. found.Hashtags.Select(Count)], SignedIn = viewer.Me is not null, Back = call.Here,
                },
            });
        }

        var ids = await db.Accounts.Where(a => a.Discoverable && a.Standing == AccountStanding.Active && a.Kind == AccountKind.Person && a.Id != viewer.Me).NotBlockedFor(viewer, db, a => a.Id)
            .OrderByDescending(a => a.LastStatusAt != null).ThenByDescending(a => a.LastStatusAt).ThenByDescending(a => a.Id).Take(Many).Select(a => a.Id).ToListAsync(ct);
        return call.Page<Pages.ExplorePage>(new
        {
            Model = new ExploreModel(null)
            {
                People = await show.PeopleAsync(await accounts.ByIdAsync(ids, ct), ct), Tags = await aside.TagsAsync(viewer, ct, Many), SignedIn = viewer.Me is not null, Back = call.Here,
            },
        });
    }

    private static TalkedAbout Count(TagEntity tag) => new(tag.Name, tag.History.Sum(d => int.Parse(d.Uses, System.Globalization.CultureInfo.InvariantCulture)), tag.History.Max(d => int.Parse(d.Accounts, System.Globalization.CultureInfo.InvariantCulture)));
}

/// <summary>What was found, or what there is.</summary>
public sealed class ExploreModel
{
    internal ExploreModel(string? asked) => Asked = asked;

    internal string? Asked { get; }

    internal IReadOnlyList<PersonModel> People { get; init; } = [];

    internal IReadOnlyList<Post> Posts { get; init; } = [];

    internal IReadOnlyList<TalkedAbout> Tags { get; init; } = [];

    internal bool SignedIn { get; init; }

    internal string Back { get; init; } = "/social/explore";
}
