using System.Net;
using System.Text.Json;
using Atrium.Kernel;
using Atrium.Testing;

namespace Atrium.Social.Tests;

/// <summary>The house decides who reads the timelines that nobody chose the people of.</summary>
public sealed class TimelineAccessTests(ClosedHouse house) : IClassFixture<ClosedHouse>
{
    [Fact]
    public async Task Each_timeline_is_for_whom_the_house_says_by_api_page_feed_and_stream_and_apps_are_told()
    {
        var (ada, mod) = (await house.PersonAsync("ada"), await house.PersonAsync("mod", Role.Moderator));
        using var stranger = house.Stranger();
        var id = await ada.TootAsync("Bread #oven", "public");
        foreach (var reader in new Caller[] { ada, mod, stranger }) Assert.Contains(id, await reader.IdsAsync("/api/v1/timelines/public"));
        Assert.Equal(HttpStatusCode.OK, (await stranger.PageAsync("/social/public")).Status);

        await SocialHouse.SetAsync(house, "social.live_local", "authenticated");
        await SocialHouse.SetAsync(house, "social.live_remote", "authenticated");
        (await stranger.GetAsync("/api/v1/timelines/public")).Is(HttpStatusCode.Unauthorized);
        (await stranger.GetAsync("/api/v1/timelines/public?local=true")).Is(HttpStatusCode.Unauthorized);
        Assert.Contains(id, await ada.IdsAsync("/api/v1/timelines/public"));
        Assert.Contains(id, await stranger.IdsAsync("/api/v1/timelines/tag/oven"));
        Assert.NotEqual(HttpStatusCode.OK, (await stranger.PageAsync("/social/public")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/v1/streaming/public")).Status);

        await SocialHouse.SetAsync(house, "social.live_local", "disabled");
        Assert.Empty(await ada.IdsAsync("/api/v1/timelines/public?local=true"));
        Assert.Empty(await ada.IdsAsync("/api/v1/timelines/public"));
        Assert.Contains(id, await mod.IdsAsync("/api/v1/timelines/public"));
        Assert.DoesNotContain($"post-{id}", (await ada.PageAsync("/social/public")).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        Assert.Contains("does not show this timeline", (await ada.PageAsync("/social/members")).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        (await ada.GetAsync("/api/v1/streaming/public/local")).Is(HttpStatusCode.Forbidden);

        await SocialHouse.SetAsync(house, "social.hashtag_local", "disabled");
        await SocialHouse.SetAsync(house, "social.hashtag_remote", "disabled");
        Assert.Empty(await ada.IdsAsync("/api/v1/timelines/tag/oven"));
        (await stranger.GetAsync("/tags/oven.rss")).Is(HttpStatusCode.NotFound);
        Assert.Contains(id, await mod.IdsAsync("/api/v1/timelines/tag/oven"));

        var told = (await stranger.GetAsync("/api/v2/instance")).Ok().Json.GetProperty("configuration").GetProperty("timelines_access");
        string Of(string feed, string side) => told.GetProperty(feed).GetProperty(side).GetString()!;
        Assert.Equal(
            ("disabled", "authenticated", "disabled", "disabled", "public", "public"),
            (Of("live_feeds", "local"), Of("live_feeds", "remote"), Of("hashtag_feeds", "local"), Of("hashtag_feeds", "remote"), Of("trending_link_feeds", "local"), Of("trending_link_feeds", "remote")));
    }
}

/// <summary>A house of its own, since it is closed to others.</summary>
public sealed class ClosedHouse() : TestHouse(new SocialModule());
