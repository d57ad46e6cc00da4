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
        api.Mine("POST", "v1/tags/{name}/follow", "followTag", "Brings a hashtag's posts to your home", "write:follows", FollowAsync);
        api.Mine("POST", "v1/tags/{name}/unfollow", "unfollowTag", "No longer brings them", "write:follows", UnfollowAsync);
        api.Mine("POST", "v1/tags/{name}/feature", "featureTag", "Puts a hashtag on your profile", "write:accounts", async (string name, Wire wire, SocialDb db, StatusParts parts, TagReader tags, CancellationToken ct) =>
        {
            await FeatureAsync(name, wire, db, parts, ct);
            return await ShowAsync(name, wire, tags, ct);
        });
        api.Mine("POST", "v1/tags/{name}/unfeature", "unfeatureTag", "Takes a hashtag off your profile", "write:accounts", async (string name, Wire wire, SocialDb db, TagReader tags, CancellationToken ct) =>
        {
            var (me, key) = (wire.Me, PostText.TagKey(name));
            await db.FeaturedTags.Where(f => f.AccountId == me && db.Hashtags.Any(t => t.Id == f.TagId && t.Name == key)).ExecuteDeleteAsync(ct);
            return await ShowAsync(name, wire, tags, ct);
        });
        api.Mine("GET", "v1/followed_tags", "getFollowedTags", "Lists hashtags you follow", "read:follows", FollowedAsync);
        api.Mine("GET", "v1/featured_tags", "getFeaturedTags", "Lists hashtags on your profile", "read:accounts", async (Wire wire, TagReader tags, CancellationToken ct) => Wire.Json(await tags.FeaturedAsync(wire.Me, ct)));
        api.Mine("POST", "v1/featured_tags", "addFeaturedTag", "Puts a hashtag on your profile", "write:accounts", async (Wire wire, SocialDb db, StatusParts parts, TagReader tags, CancellationToken ct) =>
        {
            var name = wire.Sent.Text("name")?.TrimStart('#') ?? "";
            await FeatureAsync(name, wire, db, parts, ct);
            return Wire.Json((await tags.FeaturedAsync(wire.Me, ct)).First(t => t.Name == PostText.TagKey(name)));
        });
        api.Mine("DELETE", "v1/featured_tags/{id}", "removeFeaturedTag", "Takes a hashtag off your profile", "write:accounts", async (long id, Wire wire, SocialDb db, CancellationToken ct) =>
        {
            var (tag, me) = (new Id<FeaturedTag>(id), wire.Me);
            return await db.FeaturedTags.Where(f => f.Id == tag && f.AccountId == me).ExecuteDeleteAsync(ct) == 0 ? throw Wire.NotFound() : Wire.Empty();
        });
        api.Mine("GET", "v1/featured_tags/suggestions", "suggestFeaturedTags", "Suggests hashtags you use", "read:accounts", SuggestAsync);
        api.Open("GET", "v1/accounts/{id}/featured_tags", "getAccountFeaturedTags", "Lists hashtags on a profile", "read:accounts", async (string id, AccountReader accounts, TagReader tags, CancellationToken ct) =>
            Wire.Json(await tags.FeaturedAsync((await accounts.OneAsync(Wire.Id<Account>(id), ct)).Account.Id, ct)));
    }

    private static async Task<IResult> ShowAsync(string name, Wire wire, TagReader tags, CancellationToken ct) => Wire.Json((await tags.ByNameAsync([name], wire.Viewer, ct))[0]);

    private static async Task<Id<Hashtag>> TagAsync(string name, StatusParts parts, CancellationToken ct)
    {
        if (PostText.Names("#" + name).Tags is not [var tag] || PostText.TagKey(tag) != PostText.TagKey(name)) throw Wire.NotFound();
        return (await parts.TagsAsync([tag], ct)).First();
    }

    private static async Task<IResult> FollowAsync(string name, Wire wire, SocialDb db, StatusParts parts, TagReader tags, CancellationToken ct)
    {
        var tag = await TagAsync(name, parts, ct);
        await db.Database.ExecuteSqlRawAsync("INSERT INTO social_tag_follow (id, account_id, tag_id) VALUES ({0}, {1}, {2}) ON CONFLICT DO NOTHING", [Id<TagFollow>.New().Value, wire.Me.Value, tag.Value], ct);
        return await ShowAsync(name, wire, tags, ct);
    }

    private static async Task<IResult> UnfollowAsync(string name, Wire wire, SocialDb db, TagReader tags, CancellationToken ct)
    {
        var (me, key) = (wire.Me, PostText.TagKey(name));
        await db.TagFollows.Where(f => f.AccountId == me && db.Hashtags.Any(t => t.Id == f.TagId && t.Name == key)).ExecuteDeleteAsync(ct);
        return await ShowAsync(name, wire, tags, ct);
    }

    private static async Task FeatureAsync(string name, Wire wire, SocialDb db, StatusParts parts, CancellationToken ct)
    {
        var (me, tag) = (wire.Me, await TagAsync(name, parts, ct));
        await db.WriteAsync(
            async token =>
            {
                if (await db.FeaturedTags.AnyAsync(f => f.AccountId == me && f.TagId == tag, token)) return;
                if (await db.FeaturedTags.CountAsync(f => f.AccountId == me, token) >= SocialLimits.FeaturedTags) throw Refusal.Invalid("base", "You have already featured the maximum number of hashtags", "limit");
                db.FeaturedTags.Add(new() { AccountId = me, TagId = tag });
            },
            ct);
    }

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
