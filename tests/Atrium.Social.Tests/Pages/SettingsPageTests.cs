using System.Net;
using System.Text.RegularExpressions;
using Atrium.Testing;

namespace Atrium.Social.Tests;

/// <summary>What members set on Social's pages is what apps read, and the other way round.</summary>
public sealed partial class SettingsPageTests(SocialHouse house)
{
    [Fact]
    public async Task Profile_and_posting_are_set_on_the_page()
    {
        var ada = await house.PersonAsync("ada");
        (await ada.FormAsync(
            "/social/settings", ("locked", "true"), ("hide_collections", "true"), ("visibility", "members"), ("language", "de"), ("quotes", "nobody"), ("sensitive", "true"), ("avatar_description", "Ada at the loom"),
            ("header_description", ""))).Is(HttpStatusCode.SeeOther);
        var me = (await ada.GetAsync("/api/v1/accounts/verify_credentials")).Ok().Json;
        Assert.True(me.GetProperty("locked").GetBoolean());
        Assert.True(me.GetProperty("hide_collections").GetBoolean());
        Assert.False(me.GetProperty("discoverable").GetBoolean());
        Assert.False(me.GetProperty("bot").GetBoolean());
        Assert.Equal("Ada at the loom", me.GetProperty("avatar_description").GetString());
        var source = me.GetProperty("source");
        Assert.Equal(("de", true, "nobody"), (source.GetProperty("language").GetString(), source.GetProperty("sensitive").GetBoolean(), source.GetProperty("quote_policy").GetString()));
        Assert.Matches("<option value=\"members\" selected", (await ada.PageAsync("/social/settings")).Is(HttpStatusCode.OK).Body);
        Assert.Matches("<option value=\"members\" selected", (await ada.PageAsync("/social/new")).Is(HttpStatusCode.OK).Body);
        (await ada.FormAsync("/social/settings", ("visibility", "the moon"), ("quotes", "nobody"), ("language", "de"))).Is(HttpStatusCode.UnprocessableEntity);
        (await house.Stranger().PageAsync("/social/settings")).Is(HttpStatusCode.Found);
    }

    [Fact]
    public async Task The_policy_of_notifications_keeps_strangers_apart_until_they_are_let_in()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        (await ada.FormAsync("/social/settings/notifications", ("not_following", "filter"), ("not_followers", "accept"), ("new_accounts", "accept"), ("private_mentions", "filter"), ("limited_accounts", "drop"))).Is(HttpStatusCode.SeeOther);
        var policy = (await ada.GetAsync("/api/v2/notifications/policy")).Ok();
        Assert.Equal(("filter", "accept", "drop"), (policy["for_not_following"], policy["for_not_followers"], policy["for_limited_accounts"]));

        await ben.TootAsync($"@{ada.Handle} do you sell rye?", "public");
        Assert.Contains("Kept apart: 1", (await ada.PageAsync("/social/notifications")).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        var page = (await ada.PageAsync("/social/notifications/requests")).Is(HttpStatusCode.OK).Body;
        Assert.Contains("do you sell rye?", page, StringComparison.Ordinal);
        var address = Request().Match(page).Value;
        (await ben.FormAsync(address, ("act", "accept"))).Is(HttpStatusCode.NotFound);
        (await ada.FormAsync(address, ("act", "accept"))).Is(HttpStatusCode.SeeOther);
        Assert.Contains("do you sell rye?", (await ada.PageAsync("/social/notifications")).Body, StringComparison.Ordinal);
        Assert.Contains("Nobody waits", (await ada.PageAsync("/social/notifications/requests")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_are_made_tried_changed_and_deleted()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        await ada.FollowAsync(ben);
        (await ada.FormAsync("/social/settings/filters/new", ("title", "Football"), ("keywords", "goal\r\npenalty\r\n\r\ngoal"), ("whole_word", "true"), ("context", "home"), ("action", "hide"), ("for", "7"))).Is(HttpStatusCode.SeeOther);
        var filter = (await ada.GetAsync("/api/v2/filters")).Ok().Json[0];
        var id = filter.GetProperty("id").GetString();
        Assert.Equal(["goal", "penalty"], filter.GetProperty("keywords").EnumerateArray().Select(k => k.GetProperty("keyword").GetString()));
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, filter.GetProperty("expires_at").ValueKind);

        await ben.TootAsync("What a goal", "public");
        Assert.DoesNotContain("What a goal", (await ada.PageAsync("/social")).Body, StringComparison.Ordinal);
        Assert.Contains("Caught by “Football”", WebUtility.HtmlDecode((await ada.PageAsync("/social/settings/filters?try=A+GOAL!")).Body), StringComparison.Ordinal);
        Assert.Contains("No filter catches this", (await ada.PageAsync("/social/settings/filters?try=goalkeeper")).Body, StringComparison.Ordinal);
        // It says by which words, of a text longer than an address as well.
        var tried = (await ada.FormAsync("/social/settings/filters/try", ("try", new string('Ä', 4900) + " goal and penalty"))).Ok().Body;
        Assert.Contains("Caught by “Football” (goal, penalty).", WebUtility.HtmlDecode(tried), StringComparison.Ordinal);

        var keyword = filter.GetProperty("keywords")[0].GetProperty("id").GetString();
        (await ada.FormAsync($"/social/settings/filters/{id}", ("title", "Football"), ("keywords", "goal\noffside"), ("context", "home"), ("context", "public"), ("action", "warn"), ("for", "0"))).Is(HttpStatusCode.SeeOther);
        filter = (await ada.GetAsync($"/api/v2/filters/{id}")).Ok().Json;
        Assert.Equal(["goal", "offside"], filter.GetProperty("keywords").EnumerateArray().Select(k => k.GetProperty("keyword").GetString()));
        Assert.Equal(keyword, filter.GetProperty("keywords")[0].GetProperty("id").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, filter.GetProperty("expires_at").ValueKind);
        Assert.Contains("Your filter “Football”", (await ada.PageAsync("/social")).Body, StringComparison.Ordinal);

        (await ada.FormAsync("/social/settings/filters/new", ("title", ""), ("keywords", "x"), ("context", "home"), ("action", "hide"))).Is(HttpStatusCode.UnprocessableEntity);
        (await ben.PageAsync($"/social/settings/filters/{id}")).Is(HttpStatusCode.NotFound);
        (await ben.FormAsync($"/social/settings/filters/{id}/delete")).Is(HttpStatusCode.NotFound);
        (await ada.FormAsync($"/social/settings/filters/{id}/delete")).Is(HttpStatusCode.SeeOther);
        Assert.Equal(0, (await ada.GetAsync("/api/v2/filters")).Ok().Json.GetArrayLength());
    }

    [Fact]
    public async Task A_filter_of_many_words_can_be_saved_again()
    {
        var ada = await house.PersonAsync("ada");
        var words = string.Join('\n', Enumerable.Range(1, 80).Select(n => $"word{n}"));
        (await ada.FormAsync("/social/settings/filters/new", ("title", "Many"), ("keywords", words), ("context", "home"), ("action", "warn"), ("for", "0"))).Is(HttpStatusCode.SeeOther);
        var id = (await ada.GetAsync("/api/v2/filters")).Ok().Json[0].GetProperty("id").GetString();
        (await ada.FormAsync($"/social/settings/filters/{id}", ("title", "Many"), ("keywords", words + "\nword81"), ("context", "home"), ("action", "warn"), ("for", "same"))).Is(HttpStatusCode.SeeOther);
        Assert.Equal(81, (await ada.GetAsync($"/api/v2/filters/{id}")).Ok().Json.GetProperty("keywords").GetArrayLength());
    }

    [Fact]
    public async Task Who_is_muted_or_blocked_and_what_server_is_listed_with_a_way_back()
    {
        var (ada, ben, cleo) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"));
        (await ada.PostAsync($"/api/v1/accounts/{await ben.AccountIdAsync()}/mute", new { duration = 3600 })).Ok();
        (await ada.PostAsync($"/api/v1/accounts/{await cleo.AccountIdAsync()}/block")).Ok();
        (await ada.FormAsync("/social/settings/domains", ("domain", "Loud.Example"))).Is(HttpStatusCode.SeeOther);
        (await ada.FormAsync("/social/settings/domains", ("domain", "no domain"))).Is(HttpStatusCode.UnprocessableEntity);
        var page = (await ada.PageAsync("/social/settings/hidden")).Is(HttpStatusCode.OK).Body;
        Assert.Contains($"@{ben.Handle}, until", page, StringComparison.Ordinal);
        Assert.Contains($"@{cleo.Handle}", page, StringComparison.Ordinal);
        Assert.Contains("loud.example", page, StringComparison.Ordinal);

        (await ada.FormAsync($"/social/people/{await ben.AccountIdAsync()}", ("act", "unmute"), ("back", "/social/settings/hidden"))).Is(HttpStatusCode.SeeOther);
        (await ada.FormAsync($"/social/people/{await cleo.AccountIdAsync()}", ("act", "unblock"), ("back", "/social/settings/hidden"))).Is(HttpStatusCode.SeeOther);
        (await ada.FormAsync("/social/settings/domains", ("domain", "loud.example"), ("act", "unblock"))).Is(HttpStatusCode.SeeOther);
        Assert.Equal((0, 0, 0), ((await ada.IdsAsync("/api/v1/mutes")).Count, (await ada.IdsAsync("/api/v1/blocks")).Count, (await ada.GetAsync("/api/v1/domain_blocks")).Ok().Json.GetArrayLength()));
    }

    [Fact]
    public async Task Tags_are_followed_and_shown_on_the_profile()
    {
        var ada = await house.PersonAsync("ada");
        (await ada.FormAsync("/social/settings/tags", ("act", "follow"), ("tag", "#Bread"))).Is(HttpStatusCode.SeeOther);
        (await ada.FormAsync("/social/settings/tags", ("act", "feature"), ("tag", "rye"))).Is(HttpStatusCode.SeeOther);
        (await ada.FormAsync("/social/settings/tags", ("act", "follow"), ("tag", "two words"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("bread", (await ada.GetAsync("/api/v1/followed_tags")).Ok().Json[0].GetProperty("name").GetString());
        Assert.Equal("rye", (await ada.GetAsync("/api/v1/featured_tags")).Ok().Json[0].GetProperty("name").GetString());
        var page = (await ada.PageAsync("/social/settings/tags")).Is(HttpStatusCode.OK).Body;
        Assert.Contains("#bread", page, StringComparison.Ordinal);
        (await ada.FormAsync("/social/settings/tags", ("act", "unfollow"), ("tag", "bread"))).Is(HttpStatusCode.SeeOther);
        (await ada.FormAsync("/social/settings/tags", ("act", "unfeature"), ("tag", "rye"))).Is(HttpStatusCode.SeeOther);
        Assert.Equal((0, 0), ((await ada.GetAsync("/api/v1/followed_tags")).Ok().Json.GetArrayLength(), (await ada.GetAsync("/api/v1/featured_tags")).Ok().Json.GetArrayLength()));
    }

    [Fact]
    public async Task The_public_timeline_says_that_nothing_is_exchanged()
    {
        var ada = await house.PersonAsync("ada");
        var id = await ada.TootAsync("open to all", "public");
        await ada.TootAsync("for the house", audience: "members");
        var page = (await house.Stranger().PageAsync("/social/public")).Is(HttpStatusCode.OK).Body;
        Assert.Contains($"post-{id}", page, StringComparison.Ordinal);
        Assert.DoesNotContain("for the house", page, StringComparison.Ordinal);
        Assert.Contains("exchanges posts with no other server", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/social/public\"", (await ada.PageAsync("/social/members")).Body, StringComparison.Ordinal);
    }

    [GeneratedRegex("/social/notifications/requests/[0-9]+", RegexOptions.None, 500)]
    private static partial Regex Request();
}
