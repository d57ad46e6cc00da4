using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

/// <summary>Counters that went wrong are right in the morning.</summary>
[Collection(nameof(NightHouse))]
public sealed class CountTests(NightHouse house)
{
    [Fact]
    public async Task A_night_counts_answers_quotes_and_comments_anew_and_tells_no_more_than_before()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var group = await VisibilityTests.GroupAsync(ada, ben);
        var open = await ada.TootAsync("For everyone");
        var inner = await ada.TootAsync("For us", audience: $"group:{group}");
        await ben.FollowAsync(ada);
        foreach (var visibility in (string[])["public", "unlisted", "private", "direct"]) await ben.TootAsync("An answer", visibility, inReplyTo: open);
        await ben.TootAsync("Among us", inReplyTo: inner);
        (await ben.DeleteAsync($"/api/v1/statuses/{await ben.TootAsync("Too soon", inReplyTo: open)}")).Ok();
        foreach (var audience in (string?[])[null, $"group:{group}"]) (await ben.PostAsync("/api/v1/statuses", new { status = "See", quoted_status_id = open, audience })).Ok();
        var thing = Bench.Add(ada.Id, Audience.Public);
        foreach (var words in (string[])["One", "Two"]) (await ben.PostAsync($"/api/social/discussions/{thing}/comments", new { text = words })).Is(System.Net.HttpStatusCode.Created);
        var comment = (await ben.PostAsync($"/api/social/discussions/{thing}/comments", new { text = "Three" })).Is(System.Net.HttpStatusCode.Created)["id"];
        (await ben.DeleteAsync($"/api/v1/statuses/{comment}")).Ok();

        var before = await CountsAsync();
        Assert.Equal((2, 1, 1, 2), before);
        await house.InScopeAsync(async sp =>
        {
            var db = sp.GetRequiredService<SocialDb>();
            List<Id<Status>> ids = [Id<Status>.Parse(open), Id<Status>.Parse(inner)];
            await db.StatusStats.Where(s => ids.Contains(s.StatusId)).ExecuteUpdateAsync(set => set.SetProperty(s => s.Replies, 77).SetProperty(s => s.Quotes, 78));
            return await db.Discussions.Where(d => d.Thing == thing).ExecuteUpdateAsync(set => set.SetProperty(d => d.Comments, 79));
        });
        Assert.Equal((77, 77, 78, 79), await CountsAsync());
        await house.RunRecurringAsync(nameof(PruneSocial));
        Assert.Equal(before, await CountsAsync());

        async Task<(int Replies, int Inner, int Quotes, int Comments)> CountsAsync()
        {
            var (one, other) = ((await ben.GetAsync($"/api/v1/statuses/{open}")).Ok().Json, (await ben.GetAsync($"/api/v1/statuses/{inner}")).Ok().Json);
            var comments = (await ben.GetAsync($"/api/social/discussions/{thing}")).Ok().Json.GetProperty("counts").GetProperty("comments").GetInt32();
            return (one.GetProperty("replies_count").GetInt32(), other.GetProperty("replies_count").GetInt32(), one.GetProperty("quotes_count").GetInt32(), comments);
        }
    }

    [Fact]
    public async Task A_night_that_counts_while_people_post_and_delete_miscounts_nobody()
    {
        var people = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => house.PersonAsync($"night{i}")));
        using var dawn = new CancellationTokenSource();
        var night = Task.Run(
            async () =>
            {
                while (!dawn.IsCancellationRequested)
                    await house.InScopeAsync(async services =>
                    {
                        await services.GetRequiredService<Recount>().AllAsync(CancellationToken.None);
                        return true;
                    });
            },
            TestContext.Current.CancellationToken);
        await Parallel.ForEachAsync(
            people,
            TestContext.Current.CancellationToken,
            async (person, _) =>
            {
                for (var i = 0; i < 12; i++)
                {
                    var post = await person.TootAsync($"Awake {i}");
                    if (i % 3 == 0) (await person.DeleteAsync($"/api/v1/statuses/{post}")).Ok();
                    else await Task.WhenAll(people.Select(async p => (await p.PostAsync($"/api/v1/statuses/{post}/{(i % 2 == 0 ? "favourite" : "reblog")}")).Ok()));
                }
            });
        await dawn.CancelAsync();
        await night;
        foreach (var person in people)
        {
            var posts = (await person.GetAsync($"/api/v1/accounts/{await person.AccountIdAsync()}/statuses?limit=40")).Ok().Json.EnumerateArray().ToList();
            Assert.Equal(posts.Count, (await person.GetAsync("/api/v1/accounts/verify_credentials")).Ok().Json.GetProperty("statuses_count").GetInt32());
            foreach (var own in posts.Where(p => p.GetProperty("reblog").ValueKind == System.Text.Json.JsonValueKind.Null))
            {
                var liked = int.Parse(own.GetProperty("content").GetString()!.Replace("<p>Awake ", "", StringComparison.Ordinal).Replace("</p>", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture) % 2 == 0;
                Assert.Equal(liked ? (4, 0) : (0, 4), (own.GetProperty("favourites_count").GetInt32(), own.GetProperty("reblogs_count").GetInt32()));
            }
        }
    }

    [Fact]
    public async Task A_thing_counts_the_comments_that_everyone_reads_who_sees_it_and_no_others()
    {
        var (ada, ben, mod) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("mod", Role.Moderator));
        using var stranger = house.Stranger();
        var thing = Bench.Add(ada.Id, Audience.Public);
        var first = await SayAsync("One");
        var second = await SayAsync("Two");
        await SayAsync("Three");
        var root = (await ada.GetAsync($"/api/social/discussions/{thing}")).Ok()["root_id"];
        await ben.TootAsync($"@{ada.Handle} between us", "direct", inReplyTo: first);
        await ben.TootAsync("An answer", inReplyTo: second);
        await AgreeAsync(4);
        (await ada.PutAsync($"/api/social/comments/{first}/hiding", new { reason = "rude" })).Is(System.Net.HttpStatusCode.NoContent);
        await AgreeAsync(3);
        (await ada.DeleteAsync($"/api/social/comments/{first}/hiding")).Is(System.Net.HttpStatusCode.NoContent);
        (await ben.DeleteAsync($"/api/v1/statuses/{second}")).Ok();
        await AgreeAsync(3);

        // What was said among members stays among them when the thing is for everyone again.
        await MoveAsync(Audience.Members);
        await SayAsync("Among members");
        await AgreeAsync(4, mod);
        await MoveAsync(Audience.Public);
        await AgreeAsync(3);

        var account = await ben.AccountIdAsync();
        var @case = await ModerationTests.CaseAsync(mod, ada, $"account:{account}");
        (await mod.PutAsync($"/api/home/moderation/cases/{@case}/hidden", new { reason = "Enough" })).Ok();
        await AgreeAsync(0);
        (await mod.DeleteAsync($"/api/home/moderation/cases/{@case}/hidden")).Ok();
        await AgreeAsync(3);
        await house.RunRecurringAsync(nameof(PruneSocial));
        await AgreeAsync(3);

        async Task<string> SayAsync(string text) => (await ben.PostAsync($"/api/social/discussions/{thing}/comments", new { text })).Is(System.Net.HttpStatusCode.Created)["id"];
        Task<bool> MoveAsync(Audience audience) => house.InScopeAsync(async services =>
        {
            await services.GetRequiredService<DiscussionDesk>().FollowAsync(Bench.Move(thing, audience), CancellationToken.None);
            return true;
        });
        async Task AgreeAsync(int expected, Caller? reader = null)
        {
            await house.SettledAsync();
            var page = (await (reader ?? stranger).GetAsync($"/api/social/discussions/{thing}")).Ok().Json;
            var shown = page.GetProperty("comments").GetProperty("items").EnumerateArray().ToList();
            var answers = (await (reader ?? stranger).GetAsync($"/api/v1/statuses/{root}")).Ok().Json.GetProperty("replies_count").GetInt32();
            Assert.Equal((expected, expected), (page.GetProperty("counts").GetProperty("comments").GetInt32(), shown.Count));
            Assert.Equal(shown.Count(c => c.GetProperty("in_reply_to").ToString() == root), answers);
        }
    }
}
