using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

/// <summary>Counters that went wrong are right in the morning.</summary>
public sealed class CountTests(SocialHouse house)
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
}
