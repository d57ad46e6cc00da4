using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Atrium.Testing;

namespace Atrium.Social.Tests;

/// <summary>A house with limits, that reaches nothing but the public internet.</summary>
public sealed class StrictHouse() : TestHouse(new SocialModule())
{
    protected override IEnumerable<KeyValuePair<string, string?>> Configuration => [new("RateLimits:On", "true"), new("RateLimits:Member", "100000"), new("RateLimits:Token", "100000"), new("Outbound:AllowPrivate", "false")];

    protected override bool WorkersRun => false;

    protected override async Task OpenedAsync()
    {
        foreach (var (key, value) in new[] { ("social.posts_per_3_hours", "6"), ("social.follows_per_day", "3"), ("social.reports_per_day", "2"), ("social.deletions_per_half_hour", "2"), ("social.uploads_per_half_hour", "2") })
            await SocialHouse.SetAsync(this, key, value);
    }
}

/// <summary>What slows down those who would do harm.</summary>
public sealed partial class BrakeTests(StrictHouse house) : IClassFixture<StrictHouse>
{
    [Fact]
    public async Task New_members_mention_few_link_little_and_write_privately_only_to_those_who_follow_them()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        List<Person> crowd = [];
        for (var i = 0; i < 6; i++) crowd.Add(await house.PersonAsync("crowd"));
        var all = string.Join(' ', crowd.Select(p => "@" + p.Handle));
        (await ada.PostAsync("/api/v1/statuses", new { status = all })).Is(HttpStatusCode.UnprocessableEntity);
        (await ada.PostAsync("/api/v1/statuses", new { status = "http://a.example http://b.example" })).Ok();
        (await ada.PostAsync("/api/v1/statuses", new { status = "http://c.example http://d.example" })).Is(HttpStatusCode.UnprocessableEntity);
        var post = (await ada.PostAsync("/api/v1/statuses", new { status = "http://c.example" })).Ok()["id"];
        (await ada.PutAsync($"/api/v1/statuses/{post}", new { status = "http://c.example http://d.example" })).Is(HttpStatusCode.UnprocessableEntity);

        (await ada.PostAsync("/api/v1/statuses", new { status = $"psst @{ben.Handle}", visibility = "direct" })).Is(HttpStatusCode.Forbidden);
        await ben.FollowAsync(ada);
        (await ada.PostAsync("/api/v1/statuses", new { status = $"psst @{ben.Handle}", visibility = "direct" })).Ok();
        var mod = await house.PersonAsync("mod", Kernel.Role.Moderator);
        (await mod.PostAsync("/api/v1/statuses", new { status = $"{all} http://a.example http://b.example http://c.example http://d.example" })).Ok();
    }

    [Fact]
    public async Task What_a_new_member_lets_wait_for_its_hour_counts_as_said()
    {
        var ada = await house.PersonAsync("ada");
        var at = DateTimeOffset.UtcNow.AddHours(1);
        (await ada.PostAsync("/api/v1/statuses", new { status = "http://a.example http://b.example", scheduled_at = at })).Ok();
        (await ada.PostAsync("/api/v1/statuses", new { status = "http://c.example http://d.example", scheduled_at = at })).Is(HttpStatusCode.UnprocessableEntity);
        (await ada.PostAsync("/api/v1/statuses", new { status = "http://c.example" })).Ok();
    }

    [Fact]
    public async Task An_edit_reaches_nobody_whom_a_post_would_not_have_reached()
    {
        var (ada, ben, cleo) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"));
        await ben.FollowAsync(ada);
        var id = (await ada.PostAsync("/api/v1/statuses", new { status = $"psst @{ben.Handle}", visibility = "direct" })).Ok()["id"];
        (await ada.PutAsync($"/api/v1/statuses/{id}", new { status = $"psst @{ben.Handle} @{cleo.Handle}" })).Is(HttpStatusCode.Forbidden);
        Assert.Empty((await cleo.GetAsync("/api/v1/notifications")).Ok().Json.EnumerateArray());
        (await cleo.GetAsync($"/api/v1/statuses/{id}")).Is(HttpStatusCode.NotFound);
        var mod = await house.PersonAsync("mod", Kernel.Role.Moderator);
        var post = await mod.TootAsync("Hello");
        (await mod.PutAsync($"/api/v1/statuses/{post}", new { status = string.Join(' ', Enumerable.Range(0, 21).Select(i => $"@nobody{i}")) })).Is(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Too_much_of_anything_is_429_and_the_headers_say_what_is_left_and_when_it_is_over()
    {
        var ada = await house.PersonAsync("ada");
        List<Answer> answers = [];
        for (var i = 0; i < 7; i++) answers.Add(await ada.PostAsync("/api/v1/statuses", new { status = $"{i}" }));
        Assert.Equal([200, 200, 200, 200, 200, 200, 429], answers.Select(a => (int)a.Status));
        Assert.Equal(["5", "4", "3", "2", "1", "0", "0"], answers.Select(a => a.Headers["X-RateLimit-Remaining"]));
        Assert.All(answers, a => Assert.Equal("6", a.Headers["X-RateLimit-Limit"]));
        Assert.All(answers, a => Assert.Matches(Microseconds(), a.Headers["X-RateLimit-Reset"]));
        Assert.All(answers, a => Assert.True(a.Headers.ContainsKey("Date")));
        var until = DateTimeOffset.Parse(answers[0].Headers["X-RateLimit-Reset"], CultureInfo.InvariantCulture) - DateTimeOffset.UtcNow;
        Assert.InRange(until.TotalMinutes, 170, 181);
        Assert.Equal("Too many requests", answers[^1]["error"]);
        var read = (await ada.GetAsync("/api/v1/timelines/home")).Ok();
        Assert.Equal("100000", read.Headers["X-RateLimit-Limit"]);
        Assert.Matches(Microseconds(), read.Headers["X-RateLimit-Reset"]);
        Assert.Equal(answers.Count(a => a.Status == HttpStatusCode.OK), (await ada.IdsAsync($"/api/v1/accounts/{await ada.AccountIdAsync()}/statuses")).Count);

        var deleted = await DeleteAsync(ada, answers);
        Assert.Equal([200, 200, 429], deleted);
    }

    [Fact]
    public async Task Following_and_unfollowing_again_and_again_comes_to_an_end()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var id = await ben.AccountIdAsync();
        for (var i = 0; i < 3; i++)
        {
            (await ada.PostAsync($"/api/v1/accounts/{id}/follow")).Ok();
            (await ada.PostAsync($"/api/v1/accounts/{id}/unfollow")).Ok();
        }

        (await ada.PostAsync($"/api/v1/accounts/{id}/follow")).Is(HttpStatusCode.TooManyRequests);
        for (var i = 0; i < 2; i++) (await ada.PostAsync("/api/v1/reports", new { account_id = id })).Ok();
        (await ada.PostAsync("/api/v1/reports", new { account_id = id })).Is(HttpStatusCode.TooManyRequests);
        await MediaTests.UploadAsync(ada, "a");
        await MediaTests.UploadAsync(ada, "b");
        (await ada.PostAsync("/api/v2/media")).Is(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_card_or_a_verified_link_never_reaches_into_the_house_s_own_network()
    {
        var asked = 0;
        await using var inside = await LoopbackSite.StartAsync(_ =>
        {
            asked++;
            return ("text/html", "<title>secret</title>");
        });
        var ada = await house.PersonAsync("ada");
        var post = await ada.TootAsync($"look {inside.Url}/admin");
        (await ada.PatchAsync("/api/v1/accounts/update_credentials", new { fields_attributes = new[] { new { name = "Site", value = $"{inside.Url}/me" } } })).Ok();
        await house.SettledAsync();
        Assert.Equal(0, asked);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await ada.GetAsync($"/api/v1/statuses/{post}")).Ok().Json.GetProperty("card").ValueKind);
    }

    private static async Task<int[]> DeleteAsync(Caller caller, List<Answer> posts)
    {
        List<int> statuses = [];
        foreach (var post in posts.Take(3)) statuses.Add((int)(await caller.DeleteAsync($"/api/v1/statuses/{post["id"]}")).Status);
        return [.. statuses];
    }

    [GeneratedRegex(@"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\z", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Microseconds();
}
