using System.Net;
using System.Net.Http.Headers;
using Atrium.Testing;
using NetVips;

namespace Atrium.Social.Tests;

/// <summary>A house that has set its own limits.</summary>
public sealed class MeasuredHouse() : TestHouse(new SocialModule())
{
    public static readonly IReadOnlyList<(string Key, string Value)> Set =
    [
        ("social.characters", "40"), ("social.media", "1"), ("social.media_description", "100"), ("social.image_mebibytes", "1"), ("social.image_pixels", "1000000"), ("social.video_mebibytes", "2"),
        ("social.poll_options", "3"), ("social.poll_option_characters", "5"), ("social.poll_minutes_least", "10"), ("social.poll_days_most", "2"), ("social.mentions", "1"), ("social.hashtags", "1"),
        ("social.pins", "1"), ("social.featured_tags", "1"), ("social.lists", "1"), ("social.list_members", "1"), ("social.filters", "1"), ("social.filter_keywords", "1"), ("social.scheduled", "2"),
        ("social.scheduled_per_day", "1"), ("accounts.name_characters", "10"), ("accounts.bio_characters", "20"), ("accounts.links", "1"), ("accounts.link_label_characters", "10"), ("accounts.link_characters", "50"),
    ];

    protected override bool WorkersRun => false;

    protected override async Task OpenedAsync()
    {
        foreach (var (key, value) in Set) await SocialHouse.SetAsync(this, key, value);
    }
}

/// <summary>How much the house takes: as its administration has set it, told to apps, and refused beyond.</summary>
public sealed class LimitTests(MeasuredHouse house) : IClassFixture<MeasuredHouse>
{
    [Theory]
    [InlineData("v1")]
    [InlineData("v2")]
    public async Task Apps_are_told_what_the_house_has_set(string version)
    {
        var told = (await house.Stranger().GetAsync($"/api/{version}/instance")).Ok().Json.GetProperty("configuration");
        Dictionary<string, long> numbers = new()
        {
            ["statuses.max_characters"] = 40, ["statuses.max_media_attachments"] = 1, ["media_attachments.description_limit"] = 100, ["media_attachments.image_size_limit"] = 1 << 20,
            ["media_attachments.image_matrix_limit"] = 1_000_000, ["media_attachments.video_size_limit"] = 2 << 20, ["polls.max_options"] = 3, ["polls.max_characters_per_option"] = 5,
            ["polls.min_expiration"] = 600, ["polls.max_expiration"] = 2 * 86_400, ["accounts.max_pinned_statuses"] = 1, ["accounts.max_featured_tags"] = 1, ["accounts.max_profile_fields"] = 1,
            ["accounts.profile_field_name_limit"] = 10, ["accounts.profile_field_value_limit"] = 50,
        };
        Assert.Equal(numbers, numbers.Keys.ToDictionary(k => k, k => k.Split('.').Aggregate(told, (at, key) => at.GetProperty(key)).GetInt64()));
    }

    [Fact]
    public async Task A_post_beyond_a_limit_is_refused_by_a_sentence_that_names_it()
    {
        var ada = await house.PersonAsync("ada");
        await RefusedAsync(ada, "/api/v1/statuses", new { status = new string('x', 41) }, "40");
        await RefusedAsync(ada, "/api/v1/statuses", new { status = "@a @b" }, "At most 1 people");
        await RefusedAsync(ada, "/api/v1/statuses", new { status = "#a #b" }, "At most 1 hashtags");
        await RefusedAsync(ada, "/api/v1/statuses", new { status = "", media_ids = (string[])["1", "2"] }, "more than 1");
        foreach (var (options, seconds, words) in new (string[], int, string)[]
        {
            (["a", "b", "c", "d"], 3600, "2 to 3 options"), (["a", "longer"], 3600, "1 to 5 characters"), (["a", "b"], 599, "10 minutes to 2 days"), (["a", "b"], (2 * 86_400) + 1, "10 minutes to 2 days"),
        })
            await RefusedAsync(ada, "/api/v1/statuses", new { status = "which", poll = new { options, expires_in = seconds } }, words);
        (await ada.PostAsync("/api/v1/statuses", new { status = new string('x', 40), poll = new { options = (string[])["a", "b", "c"], expires_in = 600 } })).Ok();
    }

    [Fact]
    public async Task Pictures_are_no_larger_and_no_longer_described_than_the_house_takes()
    {
        var ada = await house.PersonAsync("ada");
        Assert.Contains("100 characters", (await UploadAsync(ada, 10, 10, new string('x', 101))).Is(HttpStatusCode.UnprocessableEntity)["error"], StringComparison.Ordinal);
        Assert.Contains("1.2 megapixels; up to 1 are taken", (await UploadAsync(ada, 1200, 1000, "")).Is(HttpStatusCode.UnprocessableEntity)["error"], StringComparison.Ordinal);
        Assert.Contains("less than 1 MB", (await UploadAsync(ada, 10, 10, "", new byte[1 << 20])).Is(HttpStatusCode.UnprocessableEntity)["error"], StringComparison.Ordinal);
        (await UploadAsync(ada, 1000, 1000, new string('x', 100))).Ok();
    }

    [Fact]
    public async Task Nobody_keeps_more_than_the_house_lets_them()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var (first, second) = (await ada.TootAsync("one"), await ada.TootAsync("two"));
        (await ada.PostAsync($"/api/v1/statuses/{first}/pin")).Ok();
        (await ada.PostAsync($"/api/v1/statuses/{second}/pin")).Is(HttpStatusCode.UnprocessableEntity);
        (await ada.PostAsync("/api/v1/featured_tags", new { name = "one" })).Ok();
        (await ada.PostAsync("/api/v1/featured_tags", new { name = "two" })).Is(HttpStatusCode.UnprocessableEntity);

        var list = (await ada.PostAsync("/api/v1/lists", new { title = "one" })).Ok()["id"];
        (await ada.PostAsync("/api/v1/lists", new { title = "two" })).Is(HttpStatusCode.UnprocessableEntity);
        await ada.FollowAsync(ben);
        (await ada.PostAsync($"/api/v1/lists/{list}/accounts", new { account_ids = (string[])[await ben.AccountIdAsync(), await ada.AccountIdAsync()] })).Is(HttpStatusCode.UnprocessableEntity);
        (await ada.PostAsync($"/api/v1/lists/{list}/accounts", new { account_ids = (string[])[await ben.AccountIdAsync()] })).Ok();

        object Filter(params string[] words) => new { title = "f", context = (string[])["home"], keywords_attributes = words.Select(w => new { keyword = w }) };
        await RefusedAsync(ada, "/api/v2/filters", Filter("a", "b"), "at most 1 words");
        (await ada.PostAsync("/api/v2/filters", Filter("a"))).Ok();
        (await ada.PostAsync("/api/v2/filters", Filter("c"))).Is(HttpStatusCode.UnprocessableEntity);

        var day = TimeProvider.System.GetUtcNow().AddDays(3).Date;
        object Later(int days, int hour) => new { status = "later", scheduled_at = $"{day.AddDays(days):yyyy-MM-dd}T{hour:00}:00:00Z" };
        (await ada.PostAsync("/api/v1/statuses", Later(0, 8))).Ok();
        (await ada.PostAsync("/api/v1/statuses", Later(0, 9))).Is(HttpStatusCode.UnprocessableEntity);
        (await ada.PostAsync("/api/v1/statuses", Later(1, 8))).Ok();
        (await ada.PostAsync("/api/v1/statuses", Later(2, 8))).Is(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_profile_says_no_more_than_the_house_lets_it()
    {
        var ada = await house.PersonAsync("ada");
        object Fields(params (string Name, string Value)[] fields) => new { fields_attributes = fields.Select(f => new { name = f.Name, value = f.Value }) };
        foreach (var wish in new object[]
        {
            new { display_name = new string('x', 11) }, new { note = new string('x', 21) }, Fields(("a", "b"), ("c", "d")), Fields((new string('x', 11), "b")), Fields(("a", new string('x', 51))),
        })
            (await ada.PatchAsync("/api/v1/accounts/update_credentials", wish)).Is(HttpStatusCode.UnprocessableEntity);
        (await ada.PatchAsync("/api/v1/accounts/update_credentials", new { display_name = new string('x', 10), note = new string('x', 20) })).Ok();
        (await ada.PatchAsync("/api/v1/accounts/update_credentials", Fields((new string('x', 10), new string('x', 50))))).Ok();
    }

    [Fact]
    public async Task The_form_for_a_post_counts_and_offers_what_the_house_takes()
    {
        var ada = await house.PersonAsync("ada");
        var page = (await ada.GetAsync("/social/new")).Ok().Body;
        Assert.Contains("data-most=\"40\"", page, StringComparison.Ordinal);
        Assert.Contains("name=\"option3\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"option4\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"file2\"", page, StringComparison.Ordinal);
        Assert.Contains(">a day</option>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">three days</option>", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("social.characters", "many", "“Most characters of a post” is a whole number from 1 to 100000.")]
    [InlineData("social.characters", "0", "“Most characters of a post” is a whole number from 1 to 100000.")]
    [InlineData("social.poll_days_most", "0", "“Days a poll is open at most” is a whole number from 1 to 3650.")]
    [InlineData("social.pins", "41", "“Most posts pinned to a profile” is a whole number from 0 to 40.")]
    [InlineData("social.posts_per_3_hours", "-1", "“Posts an account may make in 3 hours” is a whole number from 0 to 1000000.")]
    public async Task What_no_house_can_hold_to_is_refused_by_name(string key, string value, string words)
    {
        var refusal = await Assert.ThrowsAsync<Kernel.Refusal>(() => SocialHouse.SetAsync(house, key, value));
        Assert.Equal((key, words), (refusal.Fields[0].Field, refusal.Fields[0].Message));
    }

    private static async Task RefusedAsync(Caller caller, string path, object wish, string words) =>
        Assert.Contains(words, (await caller.PostAsync(path, wish)).Is(HttpStatusCode.UnprocessableEntity)["error"], StringComparison.Ordinal);

    private static async Task<Answer> UploadAsync(Caller caller, int width, int height, string description, byte[]? more = null)
    {
        using var picture = Image.Black(width, height, bands: 3);
        using var file = new ByteArrayContent([.. picture.Cast(Enums.BandFormat.Uchar).JpegsaveBuffer(), .. more ?? []]);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        using var form = new MultipartFormDataContent { { file, "file", "square.jpg" }, { new StringContent(description), "description" } };
        return await caller.SendAsync(HttpMethod.Post, "/api/v2/media", form, []);
    }
}
