using System.Text.Json.Nodes;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests.Federation;

[Collection(FederationCollection.Name)]
public sealed class DeliveryTests(TwoHouses houses) : IAsyncLifetime
{
    private readonly OpenHouse _house = houses.North;
    private HostilePeer _peer = null!;

    public async ValueTask InitializeAsync() => _peer = await HostilePeer.StartAsync();

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    [Fact]
    public async Task Followers_behind_one_shared_inbox_are_served_once()
    {
        var ada = await _house.PersonAsync("ada");
        foreach (var name in (string[])["one", "two", "three"]) await FollowAsync(name, ada, shared: true);
        _peer.Received.Clear();
        var id = await ada.TootAsync("To all of you");
        await _house.DrainAsync();
        var create = Assert.Single(_peer.Received, a => (string)a["type"]! == "Create");
        Assert.EndsWith("/statuses/" + id, (string)create["object"]!["id"]!);
    }

    [Fact]
    public async Task What_could_not_be_delivered_waits_and_goes_out_once_the_peer_is_heard_again()
    {
        var ada = await _house.PersonAsync("ada");
        var eve = await FollowAsync("eve", ada, shared: false);
        _peer.Received.Clear();
        _peer.Answers = 503;
        List<string> posted = [];
        for (var i = 0; i < 7; i++) posted.Add(await ada.TootAsync($"While you were away {i}"));
        await _house.DrainAsync();
        // After five failures in a row the house stops knocking.
        Assert.Equal(5, _peer.Received.Count);
        Assert.All(await StatesAsync(posted), s => Assert.Equal((DeliveryState.Due, 1), s));

        _peer.Answers = 202;
        _peer.Received.Clear();
        await _house.DrainAsync();
        Assert.Empty(_peer.Received);
        await eve.SendAsync(_house, eve.Activity("Like", $"{_house.Url}/users/{ada.Handle}/statuses/{posted[0]}"));
        await _house.DrainAsync();
        Assert.Equal(posted.Order(), _peer.Received.Select(a => ((string)a["object"]!["id"]!).Split('/')[^1]).Order());
        Assert.All(await StatesAsync(posted), s => Assert.Equal(DeliveryState.Sent, s.State));
    }

    [Fact]
    public async Task A_suspended_domain_is_neither_heard_nor_spoken_to_and_its_people_vanish()
    {
        var (ada, boss) = (await _house.PersonAsync("ada"), await _house.PersonAsync("boss", Kernel.Role.Administrator));
        var eve = await FollowAsync("eve", ada, shared: false);
        var uri = $"{_house.Url}/users/{ada.Handle}/statuses/{await ada.TootAsync("A post")}";
        await eve.SendAsync(_house, eve.Activity("Create", eve.Note("An answer", uri)));
        await _house.DrainAsync();
        var thread = $"/api/v1/statuses/{uri.Split('/')[^1]}/context";
        Assert.Equal(1, (await ada.GetAsync(thread)).Ok().Json.GetProperty("descendants").GetArrayLength());

        var domain = new Uri(_peer.Url).Authority;
        (await ada.PutAsync($"/api/social/federation/domains/{domain}", new { severity = "suspend" })).Is(System.Net.HttpStatusCode.Forbidden);
        (await boss.PutAsync($"/api/social/federation/domains/{domain}", new { severity = "suspend" })).Ok();
        _peer.Received.Clear();
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, await eve.SendAsync(_house, eve.Activity("Like", uri)));
        await ada.TootAsync("Without you");
        await _house.DrainAsync();
        Assert.Empty(_peer.Received);
        Assert.Equal(0, (await ada.GetAsync(thread)).Ok().Json.GetProperty("descendants").GetArrayLength());
        Assert.Equal(0, (await ada.GetAsync("/api/v1/accounts/verify_credentials")).Ok().Json.GetProperty("followers_count").GetInt32());
        var told = Assert.Single((await ada.GetAsync("/api/v1/notifications")).Ok().Json.EnumerateArray(), n => n.GetProperty("type").GetString() == "severed_relationships");
        var severed = told.GetProperty("event");
        Assert.Equal(["created_at", "followers_count", "following_count", "id", "purged", "target_name", "type"], severed.Keys());
        Assert.Equal(("domain_block", domain, 1, 0), (severed.GetProperty("type").GetString(), severed.GetProperty("target_name").GetString(), severed.GetProperty("followers_count").GetInt32(), severed.GetProperty("following_count").GetInt32()));
        var grouped = (await ada.GetAsync("/api/v2/notifications?types[]=severed_relationships")).Ok().Json.GetProperty("notification_groups")[0];
        Assert.Equal(severed.GetRawText(), grouped.GetProperty("event").GetRawText());
        var line = $"{domain} was suspended here: you lost 1 follower";
        Assert.Contains(await _house.MailToAsync($"{ada.Handle}@example.org"), m => m.TextBody?.Contains(line, StringComparison.Ordinal) == true);
        Assert.Contains(line, (await ada.PageAsync("/social/notifications")).Ok().Body, StringComparison.Ordinal);
        Assert.Contains(line, (await ada.PageAsync("/inbox")).Ok().Body, StringComparison.Ordinal);
        Assert.DoesNotContain("severed_relationships", (await boss.GetAsync("/api/v1/notifications")).Ok().Body, StringComparison.Ordinal);

        (await boss.DeleteAsync($"/api/social/federation/domains/{domain}")).Ok();
        Assert.Equal(1, (await ada.GetAsync(thread)).Ok().Json.GetProperty("descendants").GetArrayLength());
    }

    [Fact]
    public async Task In_a_closed_circle_only_those_listed_fetch_and_send()
    {
        var ada = await houses.South.PersonAsync("ada");
        await ada.AccountIdAsync();
        var boss = await houses.South.PersonAsync("boss", Kernel.Role.Administrator);
        var ben = await _house.PersonAsync("ben");
        await houses.South.SetAsync("allowlist");
        try
        {
            (await houses.South.Stranger().GetAsync($"/users/{ada.Handle}", ("Accept", "application/activity+json"))).Is(System.Net.HttpStatusCode.Unauthorized);
            Assert.Empty((await ben.GetAsync($"/api/v2/search?resolve=true&q=@{ada.HandleAt()}")).Ok().Json.GetProperty("accounts").EnumerateArray());
            (await boss.PutAsync($"/api/social/federation/domains/{new Uri(_house.Url).Authority}", new { allowed = true })).Ok();
            var there = await houses.FollowAsync(ben, ada);
            Assert.True(await ben.RelationAsync(there, "following"));
        }
        finally
        {
            await houses.South.SetAsync("open");
        }
    }

    private async Task<HostileActor> FollowAsync(string name, Person followed, bool shared)
    {
        var actor = _peer.Actor(name);
        if (shared) actor.Document["endpoints"] = new JsonObject { ["sharedInbox"] = _peer.Url + "/inbox" };
        await followed.AccountIdAsync();
        Assert.Equal(System.Net.HttpStatusCode.Accepted, await actor.SendAsync(_house, actor.Activity("Follow", $"{_house.Url}/users/{followed.Handle}")));
        await _house.DrainAsync();
        Assert.Contains(_peer.Received, a => (string)a["type"]! == "Accept");
        return actor;
    }

    private async Task<List<(DeliveryState State, int Attempts)>> StatesAsync(List<string> posts)
    {
        var rows = await _house.InScopeAsync(sp => sp.GetRequiredService<SocialDb>().Deliveries.ToListAsync());
        return [.. rows.Where(r => posts.Exists(p => r.ActivityId.EndsWith($"/statuses/{p}/activity", StringComparison.Ordinal))).Select(r => (r.State, r.Attempts))];
    }
}
