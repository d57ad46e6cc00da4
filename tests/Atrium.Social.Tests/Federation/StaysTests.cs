using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests.Federation;

/// <summary>What is said in a group or among members is on no path that another server can take, however much it knows.</summary>
[Collection(FederationCollection.Name)]
public sealed class StaysTests(TwoHouses houses)
{
    private const string Type = "application/activity+json";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task It_is_neither_fetched_listed_counted_answered_nor_liked_from_elsewhere(bool inGroup)
    {
        var house = houses.North;
        var (ada, cleo, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("cleo"), await houses.South.PersonAsync("ben"));
        var audience = inGroup ? $"group:{await VisibilityTests.GroupAsync(ada, cleo)}" : "members";
        var adaThere = await houses.FollowAsync(ben, ada);
        var open = await ada.TootAsync("For everyone");
        await houses.SettleAsync();
        var counted = await CountedAsync(ada);
        var inner = await ada.TootAsync($"Only us, not @{ben.HandleAt()} #inner", audience: audience);
        (await ada.PutAsync($"/api/v1/statuses/{inner}", new { status = "Only us, still" })).Ok();
        var reply = await cleo.TootAsync("I agree", inReplyTo: inner);
        (await cleo.PostAsync($"/api/v1/statuses/{inner}/favourite")).Ok();
        (await ada.PostAsync($"/api/v1/statuses/{inner}/pin")).Ok();
        await houses.SettleAsync();

        // Nothing was sent, and nothing that is fetched names it, signed by a follower's server or not.
        Assert.Empty(await house.InScopeAsync(sp => sp.GetRequiredService<SocialDb>().Deliveries.Where(d => d.Body.Contains(inner) || d.Body.Contains(reply)).ToListAsync()));
        foreach (var (author, id) in new[] { (ada, inner), (cleo, reply) })
        {
            foreach (var form in (string[])["", "/activity", "/replies", "/likes", "/shares"]) (await house.Stranger().GetAsync($"/users/{author.Handle}/statuses/{id}{form}", ("Accept", Type))).Is(HttpStatusCode.NotFound);
            (await house.Stranger().GetAsync($"/@{author.Handle}/{id}", ("Accept", Type))).Is(HttpStatusCode.NotFound);
            var uri = $"{house.Url}/users/{author.Handle}/statuses/{id}";
            Assert.Equal(0, (await ben.GetAsync($"/api/v2/search?type=statuses&resolve=true&q={Uri.EscapeDataString(uri)}")).Ok().Json.GetProperty("statuses").GetArrayLength());
        }

        Assert.Equal(counted, await CountedAsync(ada));
        Assert.Equal([await ben.FindAsync(ada, open)], await ben.IdsAsync($"/api/v1/accounts/{adaThere}/statuses"));

        // Who knows its address all the same answers, likes and boosts in vain.
        await using var peer = await HostilePeer.StartAsync();
        var eve = peer.Actor("eve");
        var target = $"{house.Url}/users/{ada.Handle}/statuses/{inner}";
        Assert.Equal(HttpStatusCode.Accepted, await eve.SendAsync(house, eve.Activity("Follow", $"{house.Url}/users/{ada.Handle}")));
        await house.DrainAsync();
        var answer = eve.Note("I was listening", target, $"{house.Url}/users/{ada.Handle}");
        foreach (var activity in (JsonObject[])[eve.Activity("Create", answer), eve.Activity("Like", target), eve.Activity("Announce", target)]) Assert.Equal(HttpStatusCode.Accepted, await eve.SendAsync(house, activity));
        await house.DrainAsync();
        var status = (await ada.GetAsync($"/api/v1/statuses/{inner}")).Ok().Json;
        Assert.Equal((1, 1, 0), (status.GetProperty("replies_count").GetInt32(), status.GetProperty("favourites_count").GetInt32(), status.GetProperty("reblogs_count").GetInt32()));
        Assert.Equal([reply], (await ada.GetAsync($"/api/v1/statuses/{inner}/context")).Ok().Json.GetProperty("descendants").EnumerateArray().Select(s => s.GetProperty("id").GetString()!));

        (await ada.DeleteAsync($"/api/v1/statuses/{inner}")).Ok();
        await house.DrainAsync();
        Assert.DoesNotContain(peer.Received, a => a.ToJsonString().Contains(inner, StringComparison.Ordinal));
        (await house.Stranger().GetAsync($"/users/{ada.Handle}/statuses/{inner}", ("Accept", Type))).Is(HttpStatusCode.NotFound);
    }

    // Every collection of an author, and what NodeInfo and the actor's outbox count.
    private async Task<string> CountedAsync(Person author)
    {
        using var stranger = houses.North.Stranger();
        List<JsonElement> read = [];
        foreach (var path in (string[])["outbox", "outbox?page=true", "collections/featured", "collections/tags", "followers", "following"])
            read.Add((await stranger.GetAsync($"/users/{author.Handle}/{path}", ("Accept", Type))).Ok().Json);
        return string.Join('\n', read.Select(r => r.GetRawText()));
    }
}
