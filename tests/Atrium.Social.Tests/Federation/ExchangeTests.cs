using System.Net;
using Atrium.Testing;

namespace Atrium.Social.Tests.Federation;

/// <summary>Two houses on loopback: what is done in one is so in the other.</summary>
[Collection(FederationCollection.Name)]
public sealed class ExchangeTests(TwoHouses houses)
{
    [Fact]
    public async Task A_post_reaches_the_home_of_a_follower_elsewhere_is_edited_and_deleted_there()
    {
        var (ada, ben) = (await houses.North.PersonAsync("ada"), await houses.South.PersonAsync("ben"));
        var adaThere = await houses.FollowAsync(ben, ada);
        Assert.True(await ben.RelationAsync(adaThere, "following"));
        Assert.Equal(1, (await ada.GetAsync("/api/v1/accounts/verify_credentials")).Json.GetProperty("followers_count").GetInt32());

        var id = await ada.TootAsync("Good morning, *world* #dawn");
        var quiet = await ada.TootAsync("Only you", "private");
        await houses.SettleAsync();
        var home = (await ben.GetAsync("/api/v1/timelines/home")).Ok().Json;
        Assert.Equal(2, home.GetArrayLength());
        var there = home[1];
        Assert.Equal($"{houses.North.Url}/users/{ada.Handle}/statuses/{id}", there.GetProperty("uri").GetString());
        Assert.Equal(ada.HandleAt(), there.GetProperty("account").GetProperty("acct").GetString());
        Assert.Equal("dawn", there.GetProperty("tags")[0].GetProperty("name").GetString());
        Assert.Equal("private", home[0].GetProperty("visibility").GetString());
        var (thereId, quietId) = (there.GetProperty("id").GetString()!, home[0].GetProperty("id").GetString()!);
        (await houses.South.Stranger().GetAsync($"/api/v1/statuses/{quietId}")).Is(HttpStatusCode.NotFound);

        (await ada.PutAsync($"/api/v1/statuses/{id}", new { status = "Good evening" })).Ok();
        await houses.SettleAsync();
        var edited = (await ben.GetAsync($"/api/v1/statuses/{thereId}")).Ok();
        Assert.Contains("Good evening", edited["content"]);
        Assert.Equal(2, (await ben.GetAsync($"/api/v1/statuses/{thereId}/history")).Ok().Json.GetArrayLength());

        (await ada.DeleteAsync($"/api/v1/statuses/{id}")).Ok();
        (await ada.DeleteAsync($"/api/v1/statuses/{quiet}")).Ok();
        await houses.SettleAsync();
        (await ben.GetAsync($"/api/v1/statuses/{thereId}")).Is(HttpStatusCode.NotFound);
        Assert.Empty(await ben.IdsAsync("/api/v1/timelines/home"));
    }

    [Fact]
    public async Task A_reply_a_like_and_a_boost_are_told_to_the_author_and_taken_back()
    {
        var (ada, ben) = (await houses.North.PersonAsync("ada"), await houses.South.PersonAsync("ben"));
        await houses.FollowAsync(ben, ada);
        var id = await ada.TootAsync("What do you think?");
        await houses.SettleAsync();
        var there = await ben.FindAsync(ada, id);

        var reply = await ben.TootAsync($"@{ada.HandleAt()} I like it", inReplyTo: there);
        (await ben.PostAsync($"/api/v1/statuses/{there}/favourite")).Ok();
        (await ben.PostAsync($"/api/v1/statuses/{there}/reblog")).Ok();
        await houses.SettleAsync();
        var counts = (await ada.GetAsync($"/api/v1/statuses/{id}")).Ok().Json;
        Assert.Equal((1, 1, 1), (counts.GetProperty("replies_count").GetInt32(), counts.GetProperty("favourites_count").GetInt32(), counts.GetProperty("reblogs_count").GetInt32()));
        var context = (await ada.GetAsync($"/api/v1/statuses/{id}/context")).Ok().Json.GetProperty("descendants");
        Assert.Contains("I like it", context[0].GetProperty("content").GetString());
        Assert.Equal(["favourite", "follow", "mention", "reblog"], (await ada.GetAsync("/api/v1/notifications")).Ok().Json.EnumerateArray().Select(n => n.GetProperty("type").GetString()!).Order());

        // The author's answer comes back into the same thread.
        var answer = await ada.TootAsync($"@{ben.HandleAt()} Thank you", inReplyTo: context[0].GetProperty("id").GetString());
        await houses.SettleAsync();
        var thread = (await ben.GetAsync($"/api/v1/statuses/{there}/context")).Ok().Json.GetProperty("descendants");
        Assert.Equal(2, thread.GetArrayLength());
        Assert.Equal(reply, thread[1].GetProperty("in_reply_to_id").GetString());
        Assert.NotEmpty(answer);

        (await ben.PostAsync($"/api/v1/statuses/{there}/unfavourite")).Ok();
        (await ben.PostAsync($"/api/v1/statuses/{there}/unreblog")).Ok();
        await houses.SettleAsync();
        counts = (await ada.GetAsync($"/api/v1/statuses/{id}")).Ok().Json;
        Assert.Equal((0, 0), (counts.GetProperty("favourites_count").GetInt32(), counts.GetProperty("reblogs_count").GetInt32()));
        (await ben.PostAsync($"/api/v1/statuses/{there}/favourite")).Ok();
        await houses.SettleAsync();
        Assert.Equal(1, (await ada.GetAsync($"/api/v1/statuses/{id}")).Ok().Json.GetProperty("favourites_count").GetInt32());
    }

    [Fact]
    public async Task A_locked_account_is_asked_and_an_unfollow_is_heard()
    {
        var (ada, ben) = (await houses.North.PersonAsync("ada"), await houses.South.PersonAsync("ben"));
        (await ada.PatchAsync("/api/v1/accounts/update_credentials", new { locked = true })).Ok();
        var adaThere = await houses.FollowAsync(ben, ada);
        Assert.True(await ben.RelationAsync(adaThere, "requested"));
        var asking = (await ada.GetAsync("/api/v1/follow_requests")).Ok().Ids();
        (await ada.PostAsync($"/api/v1/follow_requests/{asking[0]}/authorize")).Ok();
        await houses.SettleAsync();
        Assert.True(await ben.RelationAsync(adaThere, "following"));

        (await ben.PostAsync($"/api/v1/accounts/{adaThere}/unfollow")).Ok();
        await houses.SettleAsync();
        Assert.False(await ada.RelationAsync(asking[0], "followed_by"));
        (await ben.PostAsync($"/api/v1/accounts/{adaThere}/follow")).Ok();
        await houses.SettleAsync();
        (await ada.PostAsync($"/api/v1/follow_requests/{asking[0]}/reject")).Ok();
        await houses.SettleAsync();
        Assert.False(await ben.RelationAsync(adaThere, "requested"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_block_ends_what_was_between_two_houses(bool byTheFollowed)
    {
        var (ada, ben) = (await houses.North.PersonAsync("ada"), await houses.South.PersonAsync("ben"));
        var adaThere = await houses.FollowAsync(ben, ada);
        var benHere = await houses.FollowAsync(ada, ben);
        var id = await ada.TootAsync("Before");
        await houses.SettleAsync();
        var there = await ben.FindAsync(ada, id);

        if (byTheFollowed) (await ada.PostAsync($"/api/v1/accounts/{benHere}/block")).Ok();
        else (await ben.PostAsync($"/api/v1/accounts/{adaThere}/block")).Ok();
        await houses.SettleAsync();
        foreach (var (caller, other) in new[] { (ada, benHere), (ben, adaThere) })
        {
            Assert.False(await caller.RelationAsync(other, "following"));
            Assert.False(await caller.RelationAsync(other, "followed_by"));
        }

        Assert.True(await ada.RelationAsync(benHere, byTheFollowed ? "blocking" : "blocked_by"));
        Assert.True(await ben.RelationAsync(adaThere, byTheFollowed ? "blocked_by" : "blocking"));
        (await ben.GetAsync($"/api/v1/statuses/{there}")).Is(HttpStatusCode.NotFound);
        await ada.TootAsync("After");
        await houses.SettleAsync();
        Assert.Empty(await ben.IdsAsync("/api/v1/timelines/home"));
    }

    [Fact]
    public async Task A_poll_is_answered_from_elsewhere()
    {
        var (ada, ben) = (await houses.North.PersonAsync("ada"), await houses.South.PersonAsync("ben"));
        await houses.FollowAsync(ben, ada);
        var id = (await ada.PostAsync("/api/v1/statuses", new { status = "Tea?", poll = new { options = (string[])["yes", "no"], expires_in = 3600 } })).Ok()["id"];
        await houses.SettleAsync();
        var there = (await ben.GetAsync($"/api/v1/statuses/{await ben.FindAsync(ada, id)}")).Ok().Json.GetProperty("poll");
        Assert.Equal(["yes", "no"], there.GetProperty("options").EnumerateArray().Select(o => o.GetProperty("title").GetString()!));
        (await ben.PostAsync($"/api/v1/polls/{there.GetProperty("id").GetString()}/votes", new { choices = (int[])[1] })).Ok();
        await houses.SettleAsync();
        var poll = (await ada.GetAsync($"/api/v1/statuses/{id}")).Ok().Json.GetProperty("poll");
        Assert.Equal((1, 1), (poll.GetProperty("voters_count").GetInt32(), poll.GetProperty("options")[1].GetProperty("votes_count").GetInt32()));
    }

    [Fact]
    public async Task What_is_said_among_members_or_to_others_never_leaves()
    {
        var (ada, ben, cleo) = (await houses.North.PersonAsync("ada"), await houses.South.PersonAsync("ben"), await houses.North.PersonAsync("cleo"));
        await houses.FollowAsync(ben, ada);
        var open = await ada.TootAsync("Everyone");
        var members = await ada.TootAsync($"Members only @{ben.HandleAt()}", audience: "members");
        await ada.TootAsync($"@{cleo.Handle} psst", "direct");
        (await ada.PutAsync($"/api/v1/statuses/{members}", new { status = "Members only, edited" })).Ok();
        await cleo.TootAsync($"@{ben.HandleAt()} an answer among members", inReplyTo: members);
        await houses.SettleAsync();
        (await ada.DeleteAsync($"/api/v1/statuses/{members}")).Ok();
        await houses.SettleAsync();
        Assert.Equal([await ben.FindAsync(ada, open)], await ben.IdsAsync("/api/v1/timelines/home"));
        Assert.Empty((await ben.GetAsync("/api/v1/notifications")).Ok().Json.EnumerateArray());
    }
}
