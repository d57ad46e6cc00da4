using System.Net;
using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests.Federation;

/// <summary>A thread as a whole, as other servers and searches find its parts.</summary>
[Collection(FederationCollection.Name)]
public sealed class ThreadsTests(TwoHouses houses)
{
    private static readonly (string, string) Asking = ("Accept", "application/activity+json");

    [Fact]
    public async Task A_thread_that_began_here_has_an_address_that_lists_what_everyone_may_read_of_it()
    {
        var (ada, dora, ben) = (await houses.North.PersonAsync("ada"), await houses.North.PersonAsync("dora"), await houses.South.PersonAsync("ben"));
        await houses.FollowAsync(ben, ada);
        var id = await ada.TootAsync("Who comes?");
        await houses.SettleAsync();
        var answer = await dora.TootAsync($"@{ada.Handle} I do", inReplyTo: id);
        await dora.TootAsync($"@{ada.Handle} between us", "direct", inReplyTo: id);
        await dora.TootAsync($"@{ada.Handle} for my readers", "private", inReplyTo: answer);
        var there = await ben.TootAsync($"@{ada.HandleAt()} Me too", inReplyTo: await ben.FindAsync(ada, id));
        await houses.SettleAsync();

        using var stranger = houses.North.Stranger();
        var root = $"{houses.North.Url}/users/{ada.Handle}/statuses/{id}";
        var said = $"/users/{dora.Handle}/statuses/{answer}";
        foreach (var path in (string[])[root[houses.North.Url.Length..], said]) Assert.Equal(root + "/context", (await stranger.GetAsync(path, Asking)).Ok()["context"]);
        var context = (await stranger.GetAsync(root[houses.North.Url.Length..] + "/context", Asking)).Ok();
        Assert.Equal(("OrderedCollection", $"{houses.North.Url}/users/{ada.Handle}"), (context["type"], context["attributedTo"]));
        Assert.Equal(
            [root, houses.North.Url + said, (await ben.GetAsync($"/api/v1/statuses/{there}")).Ok()["uri"]],
            context.Json.GetProperty("first").GetProperty("orderedItems").EnumerateArray().Select(i => i.GetString()!));
        var inner = await ada.TootAsync("Among us", audience: "members");
        (await stranger.GetAsync($"/users/{ada.Handle}/statuses/{inner}/context", Asking)).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Posts_of_somebody_elsewhere_are_found_by_their_handle_and_by_what_they_hold()
    {
        var (ada, ben) = (await houses.North.PersonAsync("ada"), await houses.South.PersonAsync("ben"));
        await houses.FollowAsync(ben, ada);
        Dictionary<string, string> posts = [];
        foreach (var kind in (string[])["image", "video", "audio"])
            posts[kind] = (await ada.PostAsync("/api/v1/statuses", new { status = kind, media_ids = (string[])[(await MediaTests.UploadAsync(ada, kind))["id"]] })).Ok()["id"];
        posts["words"] = await ada.TootAsync("words");
        await houses.SettleAsync();
        foreach (var (kind, id) in posts) (await ben.PostAsync($"/api/v1/statuses/{posts[kind] = await ben.FindAsync(ada, id)}/bookmark")).Ok();
        await houses.South.InScopeAsync(async sp =>
        {
            var db = sp.GetRequiredService<SocialDb>();
            foreach (var (kind, type) in new[] { ("video", MediaType.Video), ("audio", MediaType.Audio) })
            {
                var status = Id<Status>.Parse(posts[kind]);
                Assert.Equal(1, await db.Media.Where(m => m.StatusId == status).ExecuteUpdateAsync(set => set.SetProperty(m => m.Type, type)));
            }

            return true;
        });
        foreach (var kind in (string[])["image", "video", "audio"]) Assert.Equal([posts[kind]], await SearchAsync($"has:{kind}"));
        Assert.Equal(new[] { posts["image"], posts["video"], posts["audio"] }.Order(), (await SearchAsync("has:media")).Order());
        Assert.Equal(posts.Values.Order(), (await SearchAsync("")).Order());
        Assert.Empty((await ben.GetAsync($"/api/v2/search?type=statuses&q=from:{ada.Handle}")).Ok().Json.GetProperty("statuses").EnumerateArray());

        async Task<IEnumerable<string>> SearchAsync(string more) =>
            (await ben.GetAsync($"/api/v2/search?type=statuses&q={Uri.EscapeDataString($"from:@{ada.HandleAt()} {more}")}")).Ok().Json.GetProperty("statuses").EnumerateArray().Select(s => s.GetProperty("id").GetString()!);
    }
}
