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
    public async Task Pictures_of_a_suspended_account_are_out_of_sight_with_its_posts()
    {
        var (ada, ben, mod) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("mod", Kernel.Role.Moderator));
        var media = await UploadAsync(ada, "A grey square");
        (await ada.PostAsync("/api/v1/statuses", new { status = "", media_ids = (string[])[media["id"]] })).Ok();
        using var stranger = house.Stranger();
        string[] addresses = [media["url"][house.Url.Length..], media["preview_url"][house.Url.Length..]];
        foreach (var address in addresses) (await stranger.GetAsync(address)).Ok();
        var @case = await ModerationTests.CaseAsync(mod, ben, $"account:{await ada.AccountIdAsync()}");
        (await mod.PutAsync($"/api/home/moderation/cases/{@case}/hidden", new { reason = "Enough" })).Ok();
        await house.SettledAsync();
        foreach (var address in addresses) (await stranger.GetAsync(address)).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_photograph_comes_back_upright_and_without_where_it_was_taken()
    {
        var ada = await house.PersonAsync("ada");
        using var black = Image.Black(60, 20, bands: 3);
        using var photo = black.Mutate(m =>
        {
            m.Set(GValue.GStrType, "exif-ifd0-Orientation", "6 (Right-top, Short, 1 components, 2 bytes)");
            m.Set(GValue.GIntType, "orientation", 6);
            m.Set(GValue.GStrType, "exif-ifd0-Artist", "Ada at home (Ada at home, ASCII, 12 components, 12 bytes)");
            m.Set(GValue.GStrType, "exif-ifd3-GPSLatitudeRef", "N (North, ASCII, 2 components, 2 bytes)");
        });
        var bytes = photo.JpegsaveBuffer();
        Assert.Contains("Ada at home", System.Text.Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "file", "photo.jpg" } };
        var media = (await ada.SendAsync(HttpMethod.Post, "/api/v2/media", form, [])).Ok();
        var original = media.Json.GetProperty("meta").GetProperty("original");
        Assert.Equal((20, 60), (original.GetProperty("width").GetInt32(), original.GetProperty("height").GetInt32()));
        var served = (await house.Stranger().GetAsync(media["url"][house.Url.Length..])).Ok().Bytes;
        Assert.DoesNotContain("Ada at home", System.Text.Encoding.Latin1.GetString(served), StringComparison.Ordinal);
        Assert.DoesNotContain("Exif", System.Text.Encoding.Latin1.GetString(served), StringComparison.Ordinal);
        using var shown = Image.NewFromBuffer(served);
        Assert.Equal((20, 60), (shown.Width, shown.Height));
    }

    [Fact]
    public async Task A_picture_that_promises_more_pixels_than_fit_is_refused_before_it_is_decoded()
    {
        var ada = await house.PersonAsync("ada");
        // 30,000 by 30,000: a header, and next to nothing behind it.
        byte[] header = [0, 0, 0, 13, .. "IHDR"u8, 0, 0, 0x75, 0x30, 0, 0, 0x75, 0x30, 8, 2, 0, 0, 0];
        var sum = Crc(header.AsSpan(4));
        using var form = new MultipartFormDataContent { { new ByteArrayContent([0x89, .. "PNG"u8, 13, 10, 26, 10, .. header, .. sum, 0, 0, 0, 0, .. "IDAT"u8, 0x35, 0xAF, 0x06, 0x1E]), "file", "bomb.png" } };
        (await ada.SendAsync(HttpMethod.Post, "/api/v2/media", form, [])).Is(HttpStatusCode.UnprocessableEntity);
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

    private static byte[] Crc(ReadOnlySpan<byte> bytes)
    {
        var sum = 0xFFFF_FFFFu;
        foreach (var b in bytes)
        {
            sum ^= b;
            for (var bit = 0; bit < 8; bit++) sum = (sum & 1) != 0 ? (sum >> 1) ^ 0xEDB8_8320u : sum >> 1;
        }

        return [.. BitConverter.GetBytes(~sum).Reverse()];
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
