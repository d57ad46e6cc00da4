using System.Net;
using Atrium.Testing;

namespace Atrium.Social.Tests;

public sealed class PostingTests(SocialHouse house)
{
    [Fact]
    public async Task A_post_is_in_the_homes_of_followers_when_it_answers()
    {
        var (ada, ben, cleo) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"));
        await ben.FollowAsync(ada);
        var id = await ada.TootAsync("Hello #World, @" + ben.Handle + "!");

        Assert.Contains(id, await ben.IdsAsync("/api/v1/timelines/home"));
        Assert.Contains(id, await ada.IdsAsync("/api/v1/timelines/home"));
        Assert.DoesNotContain(id, await cleo.IdsAsync("/api/v1/timelines/home"));
        Assert.Contains(id, await house.Stranger().IdsAsync($"/api/v1/timelines/public?limit=40&max_id={long.Parse(id) + 1}"));
        Assert.Contains(id, await house.Stranger().IdsAsync("/api/v1/timelines/tag/world"));

        var shown = (await ben.GetAsync($"/api/v1/statuses/{id}")).Ok().Json;
        Assert.Contains("class=\"u-url mention\"", shown.GetProperty("content").GetString());
        Assert.Equal(ben.Handle, shown.GetProperty("mentions")[0].GetProperty("acct").GetString());
        Assert.Equal("world", shown.GetProperty("tags")[0].GetProperty("name").GetString());
        Assert.StartsWith(house.Url, shown.GetProperty("uri").GetString());
    }

    [Fact]
    public async Task A_page_of_twenty_posts_costs_at_most_five_statements()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        await ben.FollowAsync(ada);
        for (var i = 0; i < 20; i++)
        {
            var id = await ada.TootAsync($"Post {i} #many");
            if (i % 3 == 0) (await ben.PostAsync($"/api/v1/statuses/{id}/favourite")).Ok();
            if (i % 5 == 0) (await ada.PostAsync($"/api/v1/statuses/{id}/reblog")).Ok();
        }

        (await ada.PostAsync("/api/v1/statuses", new { status = "And?", poll = new { options = (string[])["yes", "no"], expires_in = 3600 } })).Ok();
        await ben.IdsAsync("/api/v1/timelines/home");
        var page = (await ben.GetAsync("/api/v1/timelines/home?limit=20")).Ok();
        Assert.Equal(20, page.Json.GetArrayLength());
        Assert.True(page.Statements <= 5, $"{page.Statements} statements");
    }

    [Fact]
    public async Task A_post_costs_a_fixed_number_of_statements_however_many_follow()
    {
        var ada = await house.PersonAsync("ada");
        await ada.TootAsync("warm");
        var alone = (await ada.PostAsync("/api/v1/statuses", new { status = "to nobody" })).Ok().Statements;
        foreach (var fan in await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => house.PersonAsync("fan")))) await fan.FollowAsync(ada);
        var followed = (await ada.PostAsync("/api/v1/statuses", new { status = "to eight" })).Ok().Statements;
        Assert.True(followed <= alone + 1, $"{alone} alone, {followed} followed");
        Assert.True(followed <= 9, $"{followed} statements, {alone} alone");
        var (keyed, answer) = ((await ada.PostAsync("/api/v1/statuses", new { status = "once" }, ("Idempotency-Key", "k"))).Ok().Statements, await ada.TootAsync("to be answered"));
        Assert.True(keyed <= 11, $"{keyed} statements with a key");
        var replied = (await ada.PostAsync("/api/v1/statuses", new { status = "and on", in_reply_to_id = answer })).Ok().Statements;
        Assert.True(replied <= 11, $"{replied} statements for an answer");
    }

    [Fact]
    public async Task A_post_reads_alike_in_a_list_and_by_itself()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        await ben.FollowAsync(ada);
        (await ada.PatchAsync("/api/v1/accounts/update_credentials", new { display_name = "Ada L.", note = "Counts.", fields_attributes = new[] { new { name = "Home", value = "https://example.org" } } })).Ok();
        var first = await ada.TootAsync($"Hello @{ben.Handle} #alike https://example.org/");
        List<string> ids =
        [
            first,
            await ada.TootAsync("And on", "unlisted", first),
            await ada.TootAsync("Only those who follow", "private"),
            await ada.TootAsync("The house", audience: "members"),
            (await ada.PostAsync("/api/v1/statuses", new { status = "Which?", poll = new { options = (string[])["this", "that"], expires_in = 3600 }, spoiler_text = "A choice", language = "en" })).Ok()["id"],
            (await ada.PostAsync("/api/v1/statuses", new { status = "As said", quoted_status_id = first, quote_approval_policy = "followers" })).Ok()["id"],
            (await ada.PostAsync($"/api/v1/statuses/{first}/reblog")).Ok()["id"],
        ];
        (await ada.PutAsync($"/api/v1/statuses/{ids[1]}", new { status = "And on, and on" })).Ok();
        foreach (var what in (string[])["favourite", "bookmark", "reblog"]) (await ben.PostAsync($"/api/v1/statuses/{first}/{what}")).Ok();
        (await ada.PostAsync($"/api/v1/statuses/{first}/pin")).Ok();
        await house.SettledAsync();
        foreach (var reader in (Person[])[ada, ben])
        {
            var listed = (await reader.GetAsync("/api/v1/timelines/home?limit=40")).Ok().Json.EnumerateArray().ToDictionary(s => s.GetProperty("id").GetString()!, s => s.GetRawText());
            // Home shows the same post once, by its author or by who boosted it.
            foreach (var id in ids.Where(listed.ContainsKey)) Assert.Equal((await reader.GetAsync($"/api/v1/statuses/{id}")).Ok().Json.GetRawText(), listed[id]);
            Assert.Superset(ids[..^1].ToHashSet(), listed.Keys.ToHashSet());
        }
    }

    [Fact]
    public async Task Pages_by_max_id_and_min_id_show_every_post_once()
    {
        var ada = await house.PersonAsync("ada");
        var account = await ada.AccountIdAsync();
        List<string> posted = [];
        for (var i = 0; i < 12; i++) posted.Add(await ada.TootAsync($"n{i}", "unlisted"));
        List<string> read = [];
        var path = $"/api/v1/accounts/{account}/statuses?limit=5&limit=5";
        for (var pages = 0; pages < 4 && path is not null; pages++)
        {
            var page = (await house.Stranger().GetAsync(path)).Ok();
            read.AddRange(page.Ids());
            var link = page.Headers.GetValueOrDefault("Link", "");
            Assert.True(pages == 2 ? link.StartsWith('<') && !link.Contains("next", StringComparison.Ordinal) : link.Contains("; rel=\"next\", <", StringComparison.Ordinal), link);
            path = link.Contains("next", StringComparison.Ordinal) ? link[(link.IndexOf('<') + 1)..link.IndexOf('>')][house.Url.Length..] : null;
        }

        Assert.Equal(Enumerable.Reverse(posted), read);
        Assert.Equal(posted.Skip(6).Take(5).Reverse(), await house.Stranger().IdsAsync($"/api/v1/accounts/{account}/statuses?limit=5&min_id={posted[5]}"));
        Assert.False((await ada.GetAsync($"/api/v1/accounts/{account}/statuses?max_id=1")).Ok().Headers.ContainsKey("Link"));
        Assert.Empty(await ada.IdsAsync($"/api/v1/accounts/{account}/statuses?max_id=abc"));
        (await ada.GetAsync("/api/v1/statuses/99999999999999999999")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Replies_stand_in_thread_order_and_a_deleted_one_leaves_its_answers()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var root = await ada.TootAsync("root");
        var first = await ben.TootAsync("first", inReplyTo: root);
        var second = await ada.TootAsync("second", inReplyTo: root);
        var under = await ada.TootAsync("under first", inReplyTo: first);
        var deep = await ben.TootAsync("deep", inReplyTo: under);

        var context = (await ben.GetAsync($"/api/v1/statuses/{root}/context")).Ok().Json;
        Assert.Equal([first, under, deep, second], context.GetProperty("descendants").EnumerateArray().Select(s => s.GetProperty("id").GetString()!));
        var above = (await ben.GetAsync($"/api/v1/statuses/{deep}/context")).Ok().Json;
        Assert.Equal([root, first, under], above.GetProperty("ancestors").EnumerateArray().Select(s => s.GetProperty("id").GetString()!));

        var gone = (await ada.DeleteAsync($"/api/v1/statuses/{under}")).Ok();
        Assert.Equal("under first", gone["text"]);
        context = (await ben.GetAsync($"/api/v1/statuses/{root}/context")).Ok().Json;
        Assert.Equal([first, deep, second], context.GetProperty("descendants").EnumerateArray().Select(s => s.GetProperty("id").GetString()!));
        Assert.Equal(2, (await ada.GetAsync($"/api/v1/statuses/{root}")).Json.GetProperty("replies_count").GetInt32());
    }

    [Fact]
    public async Task An_edit_keeps_what_was_said_before()
    {
        var ada = await house.PersonAsync("ada");
        var id = await ada.TootAsync("one");
        (await ada.PutAsync($"/api/v1/statuses/{id}", new { status = "two" })).Ok();
        (await ada.PutAsync($"/api/v1/statuses/{id}", new { status = "three", spoiler_text = "cw" })).Ok();
        var history = (await house.Stranger().GetAsync($"/api/v1/statuses/{id}/history")).Ok().Json;
        Assert.Equal(["<p>one</p>", "<p>two</p>", "<p>three</p>"], history.EnumerateArray().Select(v => v.GetProperty("content").GetString()!));
        Assert.Equal("three", (await ada.GetAsync($"/api/v1/statuses/{id}/source")).Ok()["text"]);
    }

    [Fact]
    public async Task Refusals_and_unknown_routes_speak_Mastodon()
    {
        var ada = await house.PersonAsync("ada");
        Assert.Equal("The access token is invalid", (await house.Stranger().GetAsync("/api/v1/timelines/home")).Is(HttpStatusCode.Unauthorized)["error"]);
        Assert.Equal("Record not found", (await ada.GetAsync("/api/v1/statuses/12")).Is(HttpStatusCode.NotFound)["error"]);
        Assert.Equal("Record not found", (await ada.GetAsync("/api/v1/no/such/thing")).Is(HttpStatusCode.NotFound)["error"]);
        Assert.Equal("Validation failed: Text can't be blank", (await ada.PostAsync("/api/v1/statuses", new { status = " " })).Is(HttpStatusCode.UnprocessableEntity)["error"]);
        Assert.Equal("This action is outside the authorized scopes", (await ada.With("read").PostAsync("/api/v1/statuses", new { status = "x" })).Is(HttpStatusCode.Forbidden)["error"]);
        (await ada.With("write:statuses").PostAsync("/api/v1/statuses", new { status = "x" })).Ok();
    }
}
