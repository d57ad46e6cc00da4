using System.Net;
using System.Text.Json.Nodes;
using Atrium.Testing;

namespace Atrium.Social.Tests.Federation;

/// <summary>Whoever got a post hears what becomes of it, though nothing ties them to its author any more.</summary>
[Collection(FederationCollection.Name)]
public sealed class ReachTests(TwoHouses houses) : IAsyncLifetime
{
    private readonly OpenHouse _house = houses.North;
    private HostilePeer _peer = null!;

    public async ValueTask InitializeAsync() => _peer = await HostilePeer.StartAsync();

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    [Fact]
    public async Task A_server_whose_people_followed_when_a_post_was_sent_hears_of_its_end()
    {
        var ada = await _house.PersonAsync("ada");
        var (eve, me) = (_peer.Actor("eve"), $"{_house.Url}/users/{ada.Handle}");
        await ada.AccountIdAsync();
        var follow = eve.Activity("Follow", me);
        Assert.Equal(HttpStatusCode.Accepted, await eve.SendAsync(_house, follow));
        await _house.DrainAsync();
        var (edited, gone) = (await ada.TootAsync("To be said otherwise"), await ada.TootAsync("To be taken back"));
        await _house.DrainAsync();
        Assert.Equal(HttpStatusCode.Accepted, await eve.SendAsync(_house, eve.Activity("Undo", follow.DeepClone())));
        await _house.DrainAsync();
        _peer.Received.Clear();
        var unseen = await ada.TootAsync("Not for them");
        await _house.DrainAsync();
        Assert.Empty(_peer.Received);
        (await ada.PutAsync($"/api/v1/statuses/{edited}", new { status = "Said otherwise" })).Ok();
        (await ada.DeleteAsync($"/api/v1/statuses/{gone}")).Ok();
        (await ada.DeleteAsync($"/api/v1/statuses/{unseen}")).Ok();
        await _house.DrainAsync();
        Assert.Single(_peer.Received, a => (string)a["type"]! == "Update" && Ends(a, edited));
        Assert.Single(_peer.Received, a => (string)a["type"]! == "Delete" && Ends(a, gone));
    }

    [Fact]
    public async Task Servers_that_got_a_post_by_a_boost_hear_of_its_end()
    {
        var (ada, ben) = (await _house.PersonAsync("ada"), await _house.PersonAsync("ben"));
        var eve = _peer.Actor("eve");
        await ben.AccountIdAsync();
        Assert.Equal(HttpStatusCode.Accepted, await eve.SendAsync(_house, eve.Activity("Follow", $"{_house.Url}/users/{ben.Handle}")));
        await _house.DrainAsync();
        var post = await ada.TootAsync("Boosted");
        (await ben.PostAsync($"/api/v1/statuses/{post}/reblog")).Ok();
        await _house.DrainAsync();
        Assert.Contains(_peer.Received, a => (string)a["type"]! == "Announce");
        _peer.Received.Clear();
        (await ada.DeleteAsync($"/api/v1/statuses/{post}")).Ok();
        await _house.DrainAsync();
        Assert.Single(_peer.Received, a => (string)a["type"]! == "Delete" && Ends(a, post));
        Assert.Single(_peer.Received, a => (string)a["type"]! == "Undo");
    }

    private static bool Ends(JsonObject activity, string post) => ((string)activity["object"]!["id"]!).EndsWith("/" + post, StringComparison.Ordinal);
}
