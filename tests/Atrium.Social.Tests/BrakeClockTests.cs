using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Atrium.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Atrium.Social.Tests;

/// <summary>A house with the usual limits of a day and of joining, whose clock stands still until the test moves it, a minute after the full hour.</summary>
public sealed class BrakedHouse() : TestHouse(new SocialModule())
{
    public FakeTimeProvider Time { get; } = new(FullHour().AddMinutes(1));

    protected override TimeProvider Clock => Time;

    protected override bool WorkersRun => false;

    protected override IEnumerable<KeyValuePair<string, string?>> Configuration =>
        [new("RateLimits:On", "true"), .. ((string[])["Member", "Token", "Address", "Apps", "Secret", "Write", "Read"]).Select(r => new KeyValuePair<string, string?>($"RateLimits:{r}", "100000"))];

    protected override Task OpenedAsync() => SocialHouse.SetAsync(this, "accounts.sign_up", "open");

    private static DateTimeOffset FullHour()
    {
        var now = TimeProvider.System.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerHour));
    }
}

/// <summary>Limits that last for hours, by the house's clock.</summary>
public sealed class BrakeClockTests(BrakedHouse house) : IClassFixture<BrakedHouse>
{
    [Fact]
    public async Task Twenty_private_messages_a_day_go_to_people_who_do_not_follow_one_and_the_next_day_twenty_more()
    {
        var (ada, ben, fan) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("fan"));
        await ada.AccountIdAsync();
        await fan.FollowAsync(ada);
        house.Time.Advance(TimeSpan.FromHours(24));
        for (var day = 0; day < 2; day++)
        {
            for (var i = 0; i < 20; i++) Assert.Equal($"{19 - i}", (await SayAsync(ada, $"@{ben.Handle} {day} {i}")).Is(HttpStatusCode.OK).Headers["X-RateLimit-Remaining"]);
            var refused = (await SayAsync(ada, $"@{ben.Handle} once more")).Is(HttpStatusCode.TooManyRequests);
            Assert.Equal("20", refused.Headers["X-RateLimit-Limit"]);
            Assert.Equal(house.Time.GetUtcNow().AddDays(1), DateTimeOffset.Parse(refused.Headers["X-RateLimit-Reset"], CultureInfo.InvariantCulture));
            // Who follows is no stranger, nor is who wrote first, nor whoever reads what is said aloud.
            (await SayAsync(ada, $"@{fan.Handle} you I may")).Ok();
            (await SayAsync(ada, $"@{ben.Handle} aloud", "public")).Ok();
            var asked = (await SayAsync(fan, $"@{ada.Handle} well?")).Ok()["id"];
            (await ada.PostAsync("/api/v1/statuses", new { status = $"@{fan.Handle} well", visibility = "direct", in_reply_to_id = asked })).Ok();
            house.Time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
            (await SayAsync(ada, $"@{ben.Handle} too early")).Is(HttpStatusCode.TooManyRequests);
            house.Time.Advance(TimeSpan.FromSeconds(1));
        }

        var inbox = await ben.IdsAsync("/api/v1/notifications?types[]=mention&include_filtered=true&limit=80");
        Assert.Equal(42, inbox.Count);
    }

    [Fact]
    public async Task A_new_member_is_held_back_for_a_day_to_the_second()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        await ada.AccountIdAsync();
        await ben.AccountIdAsync();
        var crowd = string.Join(' ', Enumerable.Range(0, 6).Select(i => $"@nobody{i}"));
        const string links = "http://a.example http://b.example http://c.example http://d.example";
        house.Time.Advance(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(1));
        (await SayAsync(ada, crowd, "public")).Is(HttpStatusCode.UnprocessableEntity);
        (await SayAsync(ada, links, "public")).Is(HttpStatusCode.UnprocessableEntity);
        (await SayAsync(ada, $"@{ben.Handle} psst")).Is(HttpStatusCode.Forbidden);
        house.Time.Advance(TimeSpan.FromSeconds(1));
        (await SayAsync(ada, crowd, "public")).Ok();
        (await SayAsync(ada, links, "public")).Ok();
        (await SayAsync(ada, $"@{ben.Handle} psst")).Ok();
    }

    [Fact]
    public async Task Three_links_of_a_new_member_are_counted_over_the_day_and_not_by_post()
    {
        var ada = await house.PersonAsync("ada");
        await ada.AccountIdAsync();
        for (var i = 0; i < 3; i++)
        {
            (await SayAsync(ada, $"http://{i}.example", "public")).Ok();
            house.Time.Advance(TimeSpan.FromHours(6));
        }

        (await SayAsync(ada, "http://x.example", "public")).Is(HttpStatusCode.UnprocessableEntity);
        (await SayAsync(ada, "None at all", "public")).Ok();
    }

    [Fact]
    public async Task Five_sign_up_from_an_address_within_half_an_hour_and_the_next_five_after_it()
    {
        // The half hours of the clock are the windows: this one is entered at its first second.
        var now = house.Time.GetUtcNow();
        house.Time.Advance(TimeSpan.FromMinutes(30) - TimeSpan.FromTicks(now.Ticks % TimeSpan.FromMinutes(30).Ticks));
        using var app = await AppAsync();
        for (var half = 0; half < 2; half++)
        {
            for (var i = 0; i < 5; i++) (await JoinAsync(app, $"h{half}n{i}")).Ok();
            house.Time.Advance(TimeSpan.FromMinutes(29));
            var refused = (await JoinAsync(app, $"h{half}late")).Is(HttpStatusCode.TooManyRequests);
            Assert.Equal("Too many requests", refused["error"]);
            Assert.Equal(("5", "0"), (refused.Headers["X-RateLimit-Limit"], refused.Headers["X-RateLimit-Remaining"]));
            Assert.Equal(house.Time.GetUtcNow().AddMinutes(1), DateTimeOffset.Parse(refused.Headers["X-RateLimit-Reset"], CultureInfo.InvariantCulture));
            house.Time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    private static Task<Answer> SayAsync(Caller who, string status, string visibility = "direct") => who.PostAsync("/api/v1/statuses", new { status, visibility });

    private static Task<Answer> JoinAsync(Caller app, string name) =>
        app.PostAsync("/api/v1/accounts", new { username = name, email = $"{name}@example.org", password = Person.Password, agreement = true, locale = "en" });

    private async Task<Caller> AppAsync()
    {
        using var stranger = house.Stranger();
        var app = (await stranger.PostAsync("/api/v1/apps", new { client_name = "phone", redirect_uris = "urn:ietf:wg:oauth:2.0:oob", scopes = "read write" })).Ok();
        var token = (await stranger.PostAsync("/oauth/token", new { grant_type = "client_credentials", client_id = app["client_id"], client_secret = app["client_secret"], scope = "read write" })).Ok();
        var caller = house.Stranger();
        caller.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token["access_token"]);
        return caller;
    }
}
