using System.Net;
using System.Text.Json;
using Atrium.Kernel;
using Atrium.Testing;

namespace Atrium.Social.Tests;

/// <summary>The house decides who reads the timelines that nobody chose the people of.</summary>
public sealed class TimelineAccessTests(ClosedHouse house) : IClassFixture<ClosedHouse>
{
    [Fact]
    public async Task A_stream_that_is_open_carries_no_post_while_the_house_keeps_its_timeline_from_the_reader()
    {
        async Task SetAsync(string who)
        {
            foreach (var key in (string[])["live_local", "live_remote", "hashtag_local", "hashtag_remote"]) await SocialHouse.SetAsync(house, "social." + key, who);
        }

        await SetAsync("public");
        var ada = await house.PersonAsync("ada");
        using var stranger = house.Stranger();
        using var socket = await StreamingTests.ListenAsync(ada, "?stream=user");
        await StreamingTests.SendAsync(socket, """{"type":"subscribe","stream":"public"}""");
        await StreamingTests.SendAsync(socket, """{"type":"subscribe","stream":"hashtag","tag":"oven"}""");
        // The answer to what is refused says that what came before it was done.
        await StreamingTests.SendAsync(socket, """{"type":"subscribe","stream":"nonsense"}""");
        Assert.Contains("Unknown channel", await StreamingTests.ReadAsync(socket), StringComparison.Ordinal);
        using var events = await stranger.Http.GetAsync("/api/v1/streaming/public/local", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await events.Content.ReadAsStreamAsync());
        Assert.Equal(":)", await lines.ReadLineAsync());

        // On which streams a post is heard: one's own home, the live timeline and the hashtag.
        async Task<string> PostAsync(params string[] streams)
        {
            var id = await ada.TootAsync("Bread #oven", "public");
            var heard = (await StreamingTests.HearAsync(socket, streams.Length)).Where(f => f.Payload!.Contains($"\"{id}\"", StringComparison.Ordinal));
            Assert.Equal(streams, heard.Select(f => f.Stream[0]).Order());
            return id;
        }

        async Task StrangerHearsAsync(string id)
        {
            string? line;
            do line = await lines.ReadLineAsync();
            while (line is not null && !line.StartsWith("data:", StringComparison.Ordinal));
            Assert.Contains($"\"{id}\"", line, StringComparison.Ordinal);
        }

        await StrangerHearsAsync(await PostAsync("hashtag", "public", "user"));
        await SetAsync("authenticated");
        await PostAsync("hashtag", "public", "user");
        await SetAsync("disabled");
        await PostAsync("user");
        await SetAsync("public");
        await StrangerHearsAsync(await PostAsync("hashtag", "public", "user"));

        // Who is kept out may still leave, and cannot come back.
        await SetAsync("disabled");
        await StreamingTests.SendAsync(socket, """{"type":"unsubscribe","stream":"public"}""");
        await StreamingTests.SendAsync(socket, """{"type":"subscribe","stream":"public"}""");
        Assert.Contains("not shown here", await StreamingTests.ReadAsync(socket), StringComparison.Ordinal);
        await SetAsync("public");
        await PostAsync("hashtag", "user");
    }

    [Fact]
    public async Task Each_timeline_is_for_whom_the_house_says_by_api_page_feed_and_stream_and_apps_are_told()
    {
        var (ada, mod) = (await house.PersonAsync("ada"), await house.PersonAsync("mod", Role.Moderator));
        using var stranger = house.Stranger();
        foreach (var key in (string[])["live_local", "live_remote", "hashtag_local", "hashtag_remote"]) await SocialHouse.SetAsync(house, "social." + key, "public");
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
