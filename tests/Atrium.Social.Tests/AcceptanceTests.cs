using System.Net;
using System.Text.Json;
using Atrium.Kernel;
using Atrium.Testing;

namespace Atrium.Social.Tests;

/// <summary>What the room promises, flow by flow.</summary>
public sealed class AcceptanceTests(SocialHouse house)
{
    [Fact]
    public async Task A_post_is_the_same_object_in_an_app_in_a_browser_by_search_and_in_a_feed()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var post = (await ada.PostAsync("/api/v1/statuses", new { status = $"one of a kind {ada.Handle}" })).Ok();
        Assert.Equal(($"{house.Url}/@{ada.Handle}/{post["id"]}", $"{house.Url}/users/{ada.Handle}/statuses/{post["id"]}"), (post["url"], post["uri"]));
        var page = (await ben.PageAsync(new Uri(post["url"]).AbsolutePath)).Ok().Body;
        Assert.Contains($"one of a kind {ada.Handle}", page, StringComparison.Ordinal);
        foreach (var address in (string[])[post["url"], post["uri"]])
        {
            var found = (await ben.GetAsync($"/api/v2/search?q={Uri.EscapeDataString(address)}&resolve=true")).Ok().Json.GetProperty("statuses");
            Assert.Equal(post["id"], found[0].GetProperty("id").GetString());
        }

        var feed = (await house.Stranger().GetAsync($"/@{ada.Handle}.rss")).Ok().Body;
        Assert.Contains(post["url"], feed, StringComparison.Ordinal);
        var account = (await ben.GetAsync($"/api/v1/accounts/lookup?acct={ada.Handle}")).Ok();
        Assert.Equal(($"{house.Url}/@{ada.Handle}", $"{house.Url}/users/{ada.Handle}"), (account["url"], account["uri"]));
    }

    [Fact]
    public async Task People_are_found_by_name_suggested_by_friends_and_let_go()
    {
        var (ada, ben, cleo) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"));
        await cleo.AccountIdAsync();
        await ada.FollowAsync(ben);
        await ben.FollowAsync(cleo);
        var found = (await ada.GetAsync($"/api/v1/accounts/search?q=@{cleo.Handle}")).Ok().Json;
        Assert.Equal(cleo.Handle, found[0].GetProperty("acct").GetString());
        var suggested = (await ada.GetAsync("/api/v2/suggestions?limit=80")).Ok().Json.EnumerateArray().Single(s => s.GetProperty("account").GetProperty("acct").GetString() == cleo.Handle);
        Assert.Equal("friends_of_friends", suggested.GetProperty("sources")[0].GetString());
        var familiar = (await ada.GetAsync($"/api/v1/accounts/familiar_followers?id[]={await cleo.AccountIdAsync()}")).Ok().Json[0];
        Assert.Equal(ben.Handle, familiar.GetProperty("accounts")[0].GetProperty("acct").GetString());
        (await ada.DeleteAsync($"/api/v1/suggestions/{await cleo.AccountIdAsync()}")).Ok();
        Assert.DoesNotContain((await ada.GetAsync("/api/v2/suggestions?limit=80")).Ok().Json.EnumerateArray(), s => s.GetProperty("account").GetProperty("acct").GetString() == cleo.Handle);

        (await ben.PostAsync($"/api/v1/accounts/{await ada.AccountIdAsync()}/remove_from_followers")).Ok();
        Assert.False((await ada.GetAsync($"/api/v1/accounts/relationships?id[]={await ben.AccountIdAsync()}")).Ok().Json[0].GetProperty("following").GetBoolean());
    }

    [Fact]
    public async Task Markdown_becomes_safe_words_and_a_text_is_counted_as_readers_count()
    {
        var ada = await house.PersonAsync("ada");
        var post = (await ada.PostAsync("/api/v1/statuses", new { status = "# Title\n\n**bold** <script>alert(1)</script> [x](javascript:alert(1)) `code`", content_type = "text/markdown" })).Ok();
        Assert.Contains("<strong>bold</strong>", post["content"], StringComparison.Ordinal);
        Assert.Contains("<code>code</code>", post["content"], StringComparison.Ordinal);
        Assert.DoesNotContain("<h1", post["content"], StringComparison.Ordinal);
        Assert.DoesNotContain("<script", post["content"], StringComparison.Ordinal);
        Assert.DoesNotContain("javascript:", post["content"], StringComparison.Ordinal);
        Assert.DoesNotContain("<strong>", (await ada.PostAsync("/api/v1/statuses", new { status = "**plain**" })).Ok()["content"], StringComparison.Ordinal);

        var address = "https://example.org/" + new string('x', 300);
        (await ada.PostAsync("/api/v1/statuses", new { status = new string('é', 5000 - 24) + " " + address })).Ok();
        (await ada.PostAsync("/api/v1/statuses", new { status = new string('é', 5000 - 23) + " " + address })).Is(HttpStatusCode.UnprocessableEntity);
        (await ada.PostAsync("/api/v1/statuses", new { status = string.Concat(Enumerable.Repeat("👩‍👩‍👧‍👦", 5000)) })).Ok();
        (await ada.PostAsync("/api/v1/statuses", new { status = new string('a', 4999), spoiler_text = "ab" })).Is(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task An_edit_tells_boosters_once_and_each_version_stays_and_redrafting_gives_everything_back()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var media = await MediaTests.UploadAsync(ada, "alt");
        var post = (await ada.PostAsync("/api/v1/statuses", new { status = "first", media_ids = (string[])[media["id"]] })).Ok()["id"];
        (await ben.PostAsync($"/api/v1/statuses/{post}/reblog")).Ok();
        for (var i = 1; i <= 3; i++) (await ada.PutAsync($"/api/v1/statuses/{post}", new { status = $"version {i}", media_ids = (string[])[media["id"]] })).Ok();
        Assert.Equal(4, (await ben.GetAsync($"/api/v1/statuses/{post}/history")).Ok().Json.GetArrayLength());
        Assert.Single((await ben.GetAsync("/api/v1/notifications?types[]=update")).Ok().Json.EnumerateArray());
        Assert.Contains("version", (await ben.PageAsync($"/@{ada.Handle}/{post}/history")).Ok().Body, StringComparison.Ordinal);
        var back = (await ada.DeleteAsync($"/api/v1/statuses/{post}")).Ok();
        Assert.Equal(("version 3", media["id"]), (back["text"], back.Json.GetProperty("media_attachments")[0].GetProperty("id").GetString()));
        (await ada.PostAsync("/api/v1/statuses", new { status = "redrafted", media_ids = (string[])[media["id"]] })).Ok();
    }

    [Fact]
    public async Task Notifications_are_grouped_kept_apart_by_policy_and_let_in()
    {
        var (ada, stranger) = (await house.PersonAsync("ada"), await house.PersonAsync("stranger"));
        var post = await ada.TootAsync("like me");
        List<Person> fans = [];
        for (var i = 0; i < 3; i++)
        {
            fans.Add(await house.PersonAsync("fan"));
            (await fans[i].PostAsync($"/api/v1/statuses/{post}/favourite")).Ok();
        }

        var grouped = (await ada.GetAsync("/api/v2/notifications?types[]=favourite")).Ok().Json.GetProperty("notification_groups");
        Assert.Equal((1, 3, post), (grouped.GetArrayLength(), grouped[0].GetProperty("notifications_count").GetInt32(), grouped[0].GetProperty("status_id").GetString()));
        Assert.Equal(3, (await ada.GetAsync("/api/v1/notifications?types[]=favourite")).Ok().Json.GetArrayLength());

        (await ada.PatchAsync("/api/v2/notifications/policy", new { for_not_following = "filter" })).Ok();
        await stranger.TootAsync($"hello @{ada.Handle}");
        Assert.Equal(0, (await ada.GetAsync("/api/v1/notifications?types[]=mention")).Ok().Json.GetArrayLength());
        var request = (await ada.GetAsync("/api/v1/notifications/requests")).Ok().Json.EnumerateArray().Single(r => r.GetProperty("account").GetProperty("acct").GetString() == stranger.Handle);
        (await ada.PostAsync($"/api/v1/notifications/requests/{request.GetProperty("id").GetString()}/accept")).Ok();
        await stranger.TootAsync($"again @{ada.Handle}");
        Assert.Equal(2, (await ada.GetAsync("/api/v1/notifications?types[]=mention")).Ok().Json.GetArrayLength());
    }

    [Fact]
    public async Task A_private_word_is_a_conversation_on_both_sides_unread_until_it_is_read()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var first = await ada.TootAsync($"psst @{ben.Handle}", "direct");
        var mine = (await ada.GetAsync("/api/v1/conversations")).Ok().Json;
        var theirs = (await ben.GetAsync("/api/v1/conversations")).Ok().Json;
        Assert.Equal((false, true), (mine[0].GetProperty("unread").GetBoolean(), theirs[0].GetProperty("unread").GetBoolean()));
        Assert.Equal(ada.Handle, theirs[0].GetProperty("accounts")[0].GetProperty("acct").GetString());
        (await ben.PostAsync($"/api/v1/conversations/{theirs[0].GetProperty("id").GetString()}/read")).Ok();
        Assert.False((await ben.GetAsync("/api/v1/conversations")).Ok().Json[0].GetProperty("unread").GetBoolean());
        var answer = await ben.TootAsync($"yes @{ada.Handle}", "direct", inReplyTo: first);
        var again = (await ada.GetAsync("/api/v1/conversations")).Ok().Json;
        Assert.Equal((1, true, answer), (again.GetArrayLength(), again[0].GetProperty("unread").GetBoolean(), again[0].GetProperty("last_status").GetProperty("id").GetString()));
        (await ben.DeleteAsync($"/api/v1/conversations/{theirs[0].GetProperty("id").GetString()}")).Ok();
        Assert.Equal(0, (await ben.GetAsync("/api/v1/conversations")).Ok().Json.GetArrayLength());
    }

    [Fact]
    public async Task Search_narrows_by_its_words_and_finds_one_s_library()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var word = "needle" + ada.Handle;
        var plain = await ada.TootAsync($"{word} plain");
        var reply = await ada.TootAsync($"{word} reply", inReplyTo: plain);
        var poll = (await ada.PostAsync("/api/v1/statuses", new { status = $"{word} poll", poll = new { options = (string[])["a", "b"], expires_in = 600 } })).Ok()["id"];
        var german = (await ada.PostAsync("/api/v1/statuses", new { status = $"{word} deutsch", language = "de", sensitive = true })).Ok()["id"];
        (await ada.PatchAsync("/api/v1/accounts/update_credentials", new { indexable = false })).Ok();
        await house.SettledAsync();
        async Task<IEnumerable<string>> Find(Caller caller, string more) =>
            (await caller.GetAsync($"/api/v2/search?type=statuses&limit=40&q={Uri.EscapeDataString($"{word} {more}".Trim())}")).Ok().Json.GetProperty("statuses").EnumerateArray().Select(s => s.GetProperty("id").GetString()!).Order(StringComparer.Ordinal);
        Assert.Equal([plain, reply, poll, german], await Find(ada, ""));
        Assert.Equal([reply], await Find(ada, "is:reply"));
        Assert.Equal([poll], await Find(ada, "has:poll"));
        Assert.Equal([german], await Find(ada, "language:de"));
        Assert.Equal([german], await Find(ada, "is:sensitive"));
        Assert.Equal([plain, reply, poll, german], await Find(ada, $"from:{ada.Handle}"));
        Assert.Empty(await Find(ada, $"from:{ben.Handle}"));
        Assert.Empty(await Find(ada, "before:2020-01-01"));
        Assert.Equal([plain, reply, poll, german], await Find(ada, "after:2020-01-01"));
        // Its author does not want to be found: only who keeps it does.
        Assert.Empty(await Find(ben, ""));
        (await ben.PostAsync($"/api/v1/statuses/{plain}/bookmark")).Ok();
        Assert.Equal([plain], await Find(ben, ""));
        Assert.Equal([plain], await Find(ben, "in:library"));
        Assert.Empty(await Find(ben, "in:public"));
    }

    [Fact]
    public async Task A_block_takes_all_away_at_once_on_both_sides()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        await ada.FollowAsync(ben);
        await ben.FollowAsync(ada);
        var thing = Bench.Add(ada.Id, Audience.Public);
        var word = "block" + ada.Handle;
        var comment = (await ben.PostAsync($"/api/social/discussions/{thing}/comments", new { text = $"{word} comment" })).Is(HttpStatusCode.Created)["id"];
        var post = await ada.TootAsync($"{word} post");
        (await ben.PostAsync($"/api/v1/statuses/{post}/favourite")).Ok();
        var reply = await ben.TootAsync($"{word} reply", inReplyTo: post);
        await house.SettledAsync();
        (await ada.PostAsync($"/api/v1/accounts/{await ben.AccountIdAsync()}/block")).Ok();
        Assert.Empty((await ada.GetAsync("/api/v1/notifications")).Ok().Json.EnumerateArray());
        Assert.DoesNotContain(reply, (await ada.GetAsync($"/api/v1/statuses/{post}/context")).Ok().Body, StringComparison.Ordinal);
        Assert.DoesNotContain(comment, (await ada.GetAsync($"/api/social/discussions/{thing}")).Ok().Body, StringComparison.Ordinal);
        foreach (var (reader, other) in new[] { (ada, ben), (ben, ada) })
        {
            Assert.Empty((await reader.IdsAsync("/api/v1/timelines/home")).Where(id => id == (reader == ada ? reply : post)));
            var own = (await reader.GetAsync($"/api/v2/search?q={word}&type=statuses")).Ok().Json.GetProperty("statuses").EnumerateArray();
            Assert.All(own, s => Assert.Equal(reader.Handle, s.GetProperty("account").GetProperty("acct").GetString()));
            var everywhere = (await reader.GetAsync($"/api/home/search?q={word}")).Ok().Body;
            Assert.DoesNotContain($"/@{other.Handle}/", everywhere, StringComparison.Ordinal);
            Assert.DoesNotContain($"\"/@{other.Handle}\"", (await reader.GetAsync($"/api/home/search?q={other.Handle}")).Ok().Body, StringComparison.Ordinal);
        }

        // Nor does who runs the thing read what others say to each other alone.
        var (cleo, dora) = (await house.PersonAsync("cleo"), await house.PersonAsync("dora"));
        var open = (await cleo.PostAsync($"/api/social/discussions/{thing}/comments", new { text = "for all" })).Is(HttpStatusCode.Created)["id"];
        await dora.AccountIdAsync();
        var whispered = await cleo.TootAsync($"for you alone @{dora.Handle}", "direct", inReplyTo: open);
        var thread = (await ada.GetAsync($"/api/social/discussions/{thing}")).Ok().Body;
        Assert.Contains(open, thread, StringComparison.Ordinal);
        Assert.DoesNotContain(whispered, thread, StringComparison.Ordinal);

        (await ben.PostAsync($"/api/v1/statuses/{post}/reblog")).Is(HttpStatusCode.NotFound);
        (await ben.PostAsync("/api/v1/statuses", new { status = "q", quoted_status_id = post })).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_quote_of_somebody_the_reader_muted_or_blocks_says_so_to_that_reader_alone()
    {
        var (ada, ben, cleo, dora) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"), await house.PersonAsync("dora"));
        var quoted = (await ada.PostAsync("/api/v1/statuses", new { status = "mine", quote_approval_policy = "public" })).Ok()["id"];
        var quoting = (await ben.PostAsync("/api/v1/statuses", new { status = "hers", quoted_status_id = quoted, quote_approval_policy = "public" })).Ok()["id"];
        var outer = (await dora.PostAsync("/api/v1/statuses", new { status = "his", quoted_status_id = quoting })).Ok()["id"];
        var id = await ada.AccountIdAsync();
        async Task<(string?, bool)> SeenAsync(Caller reader)
        {
            var quote = (await reader.GetAsync($"/api/v1/statuses/{quoting}")).Ok().Json.GetProperty("quote");
            var listed = (await reader.GetAsync($"/api/v1/accounts/{await ben.AccountIdAsync()}/statuses")).Ok().Json[0].GetProperty("quote");
            Assert.Equal(quote.GetProperty("state").GetString(), listed.GetProperty("state").GetString());
            return (quote.GetProperty("state").GetString(), quote.GetProperty("quoted_status").ValueKind == JsonValueKind.Object);
        }

        (await cleo.PostAsync($"/api/v1/accounts/{id}/mute")).Ok();
        Assert.Equal(("muted_account", true), await SeenAsync(cleo));
        Assert.Contains("A post of somebody you muted", (await cleo.GetAsync($"/@{ben.Handle}/{quoting}")).Ok().Body, StringComparison.Ordinal);
        (await cleo.PostAsync($"/api/v1/accounts/{id}/block")).Ok();
        Assert.Equal(("blocked_account", false), await SeenAsync(cleo));
        Assert.Contains("A post of somebody you block.", (await cleo.GetAsync($"/@{ben.Handle}/{quoting}")).Ok().Body, StringComparison.Ordinal);
        Assert.Equal(("accepted", true), await SeenAsync(ben));
        Assert.Equal(("accepted", true), await SeenAsync(house.Stranger()));
        // Who is blocked is not told that they are.
        (await ada.PostAsync($"/api/v1/accounts/{await dora.AccountIdAsync()}/block")).Ok();
        Assert.Equal(("unauthorized", false), await SeenAsync(dora));
        var nested = (await ben.GetAsync($"/api/v1/statuses/{outer}")).Ok().Json.GetProperty("quote").GetProperty("quoted_status").GetProperty("quote");
        Assert.Equal(("accepted", quoted), (nested.GetProperty("state").GetString(), nested.GetProperty("quoted_status_id").GetString()));
    }

    [Fact]
    public async Task A_quote_needs_consent_and_its_author_can_take_it_back_before_all_readers()
    {
        var (ada, ben, cleo) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"));
        await ben.FollowAsync(ada);
        await cleo.AccountIdAsync();
        async Task<string> Post(string policy) => (await ada.PostAsync("/api/v1/statuses", new { status = policy, quote_approval_policy = policy })).Ok()["id"];
        var (nobody, followers) = (await Post("nobody"), await Post("followers"));
        (await ben.PostAsync("/api/v1/statuses", new { status = "q", quoted_status_id = nobody })).Is(HttpStatusCode.UnprocessableEntity);
        (await cleo.PostAsync("/api/v1/statuses", new { status = "q", quoted_status_id = followers })).Is(HttpStatusCode.UnprocessableEntity);
        var quote = (await ben.PostAsync("/api/v1/statuses", new { status = "q", quoted_status_id = followers })).Ok();
        Assert.Equal("accepted", quote.Json.GetProperty("quote").GetProperty("state").GetString());
        (await ada.PostAsync($"/api/v1/statuses/{followers}/quotes/{quote["id"]}/revoke")).Ok();
        foreach (var reader in (Caller[])[ada, ben, cleo, house.Stranger()])
        {
            var seen = (await reader.GetAsync($"/api/v1/statuses/{quote["id"]}")).Ok().Json.GetProperty("quote");
            Assert.Equal(("revoked", JsonValueKind.Null), (seen.GetProperty("state").GetString(), seen.GetProperty("quoted_status").ValueKind));
        }
    }

    [Fact]
    public async Task Every_place_in_a_home_says_why_it_is_there_and_what_hides_it()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        await ben.FollowAsync(ada);
        var tag = "why" + ben.Handle;
        (await ben.PostAsync($"/api/v1/tags/{tag}/follow")).Ok();
        var cleo = await house.PersonAsync("cleo");
        var (followed, tagged) = (await ada.TootAsync("hello hiddenword"), await cleo.TootAsync($"hi #{tag}"));
        (await ben.PostAsync("/api/v2/filters", new { title = "Not this", context = (string[])["home"], filter_action = "hide", keywords_attributes = new[] { new { keyword = "hiddenword", whole_word = true } } })).Ok();
        Assert.Equal("follow", (await ben.GetAsync($"/api/social/statuses/{followed}/why")).Ok()["reason"]);
        Assert.Contains("Not this", (await ben.GetAsync($"/api/social/statuses/{followed}/why")).Ok().Body, StringComparison.Ordinal);
        Assert.Equal("tag", (await ben.GetAsync($"/api/social/statuses/{tagged}/why")).Ok()["reason"]);
        var home = await ben.IdsAsync("/api/v1/timelines/home");
        Assert.DoesNotContain(followed, home);
        Assert.Contains(tagged, home);
    }
}
