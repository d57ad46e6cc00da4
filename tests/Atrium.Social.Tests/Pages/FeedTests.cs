using System.Net;
using System.Net.Http.Headers;
using System.Xml.Linq;
using Atrium.Testing;
using NetVips;

namespace Atrium.Social.Tests;

/// <summary>RSS: what everybody may read, and nothing else, whoever asks.</summary>
public sealed class FeedTests(SocialHouse house)
{
    private static readonly XNamespace Media = "http://search.yahoo.com/mrss/";

    [Fact]
    public async Task A_feed_holds_public_posts_alone_even_for_their_author()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        await ada.FollowAsync(ben);
        await ben.FollowAsync(ada);
        var open = await ada.TootAsync("open #feedtest <b>not bold</b> &", "public");
        foreach (var visibility in (string[])["unlisted", "private", "direct"]) await ada.TootAsync($"{visibility} #feedtest", visibility);
        await ada.TootAsync("house #feedtest", audience: "members");
        await ada.TootAsync("an answer #feedtest", "public", await ben.TootAsync("asked", "public"));
        (await ada.PostAsync($"/api/v1/statuses/{await ben.TootAsync("boosted #feedtest", "public")}/reblog")).Ok();
        foreach (var reader in (Caller[])[ada, ben, house.Stranger()])
        {
            var feed = await ReadAsync(reader, $"/@{ada.Handle}.rss");
            var item = Assert.Single(feed.Descendants("item"));
            Assert.Equal($"{house.Url}/@{ada.Handle}/{open}", item.Element("guid")!.Value);
            Assert.Contains("&lt;b&gt;not bold", item.Element("description")!.Value, StringComparison.Ordinal);
            Assert.Equal("feedtest", item.Element("category")!.Value);
            Assert.True(DateTimeOffset.TryParse(item.Element("pubDate")!.Value, System.Globalization.CultureInfo.InvariantCulture, out _));
            var tagged = await ReadAsync(reader, "/tags/FeedTest.rss");
            Assert.Equal(3, tagged.Descendants("item").Count());
            Assert.DoesNotContain("house", tagged.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("unlisted", tagged.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Channel_and_media_are_as_rss_wants_them()
    {
        var ada = await house.PersonAsync("ada");
        using var form = new MultipartFormDataContent();
        using var drawn = Image.Black(40, 30, bands: 3);
        using var file = new ByteArrayContent(drawn.JpegsaveBuffer());
        file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        form.Add(file, "file", "square.jpg");
        form.Add(new StringContent("A black square"), "description");
        var media = (await ada.SendAsync(HttpMethod.Post, "/api/v2/media", form, [])).Ok()["id"];
        (await ada.PostAsync("/api/v1/statuses", new { status = "", media_ids = new[] { media }, visibility = "public", spoiler_text = "Dark \u0001 art", sensitive = true })).Ok();

        var feed = await ReadAsync(house.Stranger(), $"/@{ada.Handle}.rss");
        var channel = feed.Root!.Element("channel")!;
        Assert.Equal("2.0", feed.Root.Attribute("version")!.Value);
        Assert.Equal(("Ada", $"{house.Url}/@{ada.Handle}"), (channel.Element("title")!.Value, channel.Element("link")!.Value));
        Assert.Equal($"{house.Url}/@{ada.Handle}.rss", channel.Element(XName.Get("link", "http://www.w3.org/2005/Atom"))!.Attribute("href")!.Value);
        var item = channel.Element("item")!;
        var enclosure = item.Element("enclosure")!;
        Assert.Equal("image/jpeg", enclosure.Attribute("type")!.Value);
        var picture = await house.Stranger().GetAsync(new Uri(enclosure.Attribute("url")!.Value).PathAndQuery);
        Assert.Equal(long.Parse(enclosure.Attribute("length")!.Value, System.Globalization.CultureInfo.InvariantCulture), picture.Is(HttpStatusCode.OK).Bytes.Length);
        Assert.Equal(("A black square", "adult"), (item.Element(Media + "content")!.Element(Media + "description")!.Value, item.Element(Media + "content")!.Element(Media + "rating")!.Value));
        Assert.Contains("<strong>Dark", item.Element("description")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unchanged_feed_is_not_sent_again()
    {
        var ada = await house.PersonAsync("ada");
        await ada.TootAsync("one", "public");
        var first = (await house.Stranger().GetAsync($"/@{ada.Handle}.rss")).Is(HttpStatusCode.OK);
        var second = await house.Stranger().GetAsync($"/@{ada.Handle}.rss", ("If-None-Match", first.ETag!));
        Assert.Equal(0, second.Is(HttpStatusCode.NotModified).Bytes.Length);
        await ada.TootAsync("two", "public");
        Assert.NotEqual(first.ETag, (await house.Stranger().GetAsync($"/@{ada.Handle}.rss", ("If-None-Match", first.ETag!))).Is(HttpStatusCode.OK).ETag);
        (await house.Stranger().GetAsync("/@nobody-of-that-name.rss")).Is(HttpStatusCode.NotFound);
        Assert.Contains($"href=\"/@{ada.Handle}.rss\"", (await house.Stranger().PageAsync($"/@{ada.Handle}")).Body, StringComparison.Ordinal);
    }

    private static async Task<XDocument> ReadAsync(Caller reader, string address)
    {
        var answer = (await reader.GetAsync(address)).Is(HttpStatusCode.OK);
        Assert.StartsWith("application/rss+xml", answer.Headers["Content-Type"], StringComparison.Ordinal);
        return XDocument.Parse(answer.Body);
    }
}
