using System.Net;
using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

/// <summary>What many do at the same moment.</summary>
public sealed class RaceTests(SocialHouse house)
{
    [Fact]
    public async Task Twenty_posts_with_one_key_are_one_post()
    {
        var ada = await house.PersonAsync("ada");
        await ada.AccountIdAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => ada.PostAsync("/api/v1/statuses", new { status = $"once {i % 2}" }, ("Idempotency-Key", "the same"))));
        Assert.Single(answers.Select(a => a.Ok()["id"]).Distinct());
        Assert.Single(await ada.IdsAsync($"/api/v1/accounts/{await ada.AccountIdAsync()}/statuses"));
    }

    [Fact]
    public async Task Likes_and_unlikes_of_many_leave_a_count_that_is_true()
    {
        var ada = await house.PersonAsync("ada");
        var id = await ada.TootAsync("like me");
        var people = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => house.PersonAsync("fan")));
        foreach (var person in people) await person.AccountIdAsync();
        await Task.WhenAll(people.SelectMany(p => new[] { "favourite", "favourite", "unfavourite", "favourite", "unfavourite", "favourite" }.Select(verb => p.PostAsync($"/api/v1/statuses/{id}/{verb}"))));
        var rows = await house.InScopeAsync(s => s.GetRequiredService<SocialDb>().Favourites.CountAsync(f => f.StatusId == Id<Status>.Parse(id)));
        Assert.Equal(rows, (await ada.GetAsync($"/api/v1/statuses/{id}")).Ok().Json.GetProperty("favourites_count").GetInt32());
    }

    [Fact]
    public async Task A_single_choice_poll_takes_one_of_ten_votes_at_once()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        await ben.AccountIdAsync();
        var poll = (await ada.PostAsync("/api/v1/statuses", new { status = "?", poll = new { options = (string[])["a", "b"], expires_in = 600 } })).Ok().Json.GetProperty("poll").GetProperty("id").GetString();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => ben.PostAsync($"/api/v1/polls/{poll}/votes", new { choices = (int[])[i % 2] })));
        Assert.Equal(1, answers.Count(a => a.Status == HttpStatusCode.OK));
        Assert.Equal(9, answers.Count(a => a.Status == HttpStatusCode.UnprocessableEntity));
        Assert.Equal(1, (await ada.GetAsync($"/api/v1/polls/{poll}")).Ok().Json.GetProperty("votes_count").GetInt32());
    }

    [Fact]
    public async Task A_follow_and_a_block_at_once_never_both_stand()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var (a, b) = (await ada.AccountIdAsync(), await ben.AccountIdAsync());
        for (var round = 0; round < 100; round++)
        {
            await Task.WhenAll(ben.PostAsync($"/api/v1/accounts/{a}/follow"), ada.PostAsync($"/api/v1/accounts/{b}/block"));
            var relation = (await ada.GetAsync($"/api/v1/accounts/relationships?id[]={b}")).Ok().Json[0];
            Assert.True(relation.GetProperty("blocking").GetBoolean());
            Assert.False(relation.GetProperty("followed_by").GetBoolean());
            Assert.Equal(0, (await ada.GetAsync($"/api/v1/accounts/{a}")).Ok().Json.GetProperty("followers_count").GetInt32());
            (await ada.PostAsync($"/api/v1/accounts/{b}/unblock")).Ok();
        }
    }

    [Fact]
    public async Task One_picture_lies_in_one_of_ten_posts()
    {
        var ada = await house.PersonAsync("ada");
        var media = await MediaTests.UploadAsync(ada, "alt");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => ada.PostAsync("/api/v1/statuses", new { status = $"{i}", media_ids = (string[])[media["id"]] })));
        Assert.Equal(1, answers.Count(a => a.Status == HttpStatusCode.OK));
        Assert.Equal(9, answers.Count(a => a.Status == HttpStatusCode.UnprocessableEntity));
    }

    [Fact]
    public async Task Ten_edits_at_once_are_all_in_the_history()
    {
        var ada = await house.PersonAsync("ada");
        var id = await ada.TootAsync("first");
        foreach (var answer in await Task.WhenAll(Enumerable.Range(0, 10).Select(i => ada.PutAsync($"/api/v1/statuses/{id}", new { status = $"edit {i}" })))) answer.Ok();
        var texts = (await ada.GetAsync($"/api/v1/statuses/{id}/history")).Ok().Json.EnumerateArray().Select(v => v.GetProperty("content").GetString()!).ToList();
        Assert.Equal(11, texts.Count);
        Assert.Equal(texts.Count, texts.Distinct().Count());
    }

    [Fact]
    public async Task Ten_edits_of_one_profile_at_once_all_hold()
    {
        var ada = await house.PersonAsync("ada");
        await ada.AccountIdAsync();
        object[] changes = [new { note = "about me" }, new { locked = true }, new { bot = true }, new { discoverable = true }, new { display_name = "Ada L" }];
        foreach (var answer in await Task.WhenAll(changes.Concat(changes).Select(change => ada.PatchAsync("/api/v1/accounts/update_credentials", change)))) answer.Ok();
        var me = (await ada.GetAsync("/api/v1/accounts/verify_credentials")).Ok().Json;
        Assert.Equal("about me", me.GetProperty("source").GetProperty("note").GetString());
        Assert.Equal("Ada L", me.GetProperty("display_name").GetString());
        Assert.All((string[])["locked", "bot", "discoverable"], name => Assert.True(me.GetProperty(name).GetBoolean()));
    }

    [Fact]
    public async Task A_post_deleted_or_a_block_made_while_two_thousand_are_served_shows_in_no_home_afterwards()
    {
        var (ada, ben, cleo) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"));
        var author = Id<Account>.Parse(await ada.AccountIdAsync());
        await CrowdAsync(author, 2000);
        // The last to follow are the last to be served.
        await ben.FollowAsync(ada);
        await cleo.FollowAsync(ada);
        var (kept, gone) = (await ada.TootAsync("stays"), await ada.TootAsync("goes"));
        await Task.WhenAll(ada.DeleteAsync($"/api/v1/statuses/{gone}"), ben.PostAsync($"/api/v1/accounts/{author}/block"), house.DrainAsync());
        await house.SettledAsync();
        Assert.Empty(await ben.IdsAsync("/api/v1/timelines/home"));
        Assert.Equal([kept], await cleo.IdsAsync("/api/v1/timelines/home"));
        var shown = await house.InScopeAsync(s =>
        {
            var db = s.GetRequiredService<SocialDb>();
            return db.HomeEntries.CountAsync(h => h.ViaAccountId == author && db.Statuses.Any(p => p.Id == h.StatusId && p.DeletedAt == null));
        });
        Assert.InRange(shown, 2002, 2003);
    }

    [Fact]
    public async Task A_hundred_posts_that_are_due_are_posted_once_each_by_whoever_comes_first()
    {
        var ada = await house.PersonAsync("ada");
        var me = Id<Account>.Parse(await ada.AccountIdAsync());
        await house.InScopeAsync(async s =>
        {
            var db = s.GetRequiredService<SocialDb>();
            return await db.WriteAsync(
                _ =>
                {
                    for (var i = 0; i < 100; i++)
                    {
                        var row = new ScheduledStatus { AccountId = me, Params = new NewStatus { Text = $"scheduled {i}" }.ToJson(), RunAt = db.Now };
                        db.Scheduled.Add(row);
                        // Told twice of each, as a node that died in between would have it.
                        for (var twice = 0; twice < 2; twice++) db.Publish(new ScheduleDue(row.Id));
                    }

                    return Task.FromResult(true);
                },
                CancellationToken.None);
        });
        await Task.WhenAll(house.DrainAsync(), house.DrainAsync(), house.DrainAsync());
        await house.SettledAsync();
        var texts = await house.InScopeAsync(s => s.GetRequiredService<SocialDb>().Statuses.Where(p => p.AccountId == me).Select(p => p.Source).ToListAsync());
        Assert.Equal((100, 100), (texts.Count, texts.Distinct().Count()));
    }

    [Fact]
    public async Task A_notification_is_told_once_and_a_marker_only_moves_on()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var id = await ada.TootAsync("hello");
        await ben.AccountIdAsync();
        for (var i = 0; i < 3; i++)
        {
            (await ben.PostAsync($"/api/v1/statuses/{id}/favourite")).Ok();
            (await ben.PostAsync($"/api/v1/statuses/{id}/favourite")).Ok();
        }

        Assert.Single((await ada.GetAsync("/api/v1/notifications")).Ok().Json.EnumerateArray());
        await Task.WhenAll(Enumerable.Range(1, 20).Select(i => ada.PostAsync("/api/v1/markers", new { home = new { last_read_id = $"{i * 100}" } })));
        var marker = (await ada.GetAsync("/api/v1/markers?timeline[]=home")).Ok().Json.GetProperty("home");
        Assert.Equal("2000", marker.GetProperty("last_read_id").GetString());
        // Of many that say which version they saw, one moves it, and the others learn that they came late.
        var seen = marker.GetProperty("version").GetInt64();
        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => ada.PostAsync("/api/v1/markers", new { home = new { last_read_id = $"{2000 + i}", version = seen } })));
        Assert.Single(answers, a => a.Status == HttpStatusCode.OK);
        Assert.Equal(7, answers.Count(a => a.Status == HttpStatusCode.Conflict && a["error"] == "Conflict during update, please try again"));
    }

    private Task<bool> CrowdAsync(Id<Account> author, int many) => house.InScopeAsync(async s =>
    {
        var db = s.GetRequiredService<SocialDb>();
        await db.WriteAsync(
            async ct =>
            {
                for (var i = 0; i < many; i++)
                {
                    var name = $"crowd{author}x{i}";
                    var account = new Account { MemberId = Id<Member>.New(), Username = name, UsernameFolded = name, Uri = "/users/" + name, Url = "/@" + name, CreatedAt = db.Now };
                    db.Accounts.Add(account);
                    db.AccountStats.Add(new() { AccountId = account.Id });
                    db.Follows.Add(new() { AccountId = account.Id, TargetId = author, State = FollowState.Accepted, CreatedAt = db.Now });
                }

                await db.SaveChangesAsync(ct);
                await db.AccountStats.Where(n => n.AccountId == author).ExecuteUpdateAsync(set => set.SetProperty(n => n.Followers, n => n.Followers + many), ct);
            },
            CancellationToken.None);
        return true;
    });
}
