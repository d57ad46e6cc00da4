using System.Collections.Concurrent;
using System.Net;
using System.Text.Json;
using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.AspNetCore.Http;
using NetVips;

namespace Atrium.Social.Tests;

/// <summary>Previews of links, and profiles that are linked back to.</summary>
public sealed class CardTests(SocialHouse house)
{
    [Fact]
    public async Task A_link_gets_a_card_of_what_its_page_says_with_a_picture_that_the_house_itself_serves()
    {
        using var picture = Image.Black(600, 300, bands: 3);
        var files = new ConcurrentDictionary<string, byte[]> { ["/picture.png"] = picture.PngsaveBuffer() };
        await using var site = await LoopbackSite.StartAsync(path => path switch
        {
            "/article" => ("text/html; charset=utf-8", """
                <html lang="de"><head><title>Fallback</title><meta property="og:title" content="Ein <Titel>"><meta property="og:description" content="Worum es geht">
                <meta property="og:site_name" content="Die Zeitung"><meta property="og:image" content="/picture.png"><meta property="og:image:alt" content="Ein Haus">
                <meta property="article:published_time" content="2026-01-02T03:04:05Z"><link rel="alternate" type="application/json+oembed" href="/oembed"></head><body>x</body></html>
                """),
            "/oembed" => ("application/json", """{"type":"rich","version":"1.0","author_name":"Ada L.","author_url":"/ada","html":"<script>alert(1)</script>"}"""),
            "/bare" => ("text/html", "<p>no title at all</p>"),
            _ => null,
        }, files);
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var post = await ada.TootAsync($"read {site.Url}/article, please");
        await house.SettledAsync();
        var card = (await ben.GetAsync($"/api/v1/statuses/{post}")).Ok().Json.GetProperty("card");
        Assert.Equal(
            ["author_name", "author_url", "authors", "blurhash", "description", "embed_url", "height", "html", "image", "image_description", "language", "missing_attribution", "provider_name", "provider_url", "published_at", "title", "type", "url", "width"], card.Keys());
        Assert.Equal(("Ein <Titel>", "Worum es geht", "Die Zeitung", "Ada L.", "de", "link", ""), (Text(card, "title"), Text(card, "description"), Text(card, "provider_name"), Text(card, "author_name"), Text(card, "language"), Text(card, "type"), Text(card, "html")));
        Assert.Equal((600, 300, "Ein Haus"), (card.GetProperty("width").GetInt32(), card.GetProperty("height").GetInt32(), Text(card, "image_description")));
        Assert.StartsWith(house.Url + "/social/cards/", Text(card, "image"), StringComparison.Ordinal);
        Assert.StartsWith("image/", (await house.Stranger().GetAsync(Text(card, "image")![house.Url.Length..])).Ok().Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.String, card.GetProperty("blurhash").ValueKind);
        Assert.Contains("Ein &lt;Titel&gt;", (await ben.PageAsync($"/@{ada.Handle}/{post}")).Ok().Body, StringComparison.Ordinal);

        // Fetched once for all who link it.
        var fetched = site.Asked.Count;
        var again = await ben.TootAsync($"{site.Url}/article");
        await house.SettledAsync();
        Assert.Equal(fetched, site.Asked.Count);
        Assert.Equal("Ein <Titel>", Text((await ada.GetAsync($"/api/v1/statuses/{again}")).Ok().Json.GetProperty("card"), "title"));
        Assert.Contains(again, await ada.IdsAsync($"/api/v1/timelines/link?url={Uri.EscapeDataString($"{site.Url}/article")}"));

        (await ada.PutAsync($"/api/v1/statuses/{post}", new { status = $"{site.Url}/bare" })).Ok();
        await house.SettledAsync();
        Assert.Equal(JsonValueKind.Null, (await ben.GetAsync($"/api/v1/statuses/{post}")).Ok().Json.GetProperty("card").ValueKind);
    }

    [Fact]
    public async Task A_page_that_does_not_answer_at_once_gets_its_card_a_little_later()
    {
        var asked = 0;
        await using var site = await FarEnd.StartAsync(async http =>
        {
            if (Interlocked.Increment(ref asked) == 1)
            {
                http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                return;
            }

            http.Response.ContentType = "text/html";
            await http.Response.WriteAsync("<title>Up again</title>");
        });
        var ada = await house.PersonAsync("ada");
        var post = await ada.TootAsync($"see {site.Address}page");
        await house.SettledAsync();
        Assert.Equal("Up again", Text((await ada.GetAsync($"/api/v1/statuses/{post}")).Ok().Json.GetProperty("card"), "title"));
    }

    [Fact]
    public async Task A_link_to_a_thing_of_the_house_shows_its_card_to_those_who_see_the_thing_and_to_nobody_else()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        using var stranger = house.Stranger();
        var thing = Bench.Add(ada.Id, Audience.Members);
        var post = await ada.TootAsync($"see {house.Url}/bench/{thing.Key}");
        await house.SettledAsync();
        Assert.Equal("A bench in the park", Text((await ben.GetAsync($"/api/v1/statuses/{post}")).Ok().Json.GetProperty("card"), "title"));
        var hidden = (await stranger.GetAsync($"/api/v1/statuses/{post}")).Ok();
        Assert.Equal(JsonValueKind.Null, hidden.Json.GetProperty("card").ValueKind);
        Assert.DoesNotContain("A bench in the park", hidden.Body, StringComparison.Ordinal);
        Assert.Equal("{}", (await stranger.GetAsync($"/api/v1/statuses/{post}/card")).Ok().Body);

        Bench.Move(thing, Audience.Only(ada.Id));
        Assert.Equal(JsonValueKind.Null, (await ben.GetAsync($"/api/v1/statuses/{post}")).Ok().Json.GetProperty("card").ValueKind);
        Assert.Equal(JsonValueKind.Object, (await ada.GetAsync($"/api/v1/statuses/{post}")).Ok().Json.GetProperty("card").ValueKind);
        Bench.Move(thing, Audience.Public);
        Assert.Equal(JsonValueKind.Object, (await stranger.GetAsync($"/api/v1/statuses/{post}")).Ok().Json.GetProperty("card").ValueKind);
    }

    [Fact]
    public async Task A_link_to_a_post_says_nothing_of_it_to_whom_the_post_is_not_shown()
    {
        var (ada, ben, cleo) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"));
        var linked = await ada.TootAsync("Marmalade");
        var post = await cleo.TootAsync($"see {house.Url}/@{ada.Handle}/{linked}");
        await house.SettledAsync();
        Assert.Contains("Marmalade", (await ben.GetAsync($"/api/v1/statuses/{post}")).Ok().Body, StringComparison.Ordinal);
        (await ada.PostAsync($"/api/v1/accounts/{await ben.AccountIdAsync()}/block")).Ok();
        var blocked = (await ben.GetAsync($"/api/v1/statuses/{post}")).Ok();
        Assert.Equal(JsonValueKind.Null, blocked.Json.GetProperty("card").ValueKind);
        Assert.DoesNotContain("Marmalade", blocked.Body, StringComparison.Ordinal);
        Assert.Contains("Marmalade", (await cleo.GetAsync($"/api/v1/statuses/{post}")).Ok().Body, StringComparison.Ordinal);
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
