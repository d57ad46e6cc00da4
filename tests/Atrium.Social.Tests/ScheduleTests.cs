using System.Net;
using System.Text.Json;
using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

/// <summary>Posts that wait for their hour.</summary>
public sealed class ScheduleTests(SocialHouse house)
{
    [Fact]
    public async Task What_cannot_go_out_at_its_hour_is_kept_and_its_author_is_told_why_once()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var parent = await ben.TootAsync("Who brings bread?");
        var media = await MediaTests.UploadAsync(ada, "A loaf");
        var id = (await ada.PostAsync("/api/v1/statuses", new { status = "I bring two loaves", in_reply_to_id = parent, media_ids = (string[])[media["id"]], scheduled_at = DateTimeOffset.UtcNow.AddMinutes(30) })).Ok()["id"];
        (await ben.DeleteAsync($"/api/v1/statuses/{parent}")).Ok();
        await DueAsync(id);
        await DueAsync(id);

        var account = await ada.AccountIdAsync();
        Assert.Empty(await ada.IdsAsync($"/api/v1/accounts/{account}/statuses"));
        Assert.Empty(await ada.IdsAsync("/api/v1/scheduled_statuses"));
        var told = Assert.Single(await ada.InboxAsync(1));
        Assert.Equal(("social.unposted", "/social/drafts"), (told.GetProperty("kind").GetString(), told.GetProperty("href").GetString()));
        Assert.Contains("no longer there", told.GetProperty("text").GetString(), StringComparison.Ordinal);
        var page = (await ada.PageAsync("/social/drafts")).Ok().Body;
        Assert.Contains("I bring two loaves", page, StringComparison.Ordinal);
        Assert.Contains("What it answers or quotes is no longer there.", page, StringComparison.Ordinal);
        // Its picture is not swept away with what nobody holds.
        Assert.NotNull(await house.InScopeAsync(s => s.GetRequiredService<SocialDb>().Media.Where(m => m.Id == Id<Media>.Parse(media["id"])).Select(m => m.ScheduledId).FirstAsync()));

        // Its author mends it and posts it: there is one, and its hour finds nothing to do any more.
        Assert.Contains("I bring two loaves", (await ada.PageAsync($"/social/new?scheduled={id}")).Ok().Body, StringComparison.Ordinal);
        (await ada.FormAsync($"/social/scheduled/{id}", ("act", "now"))).Is(HttpStatusCode.UnprocessableEntity);
        (await ada.FormAsync("/social/posts", ("text", "I bring two loaves"), ("scheduled", id), ("media", media["id"]))).Is(HttpStatusCode.SeeOther);
        await DueAsync(id);
        Assert.Single(await ada.IdsAsync($"/api/v1/accounts/{account}/statuses"));
        Assert.DoesNotContain("Could not go out", (await ada.PageAsync("/social/drafts")).Ok().Body, StringComparison.Ordinal);
        Assert.Single(await ada.InboxAsync(1));
    }

    [Fact]
    public async Task Nothing_of_a_post_that_fails_half_way_stays()
    {
        var ada = await house.PersonAsync("ada");
        var media = await MediaTests.UploadAsync(ada, "A loaf");
        var id = (await ada.PostAsync("/api/v1/statuses", new { status = "Twice used", media_ids = (string[])[media["id"]], scheduled_at = DateTimeOffset.UtcNow.AddMinutes(30) })).Ok()["id"];
        await house.InScopeAsync(s => s.GetRequiredService<SocialDb>().Media.Where(m => m.Id == Id<Media>.Parse(media["id"])).ExecuteDeleteAsync());
        await DueAsync(id);
        Assert.Empty(await ada.IdsAsync($"/api/v1/accounts/{await ada.AccountIdAsync()}/statuses"));
        Assert.Equal("social.unposted", Assert.Single(await ada.InboxAsync(1)).GetProperty("kind").GetString());
        // Moved to another hour it waits as before.
        (await ada.PutAsync($"/api/v1/scheduled_statuses/{id}", new { scheduled_at = DateTimeOffset.UtcNow.AddMinutes(40) })).Ok();
        Assert.Equal([id], await ada.IdsAsync("/api/v1/scheduled_statuses"));
        (await ada.DeleteAsync($"/api/v1/scheduled_statuses/{id}")).Ok();
    }

    // Its hour has come.
    private async Task DueAsync(string id)
    {
        var key = Id<ScheduledStatus>.Parse(id);
        await house.InScopeAsync(async s =>
        {
            var db = s.GetRequiredService<SocialDb>();
            var now = db.Now;
            await db.WriteAsync(
                async ct =>
                {
                    await db.Scheduled.Where(r => r.Id == key).ExecuteUpdateAsync(set => set.SetProperty(r => r.RunAt, now), ct);
                    db.Publish(new ScheduleDue(key));
                },
                CancellationToken.None);
            return true;
        });
        for (var i = 0; i < 50 && (i == 0 || await WaitsAsync()); i++) await house.SettledAsync();

        Task<bool> WaitsAsync() => house.InScopeAsync(s => s.GetRequiredService<SocialDb>().Scheduled.AnyAsync(r => r.Id == key && r.State == ScheduleState.Waiting));
    }
}
