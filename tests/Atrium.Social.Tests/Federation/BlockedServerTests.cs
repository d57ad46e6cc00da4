using System.Net;
using Atrium.Testing;

namespace Atrium.Social.Tests.Federation;

/// <summary>A member wants nothing from a whole server. Houses of its own: they share one address.</summary>
public sealed class BlockedServerTests
{
    [Fact]
    public async Task A_blocked_server_is_gone_from_every_list_of_the_one_who_blocks_it_and_follows_end_both_ways()
    {
        await using var houses = new TwoHouses();
        await houses.InitializeAsync();
        var (ada, eve) = (await houses.North.PersonAsync("ada"), await houses.North.PersonAsync("eve"));
        var (ben, cleo) = (await houses.South.PersonAsync("ben"), await houses.South.PersonAsync("cleo"));
        var (benHere, cleoHere) = (await houses.FollowAsync(ada, ben), await ada.FindAsync(cleo));
        await houses.FollowAsync(cleo, ada);
        await houses.FollowAsync(eve, ben);
        await ada.FollowAsync(eve);
        var domain = new Uri(houses.South.Url).Authority;
        var (tag, word) = ($"far{ben.Handle}", $"wharf{ben.Handle}");
        foreach (var person in (Person[])[ben, cleo]) (await person.PatchAsync("/api/v1/accounts/update_credentials", new { discoverable = true, indexable = true })).Ok();
        var answered = await ada.TootAsync("Who is there?");
        await houses.SettleAsync();
        var post = await ada.FindAsync(ben, await ben.TootAsync($"{word} #{tag} @{ada.HandleAt()}"));
        await cleo.TootAsync($"@{ada.HandleAt()} I am", inReplyTo: await cleo.FindAsync(ada, answered));
        await houses.SettleAsync();
        (await ada.PostAsync($"/api/v1/tags/{tag}/follow")).Ok();
        (await eve.PostAsync($"/api/v1/statuses/{post}/reblog")).Ok();
        await houses.SettleAsync();
        using var socket = await StreamingTests.ListenAsync(ada, "?stream=public");
        await AssertAsync(there: true);

        (await ada.PostAsync("/api/v1/domain_blocks", new { domain })).Ok();
        Assert.True(await ada.RelationAsync(benHere, "domain_blocking"));
        Assert.False(await eve.RelationAsync(benHere, "domain_blocking"));
        foreach (var (account, what) in ((string, string)[])[(benHere, "following"), (cleoHere, "followed_by")]) Assert.False(await ada.RelationAsync(account, what), what);
        await houses.SettleAsync();
        await AssertAsync(there: false);
        Assert.False(await cleo.RelationAsync(await cleo.FindAsync(ada), "following"));
        Assert.False(await ben.RelationAsync(await ben.FindAsync(ada), "followed_by"));

        // Neither may follow the other anew.
        (await ada.PostAsync($"/api/v1/accounts/{benHere}/follow")).Is(HttpStatusCode.Forbidden);
        (await cleo.PostAsync($"/api/v1/accounts/{await cleo.FindAsync(ada)}/follow")).Ok();
        await houses.SettleAsync();
        Assert.False(await ada.RelationAsync(cleoHere, "followed_by"));
        Assert.False(await ada.RelationAsync(cleoHere, "requested_by"));

        // What is posted from now on comes neither, though others of the house get it.
        await ben.TootAsync($"{word} again #{tag} @{ada.HandleAt()}");
        await houses.SettleAsync();
        await AssertAsync(there: false);
        var own = await ada.TootAsync("My own");
        Assert.Contains(own, (await StreamingTests.HearAsync(socket, 1))[0].Payload!, StringComparison.Ordinal);
        Assert.Equal(2, (await eve.IdsAsync($"/api/v1/timelines/tag/{tag}")).Count);

        // What is asked for by name is there, and all of it is when the block is taken back.
        (await ada.GetAsync($"/api/v1/statuses/{post}")).Ok();
        Assert.Equal(benHere, await ada.FindAsync(ben));
        (await ada.SendAsync(HttpMethod.Delete, "/api/v1/domain_blocks", new { domain }, [])).Ok();
        Assert.Equal(2, (await ada.IdsAsync($"/api/v1/timelines/tag/{tag}")).Count);
        Assert.False(await ada.RelationAsync(benHere, "following"));

        async Task AssertAsync(bool there)
        {
            foreach (var path in (string[])["timelines/home", "timelines/public", $"timelines/tag/{tag}"])
                Assert.True(there == (await ada.GetAsync("/api/v1/" + path)).Ok().Body.Contains(word, StringComparison.Ordinal), path);
            foreach (var path in (string[])["/api/v1/notifications", "/api/v2/notifications", $"/api/v1/statuses/{answered}/context", "/api/v2/suggestions", "/api/v1/directory", "/api/v1/conversations"])
                if (path.Contains("conversations", StringComparison.Ordinal) || path.Contains("suggestions", StringComparison.Ordinal)) Assert.False(!there && (await ada.GetAsync(path)).Ok().Body.Contains(domain, StringComparison.Ordinal), path);
                else Assert.True(there == (await ada.GetAsync(path)).Ok().Body.Contains(domain, StringComparison.Ordinal), path);
            Assert.Equal(there, (await ada.GetAsync($"/api/v2/search?type=statuses&q={word}")).Ok().Json.GetProperty("statuses").GetArrayLength() > 0);
            Assert.Equal(there, (await ada.GetAsync($"/api/v2/search?type=accounts&q={cleo.Handle[..^1]}")).Ok().Json.GetProperty("accounts").GetArrayLength() > 0);
            Assert.True(there == (await ada.GetAsync($"/api/home/search?q={word}")).Ok().Json.GetProperty("items").GetArrayLength() > 0, "the search of the house");
        }
    }
}
