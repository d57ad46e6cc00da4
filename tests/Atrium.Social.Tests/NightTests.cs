using System.Net;
using System.Text.Json;
using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

/// <summary>A house whose nights begin when a test says so. What a night does, it does to all that is there: these tests run one after the other, beside nobody else's.</summary>
public sealed class NightHouse() : TestHouse(new SocialModule())
{
    protected override bool WorkersRun => false;

    protected override void Configure(IServiceCollection services) => SocialHouse.WithBench(services);
}

[CollectionDefinition(nameof(NightHouse))]
public sealed class NightCollection : ICollectionFixture<NightHouse>;

/// <summary>What becomes final, goes for good or is looked at anew when nobody is about.</summary>
[Collection(nameof(NightHouse))]
public sealed class NightTests(NightHouse house)
{
    [Fact]
    public async Task A_picture_that_an_edit_takes_out_stays_in_the_history_until_the_post_goes()
    {
        var ada = await house.PersonAsync("ada");
        var (first, second) = ((await MediaTests.UploadAsync(ada, "first"))["id"], (await MediaTests.UploadAsync(ada, "second"))["id"]);
        var post = (await ada.PostAsync("/api/v1/statuses", new { status = "Look", media_ids = (string[])[first] })).Ok()["id"];
        (await ada.PutAsync($"/api/v1/statuses/{post}", new { status = "Look again", media_ids = (string[])[second] })).Ok();
        var (id, old) = (Id<Media>.Parse(first), DateTimeOffset.UtcNow.AddDays(-2));
        await house.InScopeAsync(s => s.GetRequiredService<SocialDb>().Media.Where(m => m.Id == id).ExecuteUpdateAsync(set => set.SetProperty(m => m.CreatedAt, old)));
        await house.InScopeAsync(async services =>
        {
            await services.GetRequiredService<SweepMedia>().LooseAsync(CancellationToken.None);
            return true;
        });
        var versions = (await ada.GetAsync($"/api/v1/statuses/{post}/history")).Ok().Json;
        Assert.Equal(["first", "second"], versions.EnumerateArray().Select(v => v.GetProperty("media_attachments")[0].GetProperty("description").GetString()!));
        var url = new Uri(versions[0].GetProperty("media_attachments")[0].GetProperty("url").GetString()!).AbsolutePath;
        (await house.Stranger().GetAsync(url)).Ok();
        // It is this post's: another may not have it, this one may have it back.
        (await ada.PostAsync("/api/v1/statuses", new { status = "Other", media_ids = (string[])[first] })).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(2, (await ada.PutAsync($"/api/v1/statuses/{post}", new { status = "Both", media_ids = (string[])[second, first] })).Ok().Json.GetProperty("media_attachments").GetArrayLength());

        var gone = Id<Status>.Parse(post);
        DateTimeOffset? longAgo = DateTimeOffset.UtcNow.AddDays(-31);
        await house.InScopeAsync(s => s.GetRequiredService<SocialDb>().Statuses.Where(p => p.Id == gone).ExecuteUpdateAsync(set => set.SetProperty(p => p.DeletedAt, longAgo)));
        await house.RunRecurringAsync(nameof(PurgeModerated));
        (await house.Stranger().GetAsync(url)).Is(HttpStatusCode.NotFound);
        Assert.Equal(0, await house.InScopeAsync(s => s.GetRequiredService<SocialDb>().Media.CountAsync(m => m.StatusId == gone)));
    }

    [Fact]
    public async Task A_profile_that_Accounts_alone_has_saved_when_the_house_stops_is_brought_up_to_date_by_the_outbox()
    {
        var ada = await house.PersonAsync("ada");
        var id = await ada.AccountIdAsync();
        // The first of the two writes; the second never comes.
        await house.InScopeAsync(
            async services =>
            {
                await services.GetRequiredService<Contracts.Accounts.IProfiles>().UpdateAsync(new("Countess Ada", "Counts", [KeyValuePair.Create("House", "Lindenau")]), ada.Actor, CancellationToken.None);
                return true;
            },
            ada.Actor);
        Assert.Equal("Ada", (await ada.GetAsync($"/api/v1/accounts/{id}")).Ok()["display_name"]);
        await house.DrainAsync();
        var account = (await ada.GetAsync($"/api/v1/accounts/{id}")).Ok();
        Assert.Equal(("Countess Ada", "<p>Counts</p>", "Lindenau"), (account["display_name"], account["note"], account.Json.GetProperty("fields")[0].GetProperty("value").GetString()));
        // Both, when nothing stops the house: at once, with what lies here.
        var told = (await ada.PatchAsync("/api/v1/accounts/update_credentials", new { display_name = "Ada again", locked = true })).Ok();
        Assert.Equal(("Ada again", "True"), (told["display_name"], told["locked"]));
        await house.DrainAsync();
        Assert.Equal("Ada again", (await ada.GetAsync($"/api/v1/accounts/{id}")).Ok()["display_name"]);
    }

    [Fact]
    public async Task A_poll_of_a_post_that_is_long_gone_goes_with_its_votes()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var post = (await ada.PostAsync("/api/v1/statuses", new { status = "Tea?", poll = new { options = (string[])["yes", "no"], expires_in = 3600 } })).Ok();
        var poll = post.Json.GetProperty("poll").GetProperty("id").GetString()!;
        (await ben.PostAsync($"/api/v1/polls/{poll}/votes", new { choices = (int[])[1] })).Ok();
        var (gone, asked) = (Id<Status>.Parse(post["id"]), Id<Poll>.Parse(poll));
        DateTimeOffset? longAgo = DateTimeOffset.UtcNow.AddDays(-31);
        await house.InScopeAsync(s => s.GetRequiredService<SocialDb>().Statuses.Where(p => p.Id == gone).ExecuteUpdateAsync(set => set.SetProperty(p => p.DeletedAt, longAgo)));
        await house.RunRecurringAsync(nameof(PurgeModerated));
        Assert.Equal((0, 0, 0), await house.InScopeAsync(async s =>
        {
            var db = s.GetRequiredService<SocialDb>();
            return (await db.Polls.CountAsync(p => p.Id == asked), await db.PollOptions.CountAsync(o => o.PollId == asked), await db.PollVotes.CountAsync(v => v.PollId == asked));
        }));
    }

    [Fact]
    public async Task After_thirty_days_a_suspension_is_final_and_the_name_stays_taken()
    {
        var (ada, fan, mod) = (await house.PersonAsync("ada"), await house.PersonAsync("fan"), await house.PersonAsync("mod", Role.Moderator));
        await fan.FollowAsync(ada);
        var (account, post) = (await ada.AccountIdAsync(), await ada.TootAsync("gone some day"));
        var answer = await fan.TootAsync("mine stays", inReplyTo: post);
        var @case = await ModerationTests.CaseAsync(mod, fan, $"account:{account}");
        (await mod.PutAsync($"/api/home/moderation/cases/{@case}/hidden", new { reason = "Spam" })).Ok();
        await house.SettledAsync();
        await house.RunRecurringAsync(nameof(PurgeModerated));
        Assert.Equal(AccountStanding.Suspended, await StandingAsync(account));
        var id = Id<Account>.Parse(account);
        DateTimeOffset? longAgo = DateTimeOffset.UtcNow.AddDays(-31);
        await house.InScopeAsync(s => s.GetRequiredService<SocialDb>().Accounts.Where(a => a.Id == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.SuspendedAt, longAgo)));
        await house.RunRecurringAsync(nameof(PurgeModerated));
        Assert.Equal(AccountStanding.Purged, await StandingAsync(account));
        Assert.True((await fan.GetAsync($"/api/v1/statuses/{answer}")).Status == HttpStatusCode.OK);
        (await mod.DeleteAsync($"/api/home/moderation/cases/{@case}/hidden")).Ok();
        await house.SettledAsync();
        Assert.Equal(AccountStanding.Purged, await StandingAsync(account));
        Assert.Equal(0, (await fan.GetAsync("/api/v1/accounts/verify_credentials")).Ok().Json.GetProperty("following_count").GetInt32());
        Assert.Equal(0, await house.InScopeAsync(s => s.GetRequiredService<SocialDb>().Statuses.CountAsync(p => p.AccountId == id && p.DeletedAt == null)));
    }

    [Fact]
    public async Task A_purge_that_is_stopped_again_and_again_ends_with_nothing_left_and_nothing_else_touched()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var me = Id<Account>.Parse(await ada.AccountIdAsync());
        await ben.FollowAsync(ada);
        for (var i = 0; i < 12; i++) await ada.TootAsync($"{i}");
        var kept = await ben.TootAsync("kept");
        (await ada.PostAsync($"/api/v1/statuses/{kept}/favourite")).Ok();
        DateTimeOffset? old = DateTimeOffset.UtcNow.AddDays(-31);
        await house.InScopeAsync(s => s.GetRequiredService<SocialDb>().Accounts.Where(a => a.Id == me)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.Standing, AccountStanding.Suspended).SetProperty(a => a.SuspendedAt, old)));
        for (var i = 0; i < 5; i++)
        {
            using var dying = new CancellationTokenSource(TimeSpan.FromMilliseconds(5 + (i * 15)));
            try
            {
                await house.InScopeAsync(async s =>
                {
                    await ActivatorUtilities.CreateInstance<PurgeModerated>(s).RunAsync(dying.Token);
                    return true;
                });
            }
            catch (OperationCanceledException)
            {
                // Stopped somewhere in between.
            }
        }

        await house.RunRecurringAsync(nameof(PurgeModerated));
        var left = await house.InScopeAsync(async s =>
        {
            var db = s.GetRequiredService<SocialDb>();
            return (await db.Statuses.CountAsync(p => p.AccountId == me && p.DeletedAt == null), await db.Follows.CountAsync(f => f.TargetId == me), await db.Favourites.CountAsync(f => f.AccountId == me));
        });
        Assert.Equal((0, 0, 0), left);
        var post = (await ben.GetAsync($"/api/v1/statuses/{kept}")).Ok().Json;
        Assert.Equal(0, post.GetProperty("favourites_count").GetInt32());
        var self = (await ben.GetAsync("/api/v1/accounts/verify_credentials")).Ok().Json;
        Assert.Equal((0, 1), (self.GetProperty("following_count").GetInt32(), self.GetProperty("statuses_count").GetInt32()));
    }

    [Fact]
    public async Task A_profile_link_is_verified_by_a_page_that_links_back_and_no_longer_when_it_stops()
    {
        var (ada, back) = (await house.PersonAsync("ada"), true);
        await using var site = await LoopbackSite.StartAsync(path => ("text/html", path == "/me" && back ? $"<a rel='nofollow me' href='{house.Url}/@{ada.Handle}'>me</a>" : $"<a href='{house.Url}/@{ada.Handle}'>no rel</a>"));
        (await ada.PatchAsync("/api/v1/accounts/update_credentials", new { fields_attributes = new[] { new { name = "Mine", value = $"{site.Url}/me" }, new { name = "Other", value = $"{site.Url}/other" } } })).Ok();
        await house.SettledAsync();
        var fields = (await ada.GetAsync("/api/v1/accounts/verify_credentials")).Ok().Json.GetProperty("fields");
        Assert.Equal(JsonValueKind.String, fields[0].GetProperty("verified_at").ValueKind);
        Assert.Equal(JsonValueKind.Null, fields[1].GetProperty("verified_at").ValueKind);
        Assert.Contains("Verified", (await ada.PageAsync($"/@{ada.Handle}")).Ok().Body, StringComparison.Ordinal);

        back = false;
        await house.RunRecurringAsync(nameof(VerifyLinks));
        Assert.Equal(JsonValueKind.Null, (await ada.GetAsync("/api/v1/accounts/verify_credentials")).Ok().Json.GetProperty("fields")[0].GetProperty("verified_at").ValueKind);
    }

    private Task<AccountStanding> StandingAsync(string account)
    {
        var id = Id<Account>.Parse(account);
        return house.InScopeAsync(s => s.GetRequiredService<SocialDb>().Accounts.Where(a => a.Id == id).Select(a => a.Standing).FirstAsync());
    }
}
