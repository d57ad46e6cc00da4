using System.Net;
using Atrium.Testing;

namespace Atrium.Social.Tests.Federation;

[Collection(FederationCollection.Name)]
public sealed class DiscoveryTests(TwoHouses houses, SocialHouse closed)
{
    private const string Type = "application/activity+json";
    private readonly OpenHouse _house = houses.North;

    [Fact]
    public async Task A_member_is_found_by_handle_and_answers_as_an_actor()
    {
        var ada = await _house.PersonAsync("ada");
        await ada.AccountIdAsync();
        var domain = new Uri(_house.Url).Authority;
        var found = (await _house.Stranger().GetAsync($"/.well-known/webfinger?resource=acct:{ada.Handle}@{domain}")).Ok();
        Assert.Equal("application/jrd+json", found.Headers["Content-Type"]);
        Assert.Equal($"acct:{ada.Handle}@{domain}", found["subject"]);
        var self = found.Json.GetProperty("links").EnumerateArray().Single(l => l.GetProperty("rel").GetString() == "self").GetProperty("href").GetString()!;

        foreach (var address in (string[])[self, $"{_house.Url}/@{ada.Handle}"])
        {
            var actor = (await _house.Stranger().GetAsync(address[_house.Url.Length..], ("Accept", Type))).Ok();
            Assert.Equal(Type, actor.Headers["Content-Type"].Split(';')[0]);
            Assert.Contains("Accept", actor.Headers["Vary"]);
            Assert.Equal(self, actor["id"]);
            Assert.Equal("Person", actor["type"]);
            Assert.Equal(self, actor.Json.GetProperty("publicKey").GetProperty("owner").GetString());
            Assert.StartsWith("-----BEGIN PUBLIC KEY-----", actor.Json.GetProperty("publicKey").GetProperty("publicKeyPem").GetString());
            Assert.Equal(_house.Url + "/inbox", actor.Json.GetProperty("endpoints").GetProperty("sharedInbox").GetString());
        }

        (await _house.Stranger().GetAsync("/.well-known/webfinger")).Is(HttpStatusCode.BadRequest);
        (await _house.Stranger().GetAsync($"/.well-known/webfinger?resource=acct:nobody@{domain}")).Is(HttpStatusCode.NotFound);
        (await _house.Stranger().GetAsync($"/.well-known/webfinger?resource=acct:{ada.Handle}@elsewhere.example")).Is(HttpStatusCode.NotFound);
        Assert.Equal("Application", (await _house.Stranger().GetAsync("/actor", ("Accept", Type))).Ok()["type"]);
    }

    [Fact]
    public async Task Public_posts_are_fetched_and_stand_in_the_outbox_private_ones_do_not()
    {
        var ada = await _house.PersonAsync("ada");
        var open = await ada.TootAsync("For everyone #news");
        var quiet = await ada.TootAsync("Not shouted", "unlisted");
        List<string> kept = [await ada.TootAsync("Followers", "private"), await ada.TootAsync("Nobody", "direct"), await ada.TootAsync("Members", audience: "members")];

        var note = (await _house.Stranger().GetAsync($"/users/{ada.Handle}/statuses/{open}", ("Accept", Type))).Ok();
        Assert.Equal("Note", note["type"]);
        Assert.Equal("https://www.w3.org/ns/activitystreams#Public", note.Json.GetProperty("to")[0].GetString());
        Assert.Contains($"href=\"{_house.Url}/tags/news\"", note["content"]);
        (await _house.Stranger().GetAsync($"/@{ada.Handle}/{open}", ("Accept", Type))).Ok();
        foreach (var id in kept)
            foreach (var form in (string[])["", "/activity", "/replies", "/likes", "/shares"])
                (await _house.Stranger().GetAsync($"/users/{ada.Handle}/statuses/{id}{form}", ("Accept", Type))).Is(HttpStatusCode.NotFound);

        var outbox = (await _house.Stranger().GetAsync($"/users/{ada.Handle}/outbox", ("Accept", Type))).Ok();
        Assert.Equal(2, outbox.Json.GetProperty("totalItems").GetInt32());
        var page = (await _house.Stranger().GetAsync(outbox["first"][_house.Url.Length..], ("Accept", Type))).Ok();
        Assert.Equal([quiet, open], page.Json.GetProperty("orderedItems").EnumerateArray().Select(a => a.GetProperty("object").GetProperty("id").GetString()!.Split('/')[^1]));
        foreach (var collection in (string[])["followers", "following", "collections/featured", "collections/tags"])
            Assert.Equal(0, (await _house.Stranger().GetAsync($"/users/{ada.Handle}/{collection}", ("Accept", Type))).Ok().Json.GetProperty("totalItems").GetInt32());

        (await ada.DeleteAsync($"/api/v1/statuses/{open}")).Ok();
        (await _house.Stranger().GetAsync($"/users/{ada.Handle}/statuses/{open}", ("Accept", Type))).Is(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task Where_the_exchange_is_off_there_is_nobody_but_the_house_still_says_what_it_is()
    {
        var ada = await closed.PersonAsync("ada");
        var id = await ada.TootAsync("Here");
        var domain = new Uri(closed.Url).Authority;
        foreach (var path in (string[])[$"/.well-known/webfinger?resource=acct:{ada.Handle}@{domain}", "/.well-known/host-meta", "/actor", $"/users/{ada.Handle}", $"/users/{ada.Handle}/outbox", $"/users/{ada.Handle}/statuses/{id}", $"/@{ada.Handle}"])
            (await closed.Stranger().GetAsync(path, ("Accept", Type))).Is(HttpStatusCode.NotFound);

        foreach (var link in (await closed.Stranger().GetAsync("/.well-known/nodeinfo")).Ok().Json.GetProperty("links").EnumerateArray())
        {
            var info = (await closed.Stranger().GetAsync(link.GetProperty("href").GetString()![closed.Url.Length..])).Ok();
            Assert.Equal("atrium", info.Json.GetProperty("software").GetProperty("name").GetString());
            Assert.Empty(info.Json.GetProperty("protocols").EnumerateArray());
        }
    }
}
