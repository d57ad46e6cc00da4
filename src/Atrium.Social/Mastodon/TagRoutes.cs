using Atrium.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Hashtags: showing, following, putting on one's profile.</summary>
internal static class TagRoutes
{
    public static void Map(RouteGroupBuilder api)
    {
        api.Open("GET", "v1/tags/{name}", "getTag", "Shows a hashtag", "read:follows", (string name, Wire wire, TagReader tags, CancellationToken ct) => ShowAsync(name, wire, tags, ct));
        foreach (var (verb, on) in (ReadOnlySpan<(string, bool)>)[("follow", true), ("unfollow", false)])
            api.Mine("POST", "v1/tags/{name}/" + verb, verb + "Tag", on ? "Brings a hashtag's posts to your home" : "No longer brings them", "write:follows", async (string name, Wire wire, FollowTag follow, TagReader tags, CancellationToken ct) =>
            {
                await follow.HandleAsync(name, on, wire.Viewer, ct);
                return await ShowAsync(name, wire, tags, ct);
            });
        foreach (var (verb, on) in (ReadOnlySpan<(string, bool)>)[("feature", true), ("unfeature", false)])
            api.Mine("POST", "v1/tags/{name}/" + verb, verb + "Tag", on ? "Puts a hashtag on your profile" : "Takes a hashtag off your profile", "write:accounts", async (string name, Wire wire, FeatureTag feature, TagReader tags, CancellationToken ct) =>
            {
                await feature.HandleAsync(name, on, wire.Viewer, ct);
                return await ShowAsync(name, wire, tags, ct);
            });
        api.Mine("GET", "v1/followed_tags", "getFollowedTags", "Lists hashtags you follow", "read:follows", FollowedAsync);
        api.Mine("GET", "v1/featured_tags", "getFeaturedTags", "Lists hashtags on your profile", "read:accounts", async (Wire wire, TagReader tags, CancellationToken ct) => Wire.Json(await tags.FeaturedAsync(wire.Me, ct)));
        api.Mine("POST", "v1/featured_tags", "addFeaturedTag", "Puts a hashtag on your profile", "write:accounts", async (Wire wire, FeatureTag feature, TagReader tags, CancellationToken ct) =>
        {
            var name = wire.Sent.Text("name")?.TrimStart('#') ?? "";
            await feature.HandleAsync(name, on: true, wire.Viewer, ct);
            return Wire.Json((await tags.FeaturedAsync(wire.Me, ct)).First(t => t.Name == PostText.TagKey(name)));
        });
        api.Mine("DELETE", "v1/featured_tags/{id}", "removeFeaturedTag", "Takes a hashtag off your profile", "write:accounts", async (long id, Wire wire, SocialDb db, CancellationToken ct) =>
        {
            var (tag, me) = (new Id<FeaturedTag>(id), wire.Me);
            return await db.FeaturedTags.Where(f => f.Id == tag && f.AccountId == me).ExecuteDeleteAsync(ct) == 0 ? throw Wire.NotFound() : Wire.Empty();
        });
        api.Mine("GET", "v1/featured_tags/suggestions", "suggestFeaturedTags", "Suggests hashtags you use", "read:accounts", SuggestAsync);
        api.OfAccount("/featured_tags", "getAccountFeaturedTags", "Lists hashtags on a profile", "read:accounts", async (row, wire, services, ct) =>
            Wire.Json(await services.Get<SocialDb>().ShowsItselfAsync(row.Account, wire.Viewer, ct) ? await services.Get<TagReader>().FeaturedAsync(row.Account.Id, ct) : []));
    }

    private static async Task<IResult> ShowAsync(string name, Wire wire, TagReader tags, CancellationToken ct) => Wire.Json((await tags.ByNameAsync([name], wire.Viewer, ct))[0]);

    private static async Task<IResult> FollowedAsync(Wire wire, SocialDb db, TagReader tags, CancellationToken ct)
    {
        var me = wire.Me;
        var page = await wire.Paging(100, 200).CutAsync(db.TagFollows.Where(f => f.AccountId == me), f => f.Id, ct);
        List<Id<Hashtag>> ids = [.. page.Rows.Select(f => f.TagId)];
        var names = await db.Hashtags.Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Name, ct);
        return wire.Page(page, await tags.ByNameAsync([.. ids.Select(i => names[i])], wire.Viewer, ct));
    }

    private static async Task<IResult> SuggestAsync(Wire wire, SocialDb db, TagReader tags, CancellationToken ct)
    {
        var me = wire.Me;
        var used = await db.StatusTags.Where(s => s.AccountId == me && !db.FeaturedTags.Any(f => f.AccountId == me && f.TagId == s.TagId)).GroupBy(s => s.TagId).OrderByDescending(g => g.Count()).Take(10).Select(g => g.Key).ToListAsync(ct);
        var names = await db.Hashtags.Where(t => used.Contains(t.Id)).ToDictionaryAsync(t => t.Id, t => t.Name, ct);
        return Wire.Json(await tags.ByNameAsync([.. used.Select(i => names[i])], wire.Viewer, ct));
    }
}
