using System.Net;
using System.Text.Json;
using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

/// <summary>What members are told, and what they are told no longer: in their apps and in the inbox of the house alike.</summary>
public sealed class TellingTests(SocialHouse house)
{
    [Fact]
    public async Task What_is_taken_back_leaves_the_inbox_and_a_bundle_is_one_less()
    {
        var (ada, ben, cleo) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"));
        var post = await ada.TootAsync("Like this");
        foreach (var fan in (Person[])[ben, cleo]) (await fan.PostAsync($"/api/v1/statuses/{post}/favourite")).Ok();
        await house.SettledAsync();
        Assert.Equal(2, Assert.Single(await ada.InboxAsync(1)).GetProperty("count").GetInt32());
        (await cleo.PostAsync($"/api/v1/statuses/{post}/unfavourite")).Ok();
        await house.SettledAsync();
        var left = Assert.Single(await ada.InboxAsync());
        Assert.Equal((1, "Ben likes your post"), (left.GetProperty("count").GetInt32(), left.GetProperty("text").GetString()));
        (await ben.PostAsync($"/api/v1/statuses/{post}/unfavourite")).Ok();
        await house.SettledAsync();
        Assert.Empty(await ada.InboxAsync());

        var word = await ben.TootAsync($"Hello @{ada.Handle}");
        Assert.Single(await ada.InboxAsync(1));
        (await ben.DeleteAsync($"/api/v1/statuses/{word}")).Ok();
        await house.SettledAsync();
        Assert.Empty(await ada.InboxAsync());
    }

    [Fact]
    public async Task A_block_takes_what_two_told_each_other_out_of_both_inboxes_and_keeps_the_next_out()
    {
        var (ada, ben, cleo) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"));
        var post = await ada.TootAsync("Like this");
        foreach (var fan in (Person[])[cleo, ben]) (await fan.PostAsync($"/api/v1/statuses/{post}/favourite")).Ok();
        await ada.TootAsync($"Hello @{ben.Handle}");
        Assert.Single(await ben.InboxAsync(1));
        Assert.Single(await ada.InboxAsync(1));
        (await ada.PostAsync($"/api/v1/accounts/{await ben.AccountIdAsync()}/block")).Ok();
        await house.SettledAsync();
        Assert.Empty(await ben.InboxAsync());
        Assert.Equal("Cleo likes your post", Assert.Single(await ada.InboxAsync()).GetProperty("text").GetString());

        // What another room says of somebody blocked or muted is not told either.
        (await cleo.PostAsync($"/api/v1/accounts/{await ada.AccountIdAsync()}/mute")).Ok();
        var thing = Bench.Add(cleo.Id, Audience.Public);
        foreach (var reader in (Person[])[ben, cleo])
            await house.InScopeAsync(async services =>
            {
                var db = services.GetRequiredService<SocialDb>();
                await db.WriteAsync(
                    _ =>
                    {
                        db.Publish(new Contracts.Home.NotificationRaised(NoticeKinds.Comment, [reader.Id], thing, ada.Id, "Ada did something"));
                        return Task.CompletedTask;
                    },
                    CancellationToken.None);
                return true;
            });
        await house.SettledAsync();
        Assert.Empty(await ben.InboxAsync());
        Assert.Empty(await cleo.InboxAsync());
    }

    [Fact]
    public async Task A_mute_takes_what_its_target_did_out_of_apps_and_inbox_unless_notifications_are_still_wanted()
    {
        var (ada, ben, cleo) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"));
        var post = await ada.TootAsync("Like this");
        foreach (var fan in (Person[])[cleo, ben]) (await fan.PostAsync($"/api/v1/statuses/{post}/favourite")).Ok();
        var word = await ben.TootAsync($"Hello @{ada.Handle}");
        var thing = Bench.Add(ada.Id, Audience.Public);
        (await ben.PostAsync($"/api/social/discussions/{thing}/comments", new { text = "Fine" })).Is(HttpStatusCode.Created);
        Assert.Equal(3, (await ada.InboxAsync(3)).Count);
        Assert.Equal(4, (await ada.GetAsync("/api/v1/notifications")).Ok().Json.GetArrayLength());
        var mute = $"/api/v1/accounts/{await ben.AccountIdAsync()}/mute";

        (await ada.PostAsync(mute, new { notifications = false })).Ok();
        await house.SettledAsync();
        Assert.Equal(3, (await ada.InboxAsync()).Count);
        Assert.Equal(4, (await ada.GetAsync("/api/v1/notifications")).Ok().Json.GetArrayLength());

        (await ada.PostAsync(mute)).Ok();
        await house.SettledAsync();
        var left = Assert.Single(await ada.InboxAsync());
        Assert.Equal((1, "Cleo likes your post"), (left.GetProperty("count").GetInt32(), left.GetProperty("text").GetString()));
        Assert.Equal("favourite", Assert.Single((await ada.GetAsync("/api/v1/notifications")).Ok().Json.EnumerateArray()).GetProperty("type").GetString());
        Assert.Equal(1, Assert.Single((await ada.GetAsync("/api/v2/notifications")).Ok().Json.GetProperty("notification_groups").EnumerateArray()).GetProperty("notifications_count").GetInt32());
        Assert.Equal(1, (await ada.GetAsync("/api/v1/notifications/unread_count")).Ok().Json.GetProperty("count").GetInt32());
        Assert.DoesNotContain("Hello", (await ada.GetAsync("/social/notifications")).Ok().Body, StringComparison.Ordinal);

        // The muted is told nothing of it, and apps have it all back when it ends.
        Assert.False((await ben.GetAsync($"/api/v1/accounts/relationships?id[]={await ada.AccountIdAsync()}")).Ok().Json[0].GetProperty("muting").GetBoolean());
        (await ada.PostAsync($"/api/v1/accounts/{await ben.AccountIdAsync()}/unmute")).Ok();
        Assert.Contains(word, (await ada.GetAsync("/api/v1/notifications")).Ok().Json.EnumerateArray().Select(n => n.GetProperty("status").GetProperty("id").GetString()));
    }

    [Fact]
    public async Task Nobody_is_told_of_a_post_that_their_filter_hides()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        await ada.AccountIdAsync();
        foreach (var (action, word, context) in ((string, string, string)[])[("hide", "cabbage", "notifications"), ("warn", "carrot", "notifications"), ("hide", "leek", "home")])
            (await ada.PostAsync("/api/v2/filters", new { title = word, context = (string[])[context], filter_action = action, keywords_attributes = new[] { new { keyword = word, whole_word = true } } })).Ok();
        foreach (var word in (string[])["cabbage", "carrot", "leek"]) await ben.TootAsync($"@{ada.Handle} {word}");
        await house.SettledAsync();
        Assert.Equal(2, (await ada.InboxAsync(2)).Count);
        Assert.Equal(2, (await ada.GetAsync("/api/v1/notifications")).Ok().Json.GetArrayLength());
        // One's own words are hidden from nobody.
        var own = await ada.TootAsync("My cabbage");
        (await ben.PostAsync($"/api/v1/statuses/{own}/favourite")).Ok();
        Assert.Equal("favourite", (await ada.GetAsync("/api/v1/notifications")).Ok().Json[0].GetProperty("type").GetString());
    }

    [Fact]
    public async Task Who_is_let_in_is_heard_in_the_inbox_of_the_house_too()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        (await ada.PatchAsync("/api/v2/notifications/policy", new { for_not_following = "filter" })).Ok();
        await ben.TootAsync($"Hello @{ada.Handle}");
        await house.SettledAsync();
        Assert.Empty(await ada.InboxAsync());
        var request = Assert.Single(await ada.IdsAsync("/api/v1/notifications/requests"));
        (await ada.PostAsync($"/api/v1/notifications/requests/{request}/accept")).Ok();
        await house.SettledAsync();
        Assert.Equal("Ben mentioned you", Assert.Single(await ada.InboxAsync(1)).GetProperty("text").GetString());
        Assert.Single((await ada.GetAsync("/api/v1/notifications")).Ok().Json.EnumerateArray());
    }

    [Fact]
    public async Task Whose_a_thing_is_hears_of_comments_and_likes_in_their_apps()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var thing = Bench.Add(ada.Id, Audience.Public);
        var comment = (await ben.PostAsync($"/api/social/discussions/{thing}/comments", new { text = "Fine" })).Is(HttpStatusCode.Created)["id"];
        (await ben.PutAsync($"/api/social/discussions/{thing}/favourite")).Is(HttpStatusCode.NoContent);
        await house.SettledAsync();
        var told = (await ada.GetAsync("/api/v1/notifications")).Ok().Json.EnumerateArray().ToDictionary(n => n.GetProperty("type").GetString()!, n => n.GetProperty("status").GetProperty("id").GetString());
        Assert.Equal(2, told.Count);
        Assert.Equal(comment, told["mention"]);
        Assert.Equal((await ada.GetAsync($"/api/social/discussions/{thing}")).Ok()["root_id"], told["favourite"]);
        Assert.Equal(["social.comment", "social.favourite"], (await ada.InboxAsync(2)).Select(n => n.GetProperty("kind").GetString()).Order());
        (await ben.DeleteAsync($"/api/v1/statuses/{comment}")).Ok();
        await house.SettledAsync();
        Assert.Equal("social.favourite", Assert.Single(await ada.InboxAsync()).GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Everyone_who_boosted_hears_of_an_edit_and_their_boosts_go_with_the_post()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var post = await ada.TootAsync("Boost this");
        var (id, crowd) = (Id<Status>.Parse(post), HomeFan.Batch + 20);
        await house.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<SocialDb>();
            await db.WriteAsync(
                _ =>
                {
                    for (var i = 0; i < crowd; i++)
                    {
                        var name = $"boost{post}x{i}";
                        var account = new Account { MemberId = Id<Member>.New(), Username = name, UsernameFolded = name, Uri = "/users/" + name, Url = "/@" + name, CreatedAt = db.Now };
                        var boost = new Id<Status>(id.Value + i + 1);
                        db.Accounts.Add(account);
                        db.AccountStats.Add(new() { AccountId = account.Id, Statuses = 1 });
                        db.Statuses.Add(new() { Id = boost, AccountId = account.Id, Kind = StatusKind.Boost, BoostOf = id, Uri = $"/b/{boost}", Url = $"/b/{boost}", CreatedAt = db.Now, ConversationId = new(boost.Value), ThreadRoot = boost });
                    }

                    return Task.CompletedTask;
                },
                CancellationToken.None);
            return true;
        });
        (await ada.PutAsync($"/api/v1/statuses/{post}", new { status = "Boost that" })).Ok();
        await house.SettledAsync();
        Assert.Equal(crowd, await house.InScopeAsync(s => s.GetRequiredService<SocialDb>().Notices.CountAsync(n => n.StatusId == id && n.Type == NoticeType.Update)));
        (await ada.DeleteAsync($"/api/v1/statuses/{post}")).Ok();
        await house.SettledAsync();
        Assert.Equal((0, 0), await house.InScopeAsync(async s =>
        {
            var db = s.GetRequiredService<SocialDb>();
            return (await db.Statuses.CountAsync(b => b.BoostOf == id && b.DeletedAt == null), await db.AccountStats.CountAsync(n => n.Statuses > 0 && db.Statuses.Any(b => b.AccountId == n.AccountId && b.BoostOf == id)));
        }));
    }
}
