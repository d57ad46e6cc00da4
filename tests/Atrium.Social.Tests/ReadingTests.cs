using System.Text.Json;
using Atrium.Kernel;
using Atrium.Kernel.Search;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

/// <summary>What a reader asked not to see, and why they see the rest.</summary>
public sealed class ReadingTests(HomesHouse house) : IClassFixture<HomesHouse>
{
    [Fact]
    public async Task A_filter_of_one_post_says_which()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var post = await ben.TootAsync("Once more");
        var filter = (await ada.PostAsync("/api/v2/filters", new { title = "This one", context = (string[])["home"], filter_action = "warn" })).Ok()["id"];
        (await ada.PostAsync($"/api/v2/filters/{filter}/statuses", new { status_id = post })).Ok();
        var hit = Assert.Single((await ada.GetAsync($"/api/v1/statuses/{post}")).Ok().Json.GetProperty("filtered").EnumerateArray());
        Assert.Equal(post, Assert.Single(hit.GetProperty("status_matches").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Search_that_is_built_anew_finds_a_poll_by_its_answers()
    {
        var ada = await house.PersonAsync("ada");
        var poll = Id<Status>.Parse((await ada.PostAsync("/api/v1/statuses", new { status = "Which?", poll = new { options = (string[])["Quince", "Medlar"], expires_in = 3600 } })).Ok()["id"], null);
        var bodies = await house.InScopeAsync(async services =>
        {
            List<string> found = [];
            await foreach (var document in services.GetServices<ISearchSource>().Single(s => s.Kind == "status").AllAsync(CancellationToken.None))
                if (document.Thing == Thing.Of("status", poll)) found.Add(document.Body);
            return found;
        });
        Assert.Contains("Medlar", Assert.Single(bodies), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_hides_in_home_and_stream_or_warns_and_ends_by_itself()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        await ada.FollowAsync(ben);
        foreach (var (word, action) in new[] { ("spoiler", "hide"), ("football", "warn") })
            (await ada.PostAsync("/api/v2/filters", new { title = word, context = (string[])["home"], filter_action = action, expires_in = 3600, keywords_attributes = new[] { new { keyword = word, whole_word = true } } })).Ok();
        using var socket = await StreamingTests.ListenAsync(ada, "?stream=user");
        var hidden = await ben.TootAsync("What a spoiler");
        var warned = await ben.TootAsync("More football");
        // The one that is hidden was said first: had it been told, it would be heard first.
        var heard = await HeardAsync();
        Assert.Equal((warned, "football"), (heard.GetProperty("id").GetString()!, heard.GetProperty("filtered")[0].GetProperty("keyword_matches")[0].GetString()));
        Assert.Equal([warned], await ada.IdsAsync("/api/v1/timelines/home"));

        house.Time.Advance(TimeSpan.FromHours(2));
        Assert.Equal([warned, hidden], await ada.IdsAsync("/api/v1/timelines/home"));
        var later = await ben.TootAsync("Another spoiler, and football");
        heard = await HeardAsync();
        Assert.Equal((later, 0), (heard.GetProperty("id").GetString()!, heard.GetProperty("filtered").GetArrayLength()));

        async Task<JsonElement> HeardAsync()
        {
            var frame = (await StreamingTests.HearAsync(socket, 1))[0];
            Assert.Equal("update", frame.Event);
            return JsonDocument.Parse(frame.Payload!).RootElement;
        }
    }

    [Fact]
    public async Task What_only_an_exclusive_list_shows_is_there_because_of_the_list()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        await ada.FollowAsync(ben);
        var before = await ben.TootAsync("For all who follow");
        var list = (await ada.PostAsync("/api/v1/lists", new { title = "Apart", exclusive = true })).Ok()["id"];
        (await ada.PostAsync($"/api/v1/lists/{list}/accounts", new { account_ids = (string[])[await ben.AccountIdAsync()] })).Ok();
        var apart = await ben.TootAsync("For the list");
        Assert.Equal("follow", (await ada.GetAsync($"/api/social/statuses/{before}/why")).Ok()["reason"]);
        Assert.Equal("list", (await ada.GetAsync($"/api/social/statuses/{apart}/why")).Ok()["reason"]);
        Assert.Contains("Ben is on this list", (await ada.PageAsync($"/social/lists/{list}")).Ok().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_runs_here_says_who_may_join_and_how_many_live_here()
    {
        using var stranger = house.Stranger();
        foreach (var (mode, open) in new[] { ("open", true), ("approval", true), ("closed", false) })
        {
            await SocialHouse.SetAsync(house, "accounts.sign_up", mode);
            Assert.Equal(open, (await stranger.GetAsync("/nodeinfo/2.1")).Ok().Json.GetProperty("openRegistrations").GetBoolean());
            Assert.Equal(open, (await stranger.GetAsync("/api/v2/instance")).Ok().Json.GetProperty("registrations").GetProperty("enabled").GetBoolean());
        }

        await house.DrainAsync();
        var before = await UsersAsync();
        var (ada, ben, boss) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("boss", Kernel.Role.Administrator));
        foreach (var person in (Person[])[ada, ben, boss]) await person.AccountIdAsync();
        Assert.Equal((before.Total + 3, before.Active), await UsersAsync());
        // Who reads is active as well as who posts.
        await ben.IdsAsync("/api/v1/timelines/home");
        await ada.TootAsync("Hello");
        Assert.Equal((before.Total + 3, before.Active + 2), await UsersAsync());
        house.Time.Advance(TimeSpan.FromDays(31));
        Assert.Equal((before.Total + 3, 0), await UsersAsync());

        async Task<(int Total, int Active)> UsersAsync()
        {
            var users = (await stranger.GetAsync("/nodeinfo/2.0")).Ok().Json.GetProperty("usage").GetProperty("users");
            var site = (await stranger.GetAsync("/api/v2/instance")).Ok().Json.GetProperty("usage").GetProperty("users").GetProperty("active_month").GetInt32();
            Assert.Equal(users.GetProperty("activeMonth").GetInt32(), site);
            return (users.GetProperty("total").GetInt32(), site);
        }
    }
}
