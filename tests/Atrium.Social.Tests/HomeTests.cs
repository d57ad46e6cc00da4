using Atrium.Contracts.Accounts;
using Atrium.Contracts.Social;
using Atrium.Kernel;
using Atrium.Social.Tests.Federation;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

/// <summary>A house that has the tests' own things and whose clock the test moves.</summary>
public sealed class HomesHouse() : TestHouse(new SocialModule())
{
    public MovedClock Time { get; } = new();

    protected override TimeProvider Clock => Time;

    protected override bool WorkersRun => false;

    protected override void Configure(IServiceCollection services) => services.AddScoped<Contracts.Home.IThingSource, Bench>();
}

/// <summary>What a home is filled with when it is built anew, or joined to somebody's posts.</summary>
public sealed class HomeTests(HomesHouse house) : IClassFixture<HomesHouse>
{
    private const int Acts = 90;
    private static readonly string[] Tongues = ["en", "de"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task A_home_built_anew_is_the_home_that_was_there(int seed)
    {
        var (ada, dice) = (await house.PersonAsync("ada"), new Random(seed));
        List<Person> others = [];
        foreach (var name in (string[])["plain", "boostless", "german", "apart", "stranger", "fellow"]) others.Add(await house.PersonAsync(name));
        var ids = await IdsAsync(others);
        foreach (var (followed, how) in new (int, object)[] { (0, new { }), (1, new { reblogs = false }), (2, new { languages = (string[])["de"] }), (3, new { }) })
            (await ada.PostAsync($"/api/v1/accounts/{ids[followed]}/follow", how)).Ok();
        var list = (await ada.PostAsync("/api/v1/lists", new { title = "Apart", exclusive = true })).Ok()["id"];
        (await ada.PostAsync($"/api/v1/lists/{list}/accounts", new { account_ids = (string[])[ids[3]] })).Ok();
        (await ada.PostAsync($"/api/v1/tags/bread{seed}/follow")).Ok();
        var group = await GroupIdAsync(others[5], ada, others[0], others[3]);

        var everyone = others.Append(ada).ToList();
        List<(string Id, Person By)> posts = [];
        for (var i = 0; i < Acts; i++)
        {
            await ActAsync(everyone[dice.Next(everyone.Count)], dice, posts, group, ada, seed);
            house.Time.Advance(TimeSpan.FromMinutes(dice.Next(240)));
        }

        await house.DrainAsync();
        var owner = Id<Account>.Parse(await ada.AccountIdAsync());
        var (before, after) = await house.InScopeAsync(async sp =>
        {
            var db = sp.GetRequiredService<SocialDb>();
            var was = await EntriesAsync(db, owner);
            await db.WriteAsync(
                async ct =>
                {
                    await db.HomeEntries.Where(h => h.OwnerId == owner).ExecuteDeleteAsync(ct);
                    await HomeMerge.RebuildAsync(db, owner, await HomeMerge.FindAsync(db, owner, ct), ct);
                },
                CancellationToken.None);
            return (was, await EntriesAsync(db, owner));
        });
        Assert.Equal(before, after);

        // The history held all that there is to get wrong.
        foreach (var reason in Enum.GetValues<HomeReason>()) Assert.Contains(before, e => e.Reason == reason);
        Assert.Contains(before, e => !e.InHome);
    }

    [Fact]
    public async Task Who_is_followed_from_now_on_joins_a_home_by_the_same_rules()
    {
        var (ada, ben, cleo) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"));
        var other = await cleo.TootAsync("Nobody here knows cleo");
        await ben.TootAsync("An answer", inReplyTo: other);
        (await ben.PostAsync($"/api/v1/statuses/{other}/reblog")).Ok();
        (await ben.PostAsync("/api/v1/statuses", new { status = "Guten Tag", language = "de" })).Ok();
        var english = (await ben.PostAsync("/api/v1/statuses", new { status = "Good day", language = "en" })).Ok()["id"];
        var group = await GroupIdAsync(ben, ada);
        var among = (await ben.PostAsync("/api/v1/statuses", new { status = "For us", language = "en", audience = $"group:{group}" })).Ok()["id"];
        (await ben.PostAsync("/api/v1/statuses", new { status = "Psst", language = "en", visibility = "direct" })).Ok();
        (await ada.PostAsync($"/api/v1/accounts/{await ben.AccountIdAsync()}/follow", new { reblogs = false, languages = (string[])["en"] })).Ok();
        Assert.Equal([among, english], await ada.IdsAsync("/api/v1/timelines/home"));
    }

    [Fact]
    public async Task Who_comes_back_after_two_weeks_finds_their_home_as_it_would_be()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        await ada.FollowAsync(ben);
        Assert.Empty(await ada.IdsAsync("/api/v1/timelines/home"));
        house.Time.Advance(SocialLimits.HomeAway + TimeSpan.FromHours(1));
        var id = await ben.TootAsync("While you were away");
        var thing = Bench.Add(ben.Id, Audience.Public);
        await house.InScopeAsync(
            async sp =>
            {
                await sp.GetRequiredService<IDiscussions>().EnsureAsync(thing, new(Announce: true), ben.Actor, CancellationToken.None);
                return true;
            },
            ben.Actor);
        var root = (await ben.GetAsync($"/api/social/discussions/{thing}")).Ok()["root_id"];
        Assert.Equal([root, id], await ada.IdsAsync("/api/v1/timelines/home"));
    }

    private static async Task ActAsync(Person who, Random dice, List<(string Id, Person By)> posts, string group, Person reader, int seed)
    {
        var (language, text) = (Tongues[dice.Next(2)], $"{dice.Next()}{(dice.Next(3) == 0 ? $" #bread{seed}" : "")}");
        var about = posts.Count == 0 ? null : posts[dice.Next(Math.Max(0, posts.Count - 12), posts.Count)].Id;
        switch (dice.Next(10))
        {
            case 0 or 1 or 2 when about is not null:
                // What is not for everyone is refused: nothing happens then.
                await who.PostAsync($"/api/v1/statuses/{about}/reblog");
                return;
            case 3 or 4 when about is not null:
                Keep(await who.PostAsync("/api/v1/statuses", new { status = text, language, in_reply_to_id = about }));
                return;
            case 5:
                Keep(await who.PostAsync("/api/v1/statuses", new { status = text, language, audience = $"group:{group}" }));
                return;
            case 6:
                Keep(await who.PostAsync("/api/v1/statuses", new { status = $"{text} @{reader.Handle}", language, visibility = dice.Next(2) == 0 ? "direct" : "private" }));
                return;
            case 7 when posts.Find(p => p.By == who) is { Id: not null } own && dice.Next(2) == 0:
                (await who.DeleteAsync($"/api/v1/statuses/{own.Id}")).Ok();
                posts.Remove(own);
                return;
            default:
                Keep(await who.PostAsync("/api/v1/statuses", new { status = text, language, visibility = dice.Next(4) == 0 ? "unlisted" : null, audience = dice.Next(8) == 0 ? "members" : null }));
                return;
        }

        void Keep(Answer answer)
        {
            if (answer.Status == System.Net.HttpStatusCode.OK) posts.Add((answer["id"], who));
        }
    }

    private static async Task<string> GroupIdAsync(params Person[] people) => (await VisibilityTests.GroupAsync(people)).ToString();

    private static Task<List<Entry>> EntriesAsync(SocialDb db, Id<Account> owner) =>
        db.HomeEntries.Where(h => h.OwnerId == owner).OrderBy(h => h.StatusId).Select(h => new Entry(h.StatusId.Value, h.OriginalId.Value, h.ViaAccountId.Value, h.Reason, h.InHome)).ToListAsync();

    private static async Task<IReadOnlyList<string>> IdsAsync(List<Person> people)
    {
        List<string> ids = [];
        foreach (var person in people) ids.Add(await person.AccountIdAsync());
        return ids;
    }

    private sealed record Entry(long Status, long Original, long Via, HomeReason Reason, bool InHome);
}
