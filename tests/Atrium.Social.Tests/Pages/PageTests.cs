using System.Net;
using System.Net.Http.Headers;
using Atrium.Testing;
using NetVips;

namespace Atrium.Social.Tests;

/// <summary>What people do on Social's pages, by forms alone.</summary>
public sealed class PageTests(SocialHouse house)
{
    [Fact]
    public async Task A_form_posts_a_picture_with_its_words_and_shows_it_at_once()
    {
        var ada = await house.PersonAsync("ada");
        var sent = await WriteAsync(ada, picture: true, ("text", "From the #garden"), ("audience", "public"), ("alt1", "A grey square"), ("back", "/social"));
        sent.Is(HttpStatusCode.SeeOther);
        Assert.StartsWith("/social#post-", sent.Headers["Location"], StringComparison.Ordinal);
        var home = (await ada.PageAsync("/social")).Is(HttpStatusCode.OK).Body;
        Assert.Contains("alt=\"A grey square\"", home, StringComparison.Ordinal);
        Assert.Contains("href=\"/tags/garden\"", home, StringComparison.Ordinal);
        Assert.Contains("A grey square", (await house.Stranger().PageAsync($"/@{ada.Handle}/media")).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_sent_twice_posts_once()
    {
        var ada = await house.PersonAsync("ada");
        var first = await WriteAsync(ada, picture: false, ("text", "once"), ("audience", "members"), ("key", "k1"));
        var second = await WriteAsync(ada, picture: false, ("text", "once"), ("audience", "members"), ("key", "k1"));
        Assert.Equal(first.Is(HttpStatusCode.SeeOther).Headers["Location"], second.Is(HttpStatusCode.SeeOther).Headers["Location"]);
    }

    [Fact]
    public async Task What_is_refused_comes_back_with_what_was_typed_and_the_picture_it_held()
    {
        var ada = await house.PersonAsync("ada");
        var refused = await WriteAsync(ada, picture: true, ("text", "Which day?"), ("audience", "public"), ("alt1", "A calendar"), ("option1", "Friday"), ("option2", "Friday"));
        refused.Is(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("Which day?", refused.Body, StringComparison.Ordinal);
        Assert.Contains("name=\"media\"", refused.Body, StringComparison.Ordinal);
        Assert.Contains("A poll cannot be combined with media", refused.Body, StringComparison.Ordinal);
        Assert.Contains("A calendar", refused.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Members_read_in_the_house_what_strangers_do_not()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        using var stranger = house.Stranger();
        var id = await ada.TootAsync("the key is under the pot", audience: "members");
        var address = $"/@{ada.Handle}/{id}";
        Assert.Contains("under the pot", (await ben.PageAsync(address)).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        (await stranger.PageAsync(address)).Is(HttpStatusCode.NotFound);
        Assert.DoesNotContain("under the pot", (await stranger.PageAsync($"/@{ada.Handle}")).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("under the pot", (await stranger.PageAsync("/social/members")).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        (await stranger.PageAsync("/social")).Is(HttpStatusCode.Found);
    }

    [Fact]
    public async Task Buttons_like_boost_keep_pin_and_delete()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var id = await ada.TootAsync("bread at five", "public");
        foreach (var act in (string[])["like", "boost", "keep"]) (await ben.FormAsync($"/social/posts/{id}", ("act", act), ("back", "/social/members"))).Is(HttpStatusCode.SeeOther);
        var post = (await ben.GetAsync($"/api/v1/statuses/{id}")).Ok();
        Assert.Equal((1, 1, true), (post.Json.GetProperty("favourites_count").GetInt32(), post.Json.GetProperty("reblogs_count").GetInt32(), post.Json.GetProperty("bookmarked").GetBoolean()));
        Assert.Contains("bread at five", (await ben.PageAsync("/social/bookmarks")).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        Assert.Contains("likes your post", (await ada.PageAsync("/social/notifications")).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        (await ben.FormAsync($"/social/posts/{id}", ("act", "delete"))).Is(HttpStatusCode.NotFound);
        (await ada.FormAsync($"/social/posts/{id}", ("act", "pin"), ("back", $"/@{ada.Handle}"))).Is(HttpStatusCode.SeeOther);
        Assert.Contains("Pinned", (await ben.PageAsync($"/@{ada.Handle}")).Body, StringComparison.Ordinal);
        (await ada.FormAsync($"/social/posts/{id}", ("act", "delete"))).Is(HttpStatusCode.SeeOther);
        (await ben.PageAsync($"/@{ada.Handle}/{id}")).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_form_leads_back_into_this_house_only()
    {
        var ada = await house.PersonAsync("ada");
        var id = await ada.TootAsync("here", "public");
        foreach (var away in (string[])["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example"])
            Assert.Equal($"/social#post-{id}", (await ada.FormAsync($"/social/posts/{id}", ("act", "like"), ("back", away))).Is(HttpStatusCode.SeeOther).Headers["Location"]);
    }

    [Fact]
    public async Task What_somebody_writes_stays_text_on_every_page()
    {
        var ada = await house.PersonAsync("ada");
        var id = (await ada.PostAsync("/api/v1/statuses", new { status = "<script>alert(1)</script> \"><b>", spoiler_text = "<img src=x onerror=alert(1)>", visibility = "public" })).Ok()["id"];
        (await ada.PutAsync($"/api/v1/statuses/{id}", new { status = "<script>alert(2)</script>", spoiler_text = "<i>" })).Ok();
        foreach (var page in (string[])["/social", $"/@{ada.Handle}", $"/@{ada.Handle}/{id}", $"/@{ada.Handle}/{id}/history"])
        {
            var body = (await ada.PageAsync(page)).Is(HttpStatusCode.OK).Body;
            Assert.DoesNotContain("<script>alert", body, StringComparison.Ordinal);
            Assert.DoesNotContain("<img src=x", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Who_was_blocked_does_not_find_the_profile()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var target = await ben.AccountIdAsync();
        (await ada.FormAsync($"/social/people/{target}", ("act", "follow"), ("back", $"/@{ben.Handle}"))).Is(HttpStatusCode.SeeOther);
        Assert.Contains("Following", (await ada.PageAsync($"/@{ben.Handle}")).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        (await ada.FormAsync($"/social/people/{target}", ("act", "block"))).Is(HttpStatusCode.SeeOther);
        (await ben.PageAsync($"/@{ada.Handle}")).Is(HttpStatusCode.NotFound);
        Assert.Contains("You blocked", (await ada.PageAsync($"/@{ben.Handle}")).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Looking_at_notifications_reads_them_in_every_app()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        await ben.TootAsync($"@{ada.Handle} have you seen the van?", "public");
        Assert.Equal(1, (await ada.GetAsync("/api/v1/notifications/unread_count")).Ok().Json.GetProperty("count").GetInt32());
        Assert.Contains("have you seen the van?", (await ada.PageAsync("/social/notifications")).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        Assert.Equal(0, (await ada.GetAsync("/api/v1/notifications/unread_count")).Ok().Json.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task A_thing_is_discussed_by_forms()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var thing = Bench.Add(ada.Id, Kernel.Audience.Public);
        (await ben.FormAsync($"/social/discussions/{thing}/comments", ("text", "**Fine** work"), ("markdown", "true"), ("key", "a key of it"), ("spoiler", ""), ("language", "en"), ("quotes", "public"), ("back", "/bench/1"))).Is(HttpStatusCode.SeeOther);
        (await ada.FormAsync($"/social/discussions/{thing}", ("act", "boost"), ("back", "/bench/1"))).Is(HttpStatusCode.SeeOther);
        Assert.True((await ada.GetAsync($"/api/social/discussions/{thing}")).Ok().Json.GetProperty("boosted").GetBoolean());
        (await ada.FormAsync($"/social/discussions/{thing}", ("act", "unboost"), ("back", "/bench/1"))).Is(HttpStatusCode.SeeOther);
        (await ben.FormAsync($"/social/discussions/{Bench.Add(ada.Id, Kernel.Audience.Members)}", ("act", "boost"), ("back", "/bench/1"))).Is(HttpStatusCode.Forbidden);
        (await ben.FormAsync($"/social/discussions/{thing}", ("act", "like"), ("back", "/bench/1"))).Is(HttpStatusCode.SeeOther);
        var page = (await ada.GetAsync($"/api/social/discussions/{thing}")).Ok().Json;
        Assert.Equal((1, 1), (page.GetProperty("counts").GetProperty("comments").GetInt32(), page.GetProperty("counts").GetProperty("likes").GetInt32()));
        var comment = page.GetProperty("comments").GetProperty("items")[0].GetProperty("id").GetString();
        (await ben.FormAsync($"/social/comments/{comment}", ("act", "hide"))).Is(HttpStatusCode.Forbidden);
        (await ada.FormAsync($"/social/comments/{comment}", ("act", "hide"), ("back", "/bench/1"))).Is(HttpStatusCode.SeeOther);
        (await house.Stranger().PageAsync($"/@{ben.Handle}/{comment}")).Is(HttpStatusCode.NotFound);
    }

    private static async Task<Answer> WriteAsync(Caller caller, bool picture, params (string Name, string Value)[] fields)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields) form.Add(new StringContent(value), name);
        using var drawn = Image.Black(40, 30, bands: 3);
        using var grey = (drawn + 120.0).Cast(Enums.BandFormat.Uchar);
        using var file = new ByteArrayContent(grey.JpegsaveBuffer());
        file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        if (picture) form.Add(file, "file1", "square.jpg");
        return await caller.SendAsync(HttpMethod.Post, "/social/posts", form, [("Sec-Fetch-Site", "same-origin"), ("Accept", "text/html")]);
    }
}
