using System.Text.Json;
using Atrium.Kernel;
using Atrium.Testing;

namespace Atrium.Social.Tests;

/// <summary>A member to whom a bit of everything has happened.</summary>
public sealed class FullWorld(SocialHouse house) : IAsyncLifetime
{
    private readonly Dictionary<string, string> _ids = [];

    public Person Ada { get; private set; } = null!;

    /// <summary>An address with the ids of what is there.</summary>
    public string At(string path) => _ids.Aggregate(path, (p, id) => p.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal));

    public async ValueTask InitializeAsync()
    {
        Ada = await house.PersonAsync("ada");
        var (ben, cleo) = (await house.PersonAsync("ben"), await house.PersonAsync("cleo"));
        var tag = $"full{Ada.Handle}";
        await Ada.FollowAsync(ben);
        await ben.FollowAsync(cleo);
        await cleo.FollowAsync(Ada);
        (await cleo.PatchAsync("/api/v1/accounts/update_credentials", new { discoverable = true })).Ok();
        _ids["media"] = (await MediaTests.UploadAsync(Ada, "A grey square"))["id"];
        _ids["tag"] = tag;
        _ids["ben"] = await ben.AccountIdAsync();
        _ids["cleo"] = await cleo.AccountIdAsync();
        _ids["ada"] = await Ada.AccountIdAsync();
        var post = await Ada.TootAsync($"Which? #{tag}");
        _ids["post"] = post;
        _ids["polled"] = (await Ada.PostAsync("/api/v1/statuses", new { status = "Which?", poll = new { options = (string[])["this", "that"], expires_in = 600 } })).Ok() is var polled ? polled["id"] : "";
        _ids["poll"] = polled.Json.GetProperty("poll").GetProperty("id").GetString()!;
        (await Ada.PutAsync($"/api/v1/statuses/{post}", new { status = $"Which one? #{tag}" })).Ok();
        await ben.TootAsync($"@{Ada.Handle} this", inReplyTo: post);
        (await cleo.PostAsync($"/api/v1/statuses/{post}/favourite")).Ok();
        await ben.TootAsync($"@{Ada.Handle} psst", "direct");
        _ids["list"] = (await Ada.PostAsync("/api/v1/lists", new { title = "Friends" })).Ok()["id"];
        _ids["filter"] = (await Ada.PostAsync("/api/v2/filters", new { title = "Not this", context = (string[])["public"], filter_action = "warn", expires_in = 3600, keywords_attributes = new[] { new { keyword = "spider", whole_word = true } } })).Ok()["id"];
        (await Ada.PostAsync($"/api/v2/filters/{_ids["filter"]}/statuses", new { status_id = post })).Ok();
        (await Ada.PostAsync($"/api/v1/tags/{tag}/feature")).Ok();
        (await Ada.PostAsync("/api/v1/markers", new { home = new { last_read_id = post } })).Ok();
        _ids["scheduled"] = (await Ada.PostAsync("/api/v1/statuses", new { status = "Later", scheduled_at = DateTimeOffset.UtcNow.AddHours(1) })).Ok()["id"];
        _ids["report"] = (await Ada.PostAsync("/api/v1/reports", new { account_id = _ids["cleo"], comment = "Look" })).Ok().Body;
        (await Ada.PatchAsync("/api/v2/notifications/policy", new { for_not_following = "filter" })).Ok();
        await (await house.PersonAsync("dora")).TootAsync($"@{Ada.Handle} hello");
        await house.SettledAsync();
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>Every entity of Mastodon's API carries exactly its keys, whether they hold something or not.</summary>
public sealed class EntityTests(FullWorld world) : IClassFixture<FullWorld>
{
    [Theory]
    [InlineData("media", "/api/v1/media/{media}", "", "id type url preview_url remote_url preview_remote_url text_url meta description blurhash")]
    [InlineData("media meta", "/api/v1/media/{media}", "meta", "original small focus")]
    [InlineData("media size", "/api/v1/media/{media}", "meta.original", "width height size aspect")]
    [InlineData("poll", "/api/v1/polls/{poll}", "", "id expires_at expired multiple votes_count voters_count voted own_votes options emojis")]
    [InlineData("poll option", "/api/v1/polls/{poll}", "options.0", "title votes_count")]
    [InlineData("notification", "/api/v1/notifications?types[]=mention", "0", "id type created_at group_key account status")]
    [InlineData("notification without a post", "/api/v1/notifications?types[]=follow", "0", "id type created_at group_key account")]
    [InlineData("grouped notifications", "/api/v2/notifications", "", "accounts statuses notification_groups")]
    [InlineData("grouped notifications with few faces", "/api/v2/notifications?expand_accounts=partial_avatars", "", "accounts partial_accounts statuses notification_groups")]
    [InlineData("notification group", "/api/v2/notifications?types[]=favourite", "notification_groups.0", "group_key notifications_count type most_recent_notification_id page_min_id page_max_id latest_page_notification_at sample_account_ids status_id")]
    [InlineData("notification policy", "/api/v2/notifications/policy", "", "for_not_following for_not_followers for_new_accounts for_private_mentions for_limited_accounts summary")]
    [InlineData("notification policy's summary", "/api/v2/notifications/policy", "summary", "pending_requests_count pending_notifications_count")]
    [InlineData("notification request", "/api/v1/notifications/requests", "0", "id created_at updated_at notifications_count account last_status")]
    [InlineData("list", "/api/v1/lists/{list}", "", "id title replies_policy exclusive")]
    [InlineData("filter", "/api/v2/filters/{filter}", "", "id title context expires_at filter_action keywords statuses")]
    [InlineData("filter keyword", "/api/v2/filters/{filter}", "keywords.0", "id keyword whole_word")]
    [InlineData("filter status", "/api/v2/filters/{filter}", "statuses.0", "id status_id")]
    [InlineData("first filter", "/api/v1/filters", "0", "id phrase context whole_word expires_at irreversible")]
    [InlineData("tag", "/api/v1/tags/{tag}", "", "id name url history following featuring")]
    [InlineData("day of a tag", "/api/v1/tags/{tag}", "history.0", "day uses accounts")]
    [InlineData("featured tag", "/api/v1/featured_tags", "0", "id name url statuses_count last_status_at")]
    [InlineData("conversation", "/api/v1/conversations", "0", "id unread accounts last_status")]
    [InlineData("markers", "/api/v1/markers?timeline[]=home", "", "home")]
    [InlineData("marker", "/api/v1/markers?timeline[]=home", "home", "last_read_id version updated_at")]
    [InlineData("scheduled post", "/api/v1/scheduled_statuses/{scheduled}", "", "id scheduled_at params media_attachments")]
    [InlineData("edit", "/api/v1/statuses/{post}/history", "1", "content spoiler_text sensitive created_at account poll media_attachments emojis quote")]
    [InlineData("edit of a poll", "/api/v1/statuses/{polled}/history", "0", "content spoiler_text sensitive created_at account poll media_attachments emojis quote")]
    [InlineData("poll of an edit", "/api/v1/statuses/{polled}/history", "0.poll", "options")]
    [InlineData("poll option of an edit", "/api/v1/statuses/{polled}/history", "0.poll.options.0", "title")]
    [InlineData("source", "/api/v1/statuses/{post}/source", "", "id text spoiler_text")]
    [InlineData("context", "/api/v1/statuses/{post}/context", "", "ancestors descendants")]
    [InlineData("suggestion", "/api/v2/suggestions", "0", "source sources account")]
    [InlineData("familiar followers", "/api/v1/accounts/familiar_followers?id[]={cleo}", "0", "id accounts")]
    [InlineData("search", "/api/v2/search?q=ada", "", "accounts statuses hashtags")]
    [InlineData("preferences", "/api/v1/preferences", "", "posting:default:visibility posting:default:sensitive posting:default:language posting:default:quote_policy reading:expand:media reading:expand:spoilers reading:autoplay:gifs")]
    [InlineData("instance, first", "/api/v1/instance", "", "uri title short_description description email version urls stats thumbnail languages registrations approval_required invites_enabled configuration contact_account rules max_toot_chars")]
    [InlineData("instance's figures", "/api/v1/instance", "stats", "user_count status_count domain_count")]
    [InlineData("instance's registrations", "/api/v2/instance", "registrations", "enabled approval_required reason_required message min_age url")]
    [InlineData("instance's configuration", "/api/v2/instance", "configuration", "urls vapid accounts statuses media_attachments polls translation timelines_access limited_federation")]
    [InlineData("instance's addresses", "/api/v2/instance", "configuration.urls", "streaming status about privacy_policy terms_of_service")]
    [InlineData("instance's polls", "/api/v2/instance", "configuration.polls", "max_options max_characters_per_option min_expiration max_expiration")]
    public async Task An_entity_carries_exactly_its_keys(string what, string path, string at, string keys)
    {
        var found = (await world.Ada.GetAsync(world.At(path))).Ok().Json;
        foreach (var step in at.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (int.TryParse(step, out var place)) Assert.True(found.GetArrayLength() > place, $"There is no {what}.");
            found = int.TryParse(step, out place) ? found[place] : found.GetProperty(step);
        }

        Assert.True(found.ValueKind == JsonValueKind.Object, $"There is no {what}.");
        Assert.Equal(keys.Split(' ').Order(StringComparer.Ordinal), found.Keys());
    }

    [Fact]
    public void A_report_carries_exactly_its_keys() => Assert.Equal(
        ["action_taken", "action_taken_at", "category", "collection_ids", "comment", "created_at", "forwarded", "id", "rule_ids", "status_ids", "target_account"],
        JsonDocument.Parse(world.At("{report}")).RootElement.Keys());
}
