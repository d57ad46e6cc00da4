using System.Net;
using Atrium.Kernel;
using Atrium.Kernel.Search;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

/// <summary>What is kept, for whom, and until when.</summary>
public sealed class KeepingTests(SocialHouse house)
{
    [Fact]
    public async Task The_search_of_the_house_finds_no_comment_that_became_narrower_than_it_was()
    {
        var (ada, ben, cleo) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"));
        var word = $"narrow{ada.Handle}";
        var (wide, small) = (await SetAsync(ada, ben, cleo), await SetAsync(ada, cleo));
        var thing = Bench.Add(ada.Id, wide);
        (await cleo.PostAsync($"/api/social/discussions/{thing}/comments", new { text = $"{word} among us" })).Is(HttpStatusCode.Created);
        await house.SettledAsync();
        Assert.Equal((int[])[1, 1, 1], await FoundAsync());
        await MoveAsync(small);
        Assert.Equal((int[])[1, 0, 1], await FoundAsync());
        // Among others of whom none is certain to have seen it, only who wrote it finds it.
        await MoveAsync(await SetAsync(ben, await house.PersonAsync("dora")));
        Assert.Equal((int[])[0, 0, 1], await FoundAsync());
        await MoveAsync(Audience.Only(ada.Id));
        Assert.Equal((int[])[0, 0, 1], await FoundAsync());
        await MoveAsync(Audience.Public);
        Assert.Equal((int[])[1, 1, 1], await FoundAsync());
        Assert.Equal(0, await CountAsync(house.Stranger()));

        async Task MoveAsync(Audience audience)
        {
            await house.InScopeAsync(async services =>
            {
                await services.GetRequiredService<DiscussionDesk>().FollowAsync(Bench.Move(thing, audience), CancellationToken.None);
                return true;
            });
            await house.SettledAsync();
        }

        async Task<int[]> FoundAsync() => [await CountAsync(ada), await CountAsync(ben), await CountAsync(cleo)];
        async Task<int> CountAsync(Caller reader) => (await reader.GetAsync($"/api/home/search?q={word}")).Ok().Json.GetProperty("items").GetArrayLength();
    }

    [Fact]
    public async Task Whoever_blocked_the_reader_or_is_suspended_shows_nobody_whom_they_know()
    {
        var (ada, ben, cleo) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"));
        await ada.FollowAsync(cleo);
        await cleo.FollowAsync(ada);
        var account = await ada.AccountIdAsync();
        (await ada.PostAsync($"/api/v1/accounts/{await cleo.AccountIdAsync()}/endorse")).Ok();
        (await ada.PostAsync("/api/v1/tags/shown/feature")).Ok();
        string[] parts = ["followers", "following", "featured_tags", "endorsements"];
        foreach (var part in parts) Assert.Single(await ListAsync(ben, part));
        (await ada.PostAsync($"/api/v1/accounts/{await ben.AccountIdAsync()}/block")).Ok();
        foreach (var part in parts)
        {
            Assert.Empty(await ListAsync(ben, part));
            Assert.Single(await ListAsync(cleo, part));
        }

        await StandAsync(await cleo.AccountIdAsync(), AccountStanding.Suspended);
        foreach (var part in parts) Assert.Equal(part == "featured_tags" ? 1 : 0, (await ListAsync(house.Stranger(), part)).Count);
        await StandAsync(await cleo.AccountIdAsync(), AccountStanding.Active);
        await StandAsync(account, AccountStanding.Suspended);
        foreach (var part in parts) Assert.Empty(await ListAsync(cleo, part));

        async Task<IReadOnlyList<string>> ListAsync(Caller reader, string part) => await reader.IdsAsync($"/api/v1/accounts/{account}/{part}");
        Task<int> StandAsync(string who, AccountStanding standing)
        {
            var id = Id<Account>.Parse(who);
            return house.InScopeAsync(s => s.GetRequiredService<SocialDb>().Accounts.Where(a => a.Id == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Standing, standing)));
        }
    }

    [Fact]
    public async Task A_key_makes_one_post_or_one_scheduled_post_and_is_free_again_after_a_day()
    {
        var ada = await house.PersonAsync("ada");
        var (key, me, at) = (("Idempotency-Key", "again"), Id<Account>.Parse(await ada.AccountIdAsync()), DateTimeOffset.UtcNow.AddHours(2));
        var first = (await ada.PostAsync("/api/v1/statuses", new { status = "now" }, key)).Ok()["id"];
        Assert.Equal(first, (await ada.PostAsync("/api/v1/statuses", new { status = "now" }, key)).Ok()["id"]);
        var later = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ada.PostAsync("/api/v1/statuses", new { status = "later", scheduled_at = at }, key)));
        Assert.Single(later.Select(a => a.Ok()["id"]).Distinct());
        Assert.Single(await ada.IdsAsync("/api/v1/scheduled_statuses"));
        var old = DateTimeOffset.UtcNow.AddHours(-25);
        await house.InScopeAsync(s => s.GetRequiredService<SocialDb>().IdempotentPosts.Where(p => p.AccountId == me).ExecuteUpdateAsync(set => set.SetProperty(p => p.CreatedAt, old)));
        var second = (await ada.PostAsync("/api/v1/statuses", new { status = "tomorrow" }, key)).Ok()["id"];
        Assert.NotEqual(first, second);
        Assert.Equal(second, (await ada.PostAsync("/api/v1/statuses", new { status = "tomorrow" }, key)).Ok()["id"]);
        Assert.NotEqual(later[0]["id"], (await ada.PostAsync("/api/v1/statuses", new { status = "later", scheduled_at = at }, key)).Ok()["id"]);
        // What was cancelled is not answered any more.
        var kept = (await ada.PostAsync("/api/v1/statuses", new { status = "later", scheduled_at = at }, key)).Ok()["id"];
        (await ada.DeleteAsync($"/api/v1/scheduled_statuses/{kept}")).Ok();
        Assert.NotEqual(kept, (await ada.PostAsync("/api/v1/statuses", new { status = "later", scheduled_at = at }, key)).Ok()["id"]);
    }

    [Fact]
    public async Task Who_ends_a_follow_keeps_what_their_groups_and_hashtags_bring()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var group = await VisibilityTests.GroupAsync(ada, ben);
        await ben.FollowAsync(ada);
        (await ben.PostAsync($"/api/v1/tags/kept{ada.Handle}/follow")).Ok();
        var among = await ada.TootAsync("Among us", audience: $"group:{group}");
        var tagged = await ada.TootAsync($"All about #kept{ada.Handle}");
        var plain = await ada.TootAsync("Just me");
        Assert.Superset(new HashSet<string>([among, tagged, plain]), (await ben.IdsAsync("/api/v1/timelines/home")).ToHashSet());
        (await ben.PostAsync($"/api/v1/accounts/{await ada.AccountIdAsync()}/unfollow")).Ok();
        var home = await ben.IdsAsync("/api/v1/timelines/home");
        Assert.Contains(among, home);
        Assert.Contains(tagged, home);
        Assert.DoesNotContain(plain, home);
    }

    [Fact]
    public async Task The_root_of_a_thread_is_called_what_its_thing_is_called()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var thing = Bench.Add(ada.Id, Audience.Public);
        (await ben.PostAsync($"/api/social/discussions/{thing}/comments", new { text = "Fine" })).Is(HttpStatusCode.Created);
        var root = (await ben.GetAsync($"/api/social/discussions/{thing}")).Ok()["root_id"];
        var card = Bench.Take(thing) with { Title = "A bench by the lake" };
        Bench.Put(card);
        await house.InScopeAsync(async services =>
        {
            await services.GetRequiredService<DiscussionDesk>().FollowAsync(card, CancellationToken.None);
            return true;
        });
        var post = (await ben.GetAsync($"/api/v1/statuses/{root}")).Ok();
        Assert.Equal("A bench by the lake", post.Json.GetProperty("card").GetProperty("title").GetString());
        Assert.Contains("A bench by the lake", post["content"], StringComparison.Ordinal);
    }

    private Task<Audience> SetAsync(params Person[] people) => house.InScopeAsync(async services =>
    {
        var (db, set) = (services.GetRequiredService<SocialDb>(), Audience.NewSet());
        await db.WriteAsync(ct => Audiences.GrantAsync(db, set, [.. people.Select(p => Principal.Of(p.Id))], ct), CancellationToken.None);
        return set;
    });
}
