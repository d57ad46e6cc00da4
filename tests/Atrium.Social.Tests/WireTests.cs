using System.Globalization;
using System.Net;
using System.Text;
using Atrium.Testing;

namespace Atrium.Social.Tests;

/// <summary>The wire rules of Mastodon's API, and the keys of its entities.</summary>
public sealed class WireTests(SocialHouse house)
{
    private static readonly string[] Account =
    [
        "acct", "avatar", "avatar_description", "avatar_static", "bot", "created_at", "discoverable", "display_name", "emojis", "feature_approval", "fields", "followers_count", "following_count", "group", "header",
        "header_description", "header_static", "hide_collections", "id", "indexable", "last_status_at", "locked", "noindex", "note", "roles", "show_featured", "show_media", "show_media_replies", "statuses_count", "uri", "url", "username",
    ];

    private static readonly string[] Status =
    [
        "account", "application", "audience", "bookmarked", "card", "content", "created_at", "edited_at", "emojis", "favourited", "favourites_count", "filtered", "id", "in_reply_to_account_id", "in_reply_to_id", "language",
        "media_attachments", "mentions", "muted", "pinned", "poll", "quote", "quote_approval", "quotes_count", "reblog", "reblogged", "reblogs_count", "replies_count", "sensitive", "spoiler_text", "tagged_collections", "tags", "thing",
        "uri", "url", "visibility",
    ];

    [Fact]
    public async Task The_same_post_by_json_form_and_multipart_is_the_same()
    {
        var ada = await house.PersonAsync("ada");
        List<Answer> answers =
        [
            await ada.PostAsync("/api/v1/statuses", new { status = "same", sensitive = true, poll = new { options = (string[])["a", "b"], expires_in = 600, multiple = true } }),
            await ada.PostAsync("/api/v1/statuses/", Json("""{"status":"same","sensitive":"True","poll[options][]":["a","b"],"poll":{"expires_in":"600","multiple":"1"}}""")),
            await ada.PostAsync("/api/v1/statuses", Form("status=same&sensitive=1&poll[options][]=a&poll[options][]=b&poll[expires_in]=600&poll[multiple]=on")),
            await ada.PostAsync("/api/v1/statuses/", Form("status=other&status=same&sensitive=on&poll[options][0]=a&poll[options][1]=b&poll[expires_in]=600&poll[multiple]=true")),
            await ada.PostAsync("/api/v1/statuses", new MultipartFormDataContent
            {
                { new StringContent("same"), "status" }, { new StringContent("true"), "sensitive" }, { new StringContent("a"), "poll[options][]" }, { new StringContent("b"), "poll[options][]" },
                { new StringContent("600"), "poll[expires_in]" }, { new StringContent("True"), "poll[multiple]" },
            }),
        ];
        foreach (var answer in answers)
        {
            answer.Ok();
            Assert.Equal("<p>same</p>", answer["content"]);
            Assert.True(answer.Json.GetProperty("sensitive").GetBoolean());
            Assert.Equal(["a", "b"], answer.Json.GetProperty("poll").GetProperty("options").EnumerateArray().Select(o => o.GetProperty("title").GetString()!));
            Assert.True(answer.Json.GetProperty("poll").GetProperty("multiple").GetBoolean());
        }
    }

    [Fact]
    public async Task A_notice_s_number_that_a_browser_rounded_still_marks_it_as_read()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        for (var i = 0; i < 3; i++)
        {
            await ben.TootAsync($"@{ada.Handle} hello");
            await house.SettledAsync();
            var number = (await ada.GetAsync("/api/v2/notifications")).Ok().Json.GetProperty("notification_groups")[0].GetProperty("most_recent_notification_id").GetInt64();
            // A browser's number has 53 bits, and as many digits as tell it from its neighbours.
            var rounded = i == 2 ? number - 16 : (long)decimal.Parse(((double)number).ToString("R", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
            (await ada.PostAsync("/api/v1/markers", new { notifications = new { last_read_id = rounded.ToString(CultureInfo.InvariantCulture) } })).Ok();
            Assert.Equal(0, (await ada.GetAsync("/api/v1/notifications/unread_count")).Ok().Json.GetProperty("count").GetInt32());
        }

        (await ada.PostAsync("/api/v1/markers", new { notifications = new { last_read_id = "99999999999999999999" } })).Ok();
    }

    [Fact]
    public async Task An_update_may_be_spelt_put_or_patch()
    {
        var ada = await house.PersonAsync("ada");
        var list = (await ada.PostAsync("/api/v1/lists", new { title = "Crew" })).Ok()["id"];
        Assert.Equal("Cast", (await ada.PatchAsync($"/api/v1/lists/{list}", new { title = "Cast" })).Ok()["title"]);
        Assert.Equal("filter", (await ada.PutAsync("/api/v2/notifications/policy", new { for_new_accounts = "filter" })).Ok()["for_new_accounts"]);
        (await house.Stranger().PatchAsync($"/api/v1/lists/{list}", new { title = "Theirs" })).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Pictures_are_named_by_a_json_key_with_brackets_as_by_every_other_spelling()
    {
        var ada = await house.PersonAsync("ada");
        foreach (var spelling in (Func<string, HttpContent>[])
        [
            id => Json($$"""{"status":"same","media_ids[]":["{{id}}"],"sensitive":"1"}"""), id => Json($$"""{"status":"same","media_ids[]":"{{id}}","sensitive":true}"""),
            id => Json($$"""{"status":"same","media_ids":["{{id}}"],"sensitive":"on"}"""), id => Form($"status=same&media_ids[]={id}&sensitive=True"),
            id => new MultipartFormDataContent { { new StringContent("same"), "status" }, { new StringContent(id), "media_ids[0]" }, { new StringContent("1"), "sensitive" } },
        ])
        {
            var media = (await MediaTests.UploadAsync(ada, "A grey square"))["id"];
            using var body = spelling(media);
            var post = (await ada.PostAsync("/api/v1/statuses", body)).Ok();
            Assert.Equal((media, true), (Assert.Single(post.Json.GetProperty("media_attachments").EnumerateArray()).GetProperty("id").GetString(), post.Json.GetProperty("sensitive").GetBoolean()));
        }

        // Beside a poll that is nested.
        var polled = (await ada.PostAsync("/api/v1/statuses", Json("""{"status":"same","media_ids[]":[],"poll":{"options":["a","b"],"expires_in":600}}"""))).Ok();
        Assert.Equal(2, polled.Json.GetProperty("poll").GetProperty("options").GetArrayLength());
    }

    [Fact]
    public async Task Entities_carry_exactly_their_keys()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var own = (await ada.GetAsync("/api/v1/accounts/verify_credentials")).Ok().Json;
        Assert.Equal(Account.Append("role").Append("source").Order(StringComparer.Ordinal), own.Keys());
        Assert.Equal(["attribution_domains", "discoverable", "fields", "follow_requests_count", "hide_collections", "indexable", "language", "note", "privacy", "quote_policy", "sensitive"], own.GetProperty("source").Keys());
        Assert.Equal(Account, (await ben.GetAsync($"/api/v1/accounts/{own.GetProperty("id").GetString()}")).Ok().Json.Keys());
        var id = await ada.TootAsync("hello");
        var mine = (await ada.GetAsync($"/api/v1/statuses/{id}")).Ok().Json;
        Assert.Equal(Status, mine.Keys());
        Assert.Equal(Status.Except(["pinned"]), (await ben.GetAsync($"/api/v1/statuses/{id}")).Ok().Json.Keys());
        Assert.Equal(Status.Except(["pinned", "favourited", "reblogged", "muted", "bookmarked", "filtered"]), (await house.Stranger().GetAsync($"/api/v1/statuses/{id}")).Ok().Json.Keys());
        Assert.EndsWith("Z", mine.GetProperty("created_at").GetString(), StringComparison.Ordinal);
        Assert.Equal(["bookmarks", "favourites"], new[] { "favourites", "bookmarks" }.Order());
        var relation = (await ben.GetAsync($"/api/v1/accounts/relationships?id[]=1&id[]={own.GetProperty("id").GetString()}")).Ok().Json;
        Assert.Equal(1, relation.GetArrayLength());
        Assert.Equal(
            ["blocked_by", "blocking", "domain_blocking", "endorsed", "followed_by", "following", "id", "languages", "muting", "muting_expires_at", "muting_notifications", "note", "notifying", "requested", "requested_by", "showing_reblogs"],
            relation[0].Keys());
    }

    [Fact]
    public async Task The_instance_says_what_every_app_reads_first()
    {
        var first = (await house.Stranger().GetAsync("/api/v1/instance/")).Ok().Json;
        Assert.StartsWith("4.5.0 (compatible; Atrium", first.GetProperty("version").GetString(), StringComparison.Ordinal);
        Assert.Equal(5000, first.GetProperty("max_toot_chars").GetInt32());
        Assert.StartsWith("ws://", first.GetProperty("urls").GetProperty("streaming_api").GetString(), StringComparison.Ordinal);
        var second = (await house.Stranger().GetAsync("/api/v2/instance")).Ok().Json;
        Assert.Equal(["api_versions", "configuration", "contact", "description", "domain", "icon", "languages", "registrations", "rules", "source_url", "thumbnail", "title", "usage", "version"], second.Keys());
        foreach (var path in (string[])["custom_emojis", "trends/tags", "trends/statuses", "trends/links", "instance/rules", "instance/peers"])
            Assert.Equal(System.Text.Json.JsonValueKind.Array, (await house.Stranger().GetAsync("/api/v1/" + path)).Ok().Json.ValueKind);
        var answer = await house.Stranger().SendAsync(HttpMethod.Options, "/api/v1/statuses", null, [("Origin", "https://elk.example"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "authorization")]);
        Assert.Equal("*", answer.Is(HttpStatusCode.NoContent).Headers["Access-Control-Allow-Origin"]);
    }

    [Fact]
    public async Task Every_read_route_answers_a_fresh_member()
    {
        var ada = await house.PersonAsync("ada");
        var id = await ada.AccountIdAsync();
        var status = await ada.TootAsync("x");
        foreach (var path in (string[])
        [
            "v1/preferences", "v1/markers?timeline[]=home", "v1/follow_requests", "v1/announcements", "v1/lists", "v2/filters", "v1/filters", "v1/notifications", "v2/notifications", "v1/notifications/policy",
            "v2/notifications/policy", "v1/notifications/requests", "v1/notifications/unread_count", "v2/notifications/unread_count", "v1/conversations", "v1/scheduled_statuses", "v1/favourites", "v1/bookmarks", "v1/mutes",
            "v1/blocks", "v1/domain_blocks", "v1/endorsements", "v1/followed_tags", "v1/featured_tags", "v1/featured_tags/suggestions", "v1/suggestions", "v2/suggestions", "v1/directory", "v1/timelines/home",
            "v1/timelines/public", "v1/timelines/tag/x", $"v1/accounts/{id}/featured_tags", $"v1/accounts/{id}/lists", $"v1/accounts/{id}/endorsements", $"v1/accounts/{id}/followers", $"v1/accounts/{id}/following",
            $"v1/accounts/familiar_followers?id[]={id}", "v1/tags/x", "v2/search?q=a", $"v1/accounts/lookup?acct={ada.Handle}", $"v1/accounts/search?q={ada.Handle}", $"v1/statuses/{status}/context",
            $"v1/statuses/{status}/history", $"v1/statuses/{status}/source", $"v1/statuses/{status}/favourited_by", $"v1/statuses/{status}/reblogged_by", $"v1/statuses/{status}/quotes", "v1/instance/extended_description",
        ]) (await ada.GetAsync("/api/" + path)).Ok();
    }

    [Fact]
    public async Task Filters_lists_and_quotes_do_what_they_say()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        await ben.FollowAsync(ada);
        var plain = await ada.TootAsync("about cats");
        (await ben.PostAsync("/api/v2/filters", Form("title=no+cats&context[]=home&filter_action=warn&keywords_attributes[][keyword]=cats&keywords_attributes[][whole_word]=true"))).Ok();
        var hide = (await ben.PostAsync("/api/v2/filters", new { title = "no dogs", context = (string[])["home"], filter_action = "hide", keywords_attributes = new[] { new { keyword = "dogs" } } })).Ok();
        var gone = await ada.TootAsync("about dogs");
        var home = (await ben.GetAsync("/api/v1/timelines/home")).Ok();
        Assert.DoesNotContain(gone, home.Ids());
        var warned = home.Json.EnumerateArray().First(s => s.GetProperty("id").GetString() == plain).GetProperty("filtered")[0];
        Assert.Equal("cats", warned.GetProperty("keyword_matches")[0].GetString());
        (await ben.DeleteAsync($"/api/v2/filters/{hide["id"]}")).Ok();
        Assert.Contains(gone, await ben.IdsAsync("/api/v1/timelines/home"));

        var list = (await ben.PostAsync("/api/v1/lists", new { title = "friends", exclusive = true })).Ok()["id"];
        (await ben.PostAsync($"/api/v1/lists/{list}/accounts", new { account_ids = (string[])[await ada.AccountIdAsync()] })).Ok();
        var apart = await ada.TootAsync("for the list");
        Assert.Contains(apart, await ben.IdsAsync($"/api/v1/timelines/list/{list}"));
        Assert.DoesNotContain(apart, await ben.IdsAsync("/api/v1/timelines/home"));

        var shut = (await ada.PostAsync("/api/v1/statuses", new { status = "mine", quote_approval_policy = "nobody" })).Ok()["id"];
        (await ben.PostAsync("/api/v1/statuses", new { status = "look", quoted_status_id = shut })).Is(HttpStatusCode.UnprocessableEntity);
        var quoting = (await ben.PostAsync("/api/v1/statuses", new { status = "look", quoted_status_id = plain })).Ok();
        Assert.Equal(plain, quoting.Json.GetProperty("quote").GetProperty("quoted_status").GetProperty("id").GetString());
        (await ada.PostAsync($"/api/v1/statuses/{plain}/quotes/{quoting["id"]}/revoke")).Ok();
        Assert.Equal("revoked", (await ben.GetAsync($"/api/v1/statuses/{quoting["id"]}")).Ok().Json.GetProperty("quote").GetProperty("state").GetString());
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static StringContent Form(string text) => new(text, Encoding.UTF8, "application/x-www-form-urlencoded");
}
