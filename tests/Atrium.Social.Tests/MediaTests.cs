using System.Net;
using System.Net.Http.Headers;
using Atrium.Testing;
using NetVips;

namespace Atrium.Social.Tests;

public sealed class MediaTests(SocialHouse house)
{
    [Fact]
    public async Task A_picture_comes_back_upright_and_small_and_only_with_its_post()
    {
        var ada = await house.PersonAsync("ada");
        var media = await UploadAsync(ada, "A grey square");
        Assert.Equal(("image", "A grey square"), (media["type"], media["description"]));
        var meta = media.Json.GetProperty("meta");
        Assert.Equal(0.5, meta.GetProperty("focus").GetProperty("x").GetDouble());
        Assert.Equal(40, meta.GetProperty("original").GetProperty("width").GetInt32());
        Assert.NotNull(media["blurhash"]);
        var post = (await ada.PostAsync("/api/v1/statuses", new { status = "", media_ids = (string[])[media["id"]] })).Ok();
        var shown = post.Json.GetProperty("media_attachments")[0];
        Assert.Equal(media["url"], shown.GetProperty("url").GetString());
        using var stranger = house.Stranger();
        var bytes = (await stranger.GetAsync(media["url"][house.Url.Length..])).Ok();
        Assert.StartsWith("image/", bytes.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Equal("nosniff", bytes.Headers["X-Content-Type-Options"]);
        (await stranger.GetAsync(media["url"][house.Url.Length..].Replace(media["id"] + "/", media["id"] + "/x", StringComparison.Ordinal))).Is(HttpStatusCode.NotFound);
        (await ada.DeleteAsync($"/api/v1/statuses/{post["id"]}?delete_media=true")).Ok();
        (await stranger.GetAsync(media["url"][house.Url.Length..])).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_is_no_picture_is_refused()
    {
        var ada = await house.PersonAsync("ada");
        using var html = new MultipartFormDataContent { { new StringContent("<html><script>alert(1)</script>"), "file", "x.png" } };
        (await ada.SendAsync(HttpMethod.Post, "/api/v2/media", html, [])).Is(HttpStatusCode.UnprocessableEntity);
        using var svg = new MultipartFormDataContent { { new StringContent("<svg xmlns='http://www.w3.org/2000/svg'/>"), "file", "x.svg" } };
        (await ada.SendAsync(HttpMethod.Post, "/api/v2/media", svg, [])).Is(HttpStatusCode.UnprocessableEntity);
        (await ada.PostAsync("/api/v2/media")).Is(HttpStatusCode.UnprocessableEntity);
    }

    internal static async Task<Answer> UploadAsync(Caller caller, string description)
    {
        using var picture = Image.Black(40, 30, bands: 3);
        using var grey = (picture + 120.0).Cast(Enums.BandFormat.Uchar);
        using var file = new ByteArrayContent(grey.JpegsaveBuffer());
        file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        using var form = new MultipartFormDataContent { { file, "file", "square.jpg" }, { new StringContent(description), "description" }, { new StringContent("0.5,-0.5"), "focus" } };
        return (await caller.SendAsync(HttpMethod.Post, "/api/v2/media", form, [])).Ok();
    }
}
