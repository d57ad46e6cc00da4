using System.Net;
using Atrium.Testing;
using Microsoft.Extensions.Time.Testing;

namespace Atrium.Social.Tests;

/// <summary>A house that is soon tired.</summary>
public sealed class TiredHouse() : TestHouse(new SocialModule())
{
    protected override IEnumerable<KeyValuePair<string, string?>> Configuration =>
        [new("RateLimits:Member", "9/30"), new("RateLimits:Token", "4/30"), new("RateLimits:Address", "10/30"), new("RateLimits:Paging", "2/30"), new("RateLimits:SignUp", "2/30"), new("RateLimits:Apps", "2/30")];

    // Windows begin at the half hours of the clock: none ends while these tests count.
    protected override TimeProvider Clock { get; } = new FakeTimeProvider(new(2031, 3, 3, 12, 1, 0, TimeSpan.Zero));

    protected override bool WorkersRun => false;
}

/// <summary>How much apps may ask.</summary>
public sealed class RateTests(TiredHouse house) : IClassFixture<TiredHouse>
{
    [Fact]
    public async Task A_member_has_so_much_in_all_and_each_of_their_apps_less()
    {
        var ada = await house.PersonAsync("ada");
        Assert.Equal(["3", "2", "1", "0", "0"], await LeftAsync(ada, 5));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await ada.GetAsync("/api/v1/preferences")).Status);
        Assert.Equal(HttpStatusCode.OK, (await (await house.PersonAsync("ben")).GetAsync("/api/v1/preferences")).Status);
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_has_what_their_address_has_and_pages_few()
    {
        using var nobody = house.Stranger();
        Assert.Equal([200, 200, 429], await StatusAsync(3, () => nobody.PostAsync("/api/v1/apps", new { client_name = "App", redirect_uris = "urn:ietf:wg:oauth:2.0:oob" })));
        Assert.Matches(@"\A\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z\z", (await nobody.PostAsync("/api/v1/apps")).Headers["X-RateLimit-Reset"]);
        Assert.Equal(["5", "4"], await LeftAsync(nobody, 2, "/api/v1/instance/rules"));
        Assert.Equal([200, 200, 429], await StatusAsync(3, () => nobody.GetAsync("/api/v1/timelines/public?max_id=9")));
        Assert.Equal(429, (int)(await nobody.GetAsync("/api/v1/timelines/public?max_id=8")).Status);
        Assert.Equal(429, (int)(await nobody.GetAsync("/api/v1/instance/rules")).Status);
        Assert.Equal(HttpStatusCode.OK, (await (await house.PersonAsync("ada")).GetAsync("/api/v1/instance/rules")).Status);
    }

    private static async Task<IReadOnlyList<string?>> LeftAsync(Caller caller, int times, string path = "/api/v1/preferences")
    {
        List<string?> left = [];
        for (var i = 0; i < times; i++) left.Add((await caller.GetAsync(path)).Headers["X-RateLimit-Remaining"]);
        return left;
    }

    private static async Task<IReadOnlyList<int>> StatusAsync(int times, Func<Task<Answer>> ask)
    {
        List<int> status = [];
        for (var i = 0; i < times; i++) status.Add((int)(await ask()).Status);
        return status;
    }
}
