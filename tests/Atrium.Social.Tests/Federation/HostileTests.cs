using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests.Federation;

/// <summary>A peer that lies is refused, and no row changes.</summary>
[Collection(FederationCollection.Name)]
public sealed class HostileTests(TwoHouses houses) : IAsyncLifetime
{
    private readonly OpenHouse _house = houses.North;
    private HostilePeer _peer = null!;

    public async ValueTask InitializeAsync() => _peer = await HostilePeer.StartAsync();

    public ValueTask DisposeAsync() => _peer.DisposeAsync();

    [Fact]
    public async Task A_forged_spoiled_stale_or_foreign_activity_is_refused_and_changes_nothing()
    {
        var ada = await _house.PersonAsync("ada");
        var id = await ada.TootAsync("A post");
        var uri = $"{_house.Url}/users/{ada.Handle}/statuses/{id}";
        var (mallory, eve) = (_peer.Actor("mallory"), _peer.Actor("eve"));
        // Both are known: what follows is not refused for want of a key.
        foreach (var actor in (HostileActor[])[mallory, eve]) Assert.Equal(HttpStatusCode.Accepted, await actor.SendAsync(_house, actor.Activity("Like", uri)));
        await _house.DrainAsync();
        var before = await RowsAsync();
        Assert.Equal(2, (await ada.GetAsync($"/api/v1/statuses/{id}")).Ok().Json.GetProperty("favourites_count").GetInt32());
        var now = TimeProvider.System.GetUtcNow();
        JsonObject Say() => mallory.Activity("Create", mallory.Note("Spam", uri, $"{_house.Url}/users/{ada.Handle}"));

        Assert.Equal(HttpStatusCode.Unauthorized, await mallory.SendAsync(_house, Say(), change: r => Replace(r, "Digest", "SHA-256=" + Convert.ToBase64String(new byte[32]))));
        Assert.Equal(HttpStatusCode.Unauthorized, await mallory.SendAsync(_house, Say(), change: r => r.Content = Body(mallory.Activity("Like", uri))));
        Assert.Equal(HttpStatusCode.Unauthorized, await mallory.SendAsync(_house, Say(), change: r => r.Headers.Host = "elsewhere.example"));
        Assert.Equal(HttpStatusCode.Unauthorized, await mallory.SendAsync(_house, Say(), change: r => r.RequestUri = new(_house.Url + "/users/ada/inbox")));
        Assert.Equal(HttpStatusCode.Unauthorized, await mallory.SendAsync(_house, Say(), at: now.AddHours(-2)));
        Assert.Equal(HttpStatusCode.Unauthorized, await mallory.SendAsync(_house, Say(), at: now.AddMinutes(30)));
        Assert.Equal(HttpStatusCode.Unauthorized, await mallory.SendAsync(_house, Say(), change: r => r.Headers.Remove("Signature")));
        Assert.Equal(HttpStatusCode.Unauthorized, await mallory.SendAsync(_house, Say(), change: r => Replace(r, "Signature", $"keyId=\"{mallory.Key.KeyId}\",headers=\"date\",signature=\"AAAA\"")));
        Assert.Equal(HttpStatusCode.Unauthorized, await mallory.SendAsync(_house, Say(), key: eve.Key));
        Assert.Equal(HttpStatusCode.Unauthorized, await mallory.SendAsync(_house, Say(), key: eve.Key with { KeyId = mallory.Key.KeyId }));

        var foreign = mallory.Note("Not mine", uri);
        foreign["attributedTo"] = eve.Id;
        Assert.Equal(HttpStatusCode.Forbidden, await mallory.SendAsync(_house, mallory.Activity("Create", foreign)));
        var ofOurs = mallory.Note("By ada");
        ofOurs["attributedTo"] = $"{_house.Url}/users/{ada.Handle}";
        Assert.Equal(HttpStatusCode.Forbidden, await mallory.SendAsync(_house, mallory.Activity("Create", ofOurs)));
        var embedded = mallory.Note("From elsewhere", uri);
        embedded["id"] = "https://elsewhere.example/notes/1";
        Assert.Equal(HttpStatusCode.Forbidden, await mallory.SendAsync(_house, mallory.Activity("Create", embedded)));
        Assert.Equal(HttpStatusCode.Forbidden, await mallory.SendAsync(_house, mallory.Activity("Like", uri, "https://elsewhere.example/activities/1")));
        foreach (var type in (string[])["Update", "Delete"]) Assert.Equal(HttpStatusCode.Forbidden, await mallory.SendAsync(_house, mallory.Activity(type, uri)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await mallory.SendAsync(_house, new byte[2 << 20]));
        await _house.DrainAsync();
        Assert.Equal(before, await RowsAsync());
    }

    [Fact]
    public async Task The_same_request_twice_counts_once_and_another_persons_act_cannot_be_undone()
    {
        var ada = await _house.PersonAsync("ada");
        var id = await ada.TootAsync("A post");
        var uri = $"{_house.Url}/users/{ada.Handle}/statuses/{id}";
        var (mallory, eve) = (_peer.Actor("mallory"), _peer.Actor("eve"));
        var like = eve.Activity("Like", uri);
        var at = TimeProvider.System.GetUtcNow();
        Assert.Equal(HttpStatusCode.Accepted, await eve.SendAsync(_house, like, at: at));
        await _house.DrainAsync();
        var before = await RowsAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, await eve.SendAsync(_house, like, at: at));
        // Signed afresh it is no replay, but it is still the same activity.
        Assert.Equal(HttpStatusCode.Accepted, await eve.SendAsync(_house, like, at: at.AddSeconds(-5)));
        await _house.DrainAsync();
        Assert.Equal(before, await RowsAsync());

        var note = eve.Note("Mine", uri);
        Assert.Equal(HttpStatusCode.Accepted, await eve.SendAsync(_house, eve.Activity("Create", note)));
        await _house.DrainAsync();
        Assert.Equal(HttpStatusCode.Accepted, await mallory.SendAsync(_house, mallory.Activity("Undo", (string)like["id"]!)));
        Assert.Equal(HttpStatusCode.Accepted, await mallory.SendAsync(_house, mallory.Activity("Delete", (string)note["id"]!)));
        await _house.DrainAsync();
        var counts = (await ada.GetAsync($"/api/v1/statuses/{id}")).Ok().Json;
        Assert.Equal((1, 1), (counts.GetProperty("favourites_count").GetInt32(), counts.GetProperty("replies_count").GetInt32()));
    }

    [Fact]
    public async Task What_was_deleted_or_undone_before_it_came_does_not_come()
    {
        var ada = await _house.PersonAsync("ada");
        var id = await ada.TootAsync("A post");
        var uri = $"{_house.Url}/users/{ada.Handle}/statuses/{id}";
        var eve = _peer.Actor("eve");
        var (note, like) = (eve.Note("Late", uri), eve.Activity("Like", uri));
        foreach (var activity in (JsonObject[])[eve.Activity("Delete", (string)note["id"]!), eve.Activity("Undo", like.DeepClone()), eve.Activity("Create", note), like])
        {
            Assert.Equal(HttpStatusCode.Accepted, await eve.SendAsync(_house, activity));
            await _house.DrainAsync();
        }

        var counts = (await ada.GetAsync($"/api/v1/statuses/{id}")).Ok().Json;
        Assert.Equal((0, 0), (counts.GetProperty("favourites_count").GetInt32(), counts.GetProperty("replies_count").GetInt32()));
    }

    [Fact]
    public async Task An_actor_that_another_server_speaks_for_is_not_believed()
    {
        await using var other = await HostilePeer.StartAsync();
        var victim = other.Actor("victim");
        var thief = new HostileActor(other.Url, "victim");
        // The key's address leads to a document that names the victim; a page of the peer says it too; an upload does as well.
        _peer.Serve("/users/victim", thief.Document);
        _peer.Redirect("/users/away", other.Url + "/users/victim");
        other.Serve("/uploads/actor.json", thief.Document, "application/json");
        // The house's own actor, which signs what is fetched, is there from now on.
        (await _house.Stranger().GetAsync("/actor")).Ok();
        var before = await RowsAsync();
        foreach (var keyId in (string[])[$"{_peer.Url}/users/victim#main-key", $"{_peer.Url}/users/away#main-key", $"{other.Url}/uploads/actor.json"])
            Assert.Equal(HttpStatusCode.Unauthorized, await thief.SendAsync(_house, thief.Activity("Follow", $"{_house.Url}/users/ada"), key: thief.Key with { KeyId = keyId }));
        await _house.DrainAsync();
        Assert.Equal(before, await RowsAsync());
        Assert.NotEqual(thief.Key.PrivatePem, victim.Key.PrivatePem);
    }

    [Fact]
    public async Task A_name_stays_with_whom_it_belonged_to_first_and_that_is_found_out_at_once()
    {
        var ada = await _house.PersonAsync("ada");
        var (first, other) = (_peer.Actor("same"), _peer.Actor("other"));
        other.Document["preferredUsername"] = "same";
        async Task<Answer> FindAsync(HostileActor actor) => (await ada.GetAsync($"/api/v2/search?type=accounts&resolve=true&q={Uri.EscapeDataString(actor.Id)}")).Ok();
        Assert.Equal(1, (await FindAsync(first)).Json.GetProperty("accounts").GetArrayLength());
        var clash = await FindAsync(other);
        Assert.Equal(0, clash.Json.GetProperty("accounts").GetArrayLength());
        Assert.True(clash.Statements <= 20, $"{clash.Statements} statements");
    }

    [Fact]
    public async Task A_house_in_the_open_asks_no_private_address()
    {
        await using var guarded = new GuardedHouse();
        await guarded.InitializeAsync();
        var eve = _peer.Actor("eve");
        Assert.Equal(HttpStatusCode.Forbidden, await eve.SendAsync(guarded, eve.Activity("Follow", guarded.Url + "/users/ada")));
        var secure = new HostileActor(_peer.Url.Replace("http:", "https:", StringComparison.Ordinal), "eve");
        Assert.Equal(HttpStatusCode.Unauthorized, await secure.SendAsync(guarded, secure.Activity("Follow", guarded.Url + "/users/ada")));
        var ada = await guarded.PersonAsync("ada");
        Assert.Empty((await ada.GetAsync($"/api/v2/search?resolve=true&q={Uri.EscapeDataString(secure.Id)}")).Ok().Json.GetProperty("accounts").EnumerateArray());
        Assert.Equal(0, _peer.Asked);
    }

    private static ByteArrayContent Body(JsonObject activity) => new(Encoding.UTF8.GetBytes(activity.ToJsonString()));

    private static void Replace(HttpRequestMessage request, string name, string value)
    {
        request.Headers.Remove(name);
        request.Headers.TryAddWithoutValidation(name, value);
    }

    private Task<string> RowsAsync() => _house.InScopeAsync(async sp =>
    {
        var db = sp.GetRequiredService<SocialDb>();
        return string.Join(' ', await db.Accounts.CountAsync(), await db.Statuses.CountAsync(), await db.Follows.CountAsync(), await db.Favourites.CountAsync(), await db.Blocks.CountAsync(), await db.Notices.CountAsync(), await db.InboxActivities.CountAsync(), await db.Tombstones.CountAsync());
    });

    private sealed class GuardedHouse() : TestHouse(new SocialModule())
    {
        protected override IEnumerable<KeyValuePair<string, string?>> Configuration => [new("Outbound:AllowPrivate", "false")];

        protected override bool WorkersRun => false;

        protected override Task OpenedAsync() => OpenHouse.SetAsync(this, "open");
    }
}
