using System.Net;
using System.Text;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

/// <summary>Films and sound: taken by what they are, without what names people and places, and shown once they are ready.</summary>
public sealed class FilmTests(SocialHouse house)
{
    private const string Secret = "Ada at 52.5200N 13.4050E";

    [Fact]
    public async Task A_film_is_accepted_made_ready_and_shown_with_its_measures_and_without_where_it_was_taken()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var film = SampleMedia.Mp4(Secret);
        Assert.Contains(Secret, Encoding.Latin1.GetString(film), StringComparison.Ordinal);
        var sent = await UploadAsync(ada, film, "film.mov", "A cat");
        sent.Is(HttpStatusCode.Accepted);
        Assert.Equal(("video", "A cat", System.Text.Json.JsonValueKind.Null), (sent["type"], sent["description"], sent.Json.GetProperty("url").ValueKind));
        var early = await ada.PostAsync("/api/v1/statuses", new { status = "too early?", media_ids = (string[])[sent["id"]] });
        Assert.True(early.Status is HttpStatusCode.UnprocessableEntity or HttpStatusCode.OK);
        if (early.Status == HttpStatusCode.OK) (await ada.DeleteAsync($"/api/v1/statuses/{early["id"]}")).Ok();
        await house.SettledAsync();

        var media = (await ada.GetAsync($"/api/v1/media/{sent["id"]}")).Is(HttpStatusCode.OK);
        var original = media.Json.GetProperty("meta").GetProperty("original");
        Assert.Equal((320, 240, 2.5, "25/1"), (original.GetProperty("width").GetInt32(), original.GetProperty("height").GetInt32(), original.GetProperty("duration").GetDouble(), original.GetProperty("frame_rate").GetString()));
        var post = (await ada.PostAsync("/api/v1/statuses", new { status = "a film", media_ids = (string[])[sent["id"]] })).Ok();
        Assert.Equal("video", post.Json.GetProperty("media_attachments")[0].GetProperty("type").GetString());
        using var stranger = house.Stranger();
        var bytes = (await stranger.GetAsync(media["url"][house.Url.Length..])).Ok();
        Assert.Equal(("video/mp4", "nosniff"), (bytes.Headers["Content-Type"], bytes.Headers["X-Content-Type-Options"]));
        Assert.DoesNotContain(Secret, Encoding.Latin1.GetString(bytes.Bytes), StringComparison.Ordinal);
        Assert.DoesNotContain("GPSDATA!", Encoding.Latin1.GetString(bytes.Bytes), StringComparison.Ordinal);
        Assert.Contains("PICTURES", Encoding.Latin1.GetString(bytes.Bytes), StringComparison.Ordinal);
        (await stranger.GetAsync(media["url"][house.Url.Length..], ("Range", "bytes=0-99"))).Is(HttpStatusCode.PartialContent);
        Assert.Contains("<video", (await ben.PageAsync($"/@{ada.Handle}/{post["id"]}")).Ok().Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_still_that_comes_with_a_film_is_its_preview()
    {
        var ada = await house.PersonAsync("ada");
        using var picture = NetVips.Image.Black(64, 48, bands: 3);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(SampleMedia.Webm(Secret)), "file", "x.webm" }, { new ByteArrayContent(picture.PngsaveBuffer()), "thumbnail", "still.png" } };
        var sent = (await ada.SendAsync(HttpMethod.Post, "/api/v1/media", form, [])).Ok();
        Assert.Equal("gifv", sent["type"]);
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, sent.Json.GetProperty("blurhash").ValueKind);
        Assert.Equal(64, sent.Json.GetProperty("meta").GetProperty("small").GetProperty("width").GetInt32());
        Assert.StartsWith("image/", (await house.Stranger().GetAsync(sent["preview_url"][house.Url.Length..])).Ok().Headers["Content-Type"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("webm", "gifv", 3.0)]
    [InlineData("live webm", "gifv", 2.0)]
    [InlineData("vorbis", "audio", 2.0)]
    [InlineData("opus", "audio", 1.0)]
    [InlineData("mp3", "audio", null)]
    [InlineData("flac", "audio", 2.0)]
    [InlineData("wav", "audio", 0.5)]
    [InlineData("m4a", "audio", 2.5)]
    public async Task Every_kind_says_how_long_it_is_and_loses_its_tags(string kind, string type, double? seconds)
    {
        var ada = await house.PersonAsync("ada");
        var file = kind switch
        {
            "webm" => SampleMedia.Webm(Secret),
            "live webm" => SampleMedia.LiveWebm(Secret),
            "vorbis" => SampleMedia.Ogg(Secret, opus: false),
            "opus" => SampleMedia.Ogg(Secret, opus: true),
            "mp3" => SampleMedia.Mp3(Secret),
            "flac" => SampleMedia.Flac(Secret),
            "wav" => SampleMedia.Wav(Secret),
            _ => SampleMedia.M4a(Secret),
        };
        Assert.Contains(Secret, Encoding.Latin1.GetString(file), StringComparison.Ordinal);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", "x" } };
        var sent = (await ada.SendAsync(HttpMethod.Post, "/api/v1/media", form, [])).Is(HttpStatusCode.OK);
        Assert.Equal(type, sent["type"]);
        var original = sent.Json.GetProperty("meta").GetProperty("original");
        if (seconds is { } length) Assert.Equal(length, original.GetProperty("duration").GetDouble(), 2);
        else Assert.True(original.GetProperty("duration").GetDouble() > 0);
        var bytes = (await house.Stranger().GetAsync(sent["url"][house.Url.Length..])).Ok().Bytes;
        Assert.Equal(file.Length, bytes.Length);
        Assert.DoesNotContain(Secret, Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
        Assert.Contains("THESOUND", Encoding.Latin1.GetString(bytes), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_film_fails_with_a_reason_and_one_of_no_kind_is_refused_at_once()
    {
        var ada = await house.PersonAsync("ada");
        var whole = SampleMedia.Mp4(Secret);
        foreach (var cut in new[] { whole[..(whole.Length / 2)], whole[..40], [.. whole[..30], .. Enumerable.Repeat((byte)0xFF, 400)] })
        {
            var sent = (await UploadAsync(ada, cut, "film.mp4", "x")).Is(HttpStatusCode.Accepted);
            await house.SettledAsync();
            var refused = (await ada.GetAsync($"/api/v1/media/{sent["id"]}")).Is(HttpStatusCode.UnprocessableEntity);
            Assert.NotEqual("", refused["error"]);
            (await ada.PostAsync("/api/v1/statuses", new { status = "x", media_ids = (string[])[sent["id"]] })).Is(HttpStatusCode.UnprocessableEntity);
        }

        (await UploadAsync(ada, [.. "\u001AE\u00DF\u00A3matroska"u8, .. new byte[100]], "x.mp4", "x")).Is(HttpStatusCode.UnprocessableEntity);
        (await UploadAsync(ada, "{\"type\":\"Note\"}"u8.ToArray(), "x.mp4", "x")).Is(HttpStatusCode.UnprocessableEntity);
        var instance = (await ada.GetAsync("/api/v2/instance")).Ok().Json.GetProperty("configuration").GetProperty("media_attachments").GetProperty("supported_mime_types");
        Assert.Contains("video/mp4", instance.EnumerateArray().Select(t => t.GetString()));
    }

    [Fact]
    public async Task A_moving_gif_becomes_a_silent_film_with_a_still()
    {
        Assert.SkipUnless(house.Services.GetRequiredService<Stills>().AreTaken, "There is no ffmpeg on this machine.");
        var ada = await house.PersonAsync("ada");
        var moving = (await UploadAsync(ada, SampleMedia.Gif(frames: 8), "dance.gif", "A dance")).Is(HttpStatusCode.Accepted);
        Assert.Equal("gifv", moving["type"]);
        await house.SettledAsync();
        var media = (await ada.GetAsync($"/api/v1/media/{moving["id"]}")).Is(HttpStatusCode.OK);
        Assert.Equal(("gifv", "A dance"), (media["type"], media["description"]));
        var original = media.Json.GetProperty("meta").GetProperty("original");
        Assert.Equal((64, 48), (original.GetProperty("width").GetInt32(), original.GetProperty("height").GetInt32()));
        Assert.Equal(0.8, original.GetProperty("duration").GetDouble(), 1);
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, media.Json.GetProperty("blurhash").ValueKind);
        using var stranger = house.Stranger();
        Assert.Equal("video/mp4", (await stranger.GetAsync(media["url"][house.Url.Length..])).Ok().Headers["Content-Type"]);
        Assert.StartsWith("image/", (await stranger.GetAsync(media["preview_url"][house.Url.Length..])).Ok().Headers["Content-Type"], StringComparison.Ordinal);

        // One that does not move stays a picture.
        var still = (await UploadAsync(ada, SampleMedia.Gif(frames: 1), "still.gif", "A square")).Ok();
        Assert.Equal("image", still["type"]);
    }

    [Fact]
    public async Task Where_no_film_can_be_made_a_moving_gif_stays_one()
    {
        foreach (var program in (string[])["", "/nowhere/ffmpeg"])
        {
            await using var plain = new PlainHouse(program);
            await plain.InitializeAsync();
            var ada = await plain.PersonAsync("ada");
            using var form = new MultipartFormDataContent { { new ByteArrayContent(SampleMedia.Gif(frames: 8)), "file", "dance.gif" } };
            var media = (await ada.SendAsync(HttpMethod.Post, "/api/v1/media", form, [])).Is(HttpStatusCode.OK);
            Assert.Equal("image", media["type"]);
            Assert.Equal("image/gif", (await plain.Stranger().GetAsync(media["url"][plain.Url.Length..])).Ok().Headers["Content-Type"]);
            (await ada.PostAsync("/api/v1/statuses", new { status = "dance", media_ids = (string[])[media["id"]] })).Ok();
        }
    }

    [Fact]
    public void No_bytes_whatever_make_a_reader_do_worse_than_refuse()
    {
        var random = new Random(7);
        (byte[] File, Func<InPlace, MediaFacts> Clean)[] kinds =
        [
            (SampleMedia.Mp4(Secret), Mp4File.Clean), (SampleMedia.Webm(Secret), WebmFile.Clean), (SampleMedia.LiveWebm(Secret), WebmFile.Clean), (SampleMedia.Ogg(Secret, opus: false), OggFile.Clean),
            (SampleMedia.Mp3(Secret), SoundFile.Mp3), (SampleMedia.Flac(Secret), SoundFile.Flac), (SampleMedia.Wav(Secret), SoundFile.Wav),
        ];
        foreach (var (file, clean) in kinds)
            for (var round = 0; round < 300; round++)
            {
                var spoilt = (byte[])file.Clone();
                for (var i = 0; i < 1 + (round % 8); i++) spoilt[random.Next(spoilt.Length)] = (byte)random.Next(256);
                using var stream = new MemoryStream(round % 3 == 0 ? spoilt[..random.Next(1, spoilt.Length)] : spoilt);
                try
                {
                    clean(new(stream));
                }
                catch (BadMedia)
                {
                    // Refused: fine.
                }
            }
    }

    private sealed class PlainHouse(string program) : TestHouse(new SocialModule())
    {
        protected override IEnumerable<KeyValuePair<string, string?>> Configuration => [KeyValuePair.Create("Media:Ffmpeg", (string?)program)];
    }

    private static async Task<Answer> UploadAsync(Caller caller, byte[] file, string name, string description)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(file), "file", name }, { new StringContent(description), "description" } };
        return await caller.SendAsync(HttpMethod.Post, "/api/v2/media", form, []);
    }
}
