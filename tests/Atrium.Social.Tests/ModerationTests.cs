using System.Net;
using System.Text.Json;
using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

/// <summary>What moderators do here by Home's queue, and how each of it is undone.</summary>
public sealed class ModerationTests(SocialHouse house)
{
    [Fact]
    public async Task A_limited_account_is_met_by_its_followers_alone_and_by_everyone_again_once_it_is_lifted()
    {
        var (ada, fan, other, mod) = (await house.PersonAsync("ada"), await house.PersonAsync("fan"), await house.PersonAsync("other"), await house.PersonAsync("mod", Role.Moderator));
        using var stranger = house.Stranger();
        await fan.FollowAsync(ada);
        await other.AccountIdAsync();
        var (account, word) = (await ada.AccountIdAsync(), $"limit{ada.Handle}");
        var post = await ada.TootAsync($"{word} #{word}");
        var membersOnly = await ada.TootAsync($"{word} for us", audience: "members");
        await house.SettledAsync();
        var before = await FaceAsync(account);

        var @case = await CaseAsync(mod, other, $"account:{account}");
        (await mod.PutAsync($"/api/home/moderation/cases/{@case}/measures/nonsense", new { reason = "x" })).Refuses(HttpStatusCode.UnprocessableEntity, "no_measure");
        (await mod.PutAsync($"/api/home/moderation/cases/{@case}/measures/limit", new { reason = "Too loud" })).Ok();
        await house.SettledAsync();
        foreach (var (reader, meets) in new (Caller, bool)[] { (fan, true), (other, false), (ada, true), (stranger, false) })
        {
            Assert.Equal(meets, (await reader.IdsAsync($"/api/v1/timelines/public?limit=40&max_id={long.Parse(post) + 1}")).Contains(post));
            Assert.Equal(meets, (await reader.IdsAsync($"/api/v1/timelines/tag/{word}")).Contains(post));
            Assert.True((await reader.GetAsync($"/api/v1/statuses/{post}")).Status == HttpStatusCode.OK);
            if (reader is Person) Assert.Equal(meets, (await FoundAsync(reader, word)).Contains(membersOnly));
        }

        Assert.True((await other.GetAsync($"/api/v1/accounts/{account}")).Ok().Json.GetProperty("limited").GetBoolean());
        Assert.True((await other.PostAsync($"/api/v1/accounts/{account}/follow")).Ok().Json.GetProperty("requested").GetBoolean());
        var warning = (await ada.GetAsync("/api/v1/notifications?types[]=moderation_warning")).Ok().Json[0].GetProperty("moderation_warning");
        Assert.Equal(("silence", "Too loud"), (warning.GetProperty("action").GetString(), warning.GetProperty("text").GetString()));

        // Suspended while it is limited, and back: it is limited again, not free.
        (await mod.PutAsync($"/api/home/moderation/cases/{@case}/hidden", new { reason = "Worse" })).Ok();
        await house.SettledAsync();
        (await fan.GetAsync($"/api/v1/statuses/{post}")).Is(HttpStatusCode.NotFound);
        (await ada.PostAsync("/api/v1/statuses", new { status = "no" })).Is(HttpStatusCode.Forbidden);
        (await ada.PostAsync($"/api/v1/statuses/{post}/favourite")).Is(HttpStatusCode.Forbidden);
        (await mod.DeleteAsync($"/api/home/moderation/cases/{@case}/hidden")).Ok();
        await house.SettledAsync();
        Assert.True((await fan.GetAsync($"/api/v1/statuses/{post}")).Status == HttpStatusCode.OK);
        Assert.DoesNotContain(post, await stranger.IdsAsync($"/api/v1/timelines/tag/{word}"));

        (await mod.DeleteAsync($"/api/home/moderation/cases/{@case}/measures/limit")).Ok();
        await house.SettledAsync();
        (await other.PostAsync($"/api/v1/accounts/{account}/unfollow")).Ok();
        Assert.Contains(post, await stranger.IdsAsync($"/api/v1/timelines/tag/{word}"));
        Assert.Contains(membersOnly, await FoundAsync(other, word));
        Assert.Equal(before, await FaceAsync(account));
    }

    [Fact]
    public async Task A_deleted_post_comes_back_with_all_that_hung_on_it_when_its_author_objects_and_is_right()
    {
        var (ada, ben, fan, mod) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("fan"), await house.PersonAsync("mod", Role.Moderator));
        await fan.FollowAsync(ada);
        var root = await ben.TootAsync("what do you think?");
        var post = await ada.TootAsync("a strong word", inReplyTo: root);
        (await ben.PostAsync($"/api/v1/statuses/{post}/favourite")).Ok();
        (await fan.PostAsync($"/api/v1/statuses/{post}/reblog")).Ok();
        (await fan.PostAsync($"/api/v1/statuses/{post}/bookmark")).Ok();
        var (before, parent, author) = ((await ben.GetAsync($"/api/v1/statuses/{post}")).Body, (await ben.GetAsync($"/api/v1/statuses/{root}")).Body, await FaceAsync(await ada.AccountIdAsync()));

        var @case = await CaseAsync(mod, ben, $"status:{post}");
        var file = (await mod.GetAsync($"/api/home/moderation/cases/{@case}")).Ok().Json;
        Assert.Contains("a strong word", file.GetProperty("context").ToString(), StringComparison.Ordinal);
        Assert.Contains("what do you think?", file.GetProperty("context").ToString(), StringComparison.Ordinal);
        (await mod.PutAsync($"/api/home/moderation/cases/{@case}/measures/delete", new { reason = "Too strong" })).Ok();
        await house.SettledAsync();
        foreach (var reader in (Caller[])[ada, ben, fan]) (await reader.GetAsync($"/api/v1/statuses/{post}")).Is(HttpStatusCode.NotFound);
        Assert.Equal(0, (await ben.GetAsync($"/api/v1/statuses/{root}")).Ok().Json.GetProperty("replies_count").GetInt32());
        Assert.Empty(await fan.IdsAsync("/api/v1/bookmarks"));
        var warning = (await ada.GetAsync("/api/v1/notifications?types[]=moderation_warning")).Ok().Json[0].GetProperty("moderation_warning");
        Assert.Equal(("delete_statuses", post), (warning.GetProperty("action").GetString(), warning.GetProperty("status_ids")[0].GetString()));

        var sanction = (await ada.GetAsync("/api/home/sanctions")).Ok().Json.GetProperty("items")[0];
        Assert.Equal(("measure", "Moderators deleted your post"), (sanction.GetProperty("what").GetString(), sanction.GetProperty("words").GetString()));
        (await ada.PutAsync($"/api/home/sanctions/{sanction.GetProperty("id").GetString()}/appeal", new { words = "It was meant kindly" })).Ok();
        (await mod.PutAsync($"/api/home/moderation/sanctions/{sanction.GetProperty("id").GetString()}/decision", new { lift = true, reason = "So it was" })).Ok();
        await house.SettledAsync();
        Assert.Equal(before, (await ben.GetAsync($"/api/v1/statuses/{post}")).Body);
        Assert.Equal(parent, (await ben.GetAsync($"/api/v1/statuses/{root}")).Body);
        Assert.Equal(author, await FaceAsync(await ada.AccountIdAsync()));
        Assert.Equal([post], await fan.IdsAsync("/api/v1/bookmarks"));
        Assert.DoesNotContain((await mod.GetAsync($"/api/home/moderation/cases/{@case}")).Ok().Json.GetProperty("measures").EnumerateArray(), m => m.GetProperty("stands").GetBoolean());
    }

    [Fact]
    public async Task What_moderators_mark_as_sensitive_stays_so_whatever_its_author_says_until_it_is_taken_back()
    {
        var (ada, ben, mod) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("mod", Role.Moderator));
        var media = await MediaTests.UploadAsync(ada, "alt");
        var post = (await ada.PostAsync("/api/v1/statuses", new { status = "look", media_ids = (string[])[media["id"]] })).Ok()["id"];
        var @case = await CaseAsync(mod, ben, $"status:{post}");
        (await mod.PutAsync($"/api/home/moderation/cases/{@case}/measures/sensitive", new { reason = "Not for all" })).Ok();
        await house.SettledAsync();
        (await ada.PutAsync($"/api/v1/statuses/{post}", new { status = "look!", sensitive = false })).Ok();
        Assert.True((await ben.GetAsync($"/api/v1/statuses/{post}")).Ok().Json.GetProperty("sensitive").GetBoolean());
        (await mod.DeleteAsync($"/api/home/moderation/cases/{@case}/measures/sensitive")).Ok();
        await house.SettledAsync();
        Assert.False((await ben.GetAsync($"/api/v1/statuses/{post}")).Ok().Json.GetProperty("sensitive").GetBoolean());

        @case = await CaseAsync(mod, ben, $"account:{await ada.AccountIdAsync()}");
        (await mod.PutAsync($"/api/home/moderation/cases/{@case}/measures/sensitive", new { reason = "All of it" })).Ok();
        await house.SettledAsync();
        Assert.True((await ben.GetAsync($"/api/v1/statuses/{post}")).Ok().Json.GetProperty("sensitive").GetBoolean());
    }

    [Fact]
    public async Task A_report_from_an_app_says_which_rules_and_lands_in_the_queue_with_its_posts()
    {
        var (ada, ben, mod) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("mod", Role.Moderator));
        var rules = (await ben.GetAsync("/api/v1/instance/rules")).Ok().Json;
        Assert.Equal([("1", "Be kind", "Always"), ("2", "No advertising", "")], rules.EnumerateArray().Select(r => (r.GetProperty("id").GetString(), r.GetProperty("text").GetString(), r.GetProperty("hint").GetString())));
        var posts = new[] { await ada.TootAsync("buy this"), await ada.TootAsync("buy that") };
        var report = (await ben.PostAsync("/api/v1/reports/", new { account_id = await ada.AccountIdAsync(), status_ids = posts, comment = "Again", rule_ids = (string[])["2", "9"], category = "violation" })).Ok();
        Assert.Equal(["2"], report.Json.GetProperty("rule_ids").EnumerateArray().Select(r => r.GetString()!));
        (await ben.PostAsync("/api/v1/reports", new { account_id = await ada.AccountIdAsync(), category = "violation" })).Ok();
        foreach (var post in posts)
        {
            var file = (await mod.GetAsync($"/api/home/moderation/cases/{await FindCaseAsync(mod, $"status:{post}")}")).Ok().Json;
            Assert.Equal("Again\nAgainst: No advertising", file.GetProperty("reports")[0].GetProperty("comment").GetString());
            Assert.Contains("Reported from apps", file.GetProperty("context").ToString(), StringComparison.Ordinal);
        }

        var page = (await mod.PageAsync($"/moderation/cases/{await FindCaseAsync(mod, $"status:{posts[0]}")}")).Ok().Body;
        Assert.Contains("Delete the post", page, StringComparison.Ordinal);
        Assert.Contains("buy that", page, StringComparison.Ordinal);
    }

    internal static async Task<string> CaseAsync(Person mod, Caller reporter, string thing)
    {
        (await reporter.PostAsync("/api/home/reports", new { thing, category = "spam" })).Ok();
        return await FindCaseAsync(mod, thing);
    }

    internal static async Task<string> FindCaseAsync(Person mod, string thing)
    {
        for (string? cursor = null; ;)
        {
            var page = (await mod.GetAsync($"/api/home/moderation/cases?limit=100{(cursor is null ? "" : $"&cursor={cursor}")}")).Ok().Json;
            foreach (var one in page.GetProperty("items").EnumerateArray())
                if (one.GetProperty("thing").GetString() == thing) return one.GetProperty("id").GetString()!;
            cursor = page.GetProperty("next").GetString() ?? throw new InvalidOperationException($"There is no case about {thing}.");
        }
    }

    private static async Task<IReadOnlyList<string>> FoundAsync(Caller reader, string word) =>
        [.. (await reader.GetAsync($"/api/v2/search?q={word}&type=statuses&limit=40")).Ok().Json.GetProperty("statuses").EnumerateArray().Select(s => s.GetProperty("id").GetString()!)];

    private async Task<string> FaceAsync(string account)
    {
        using var stranger = house.Stranger();
        return (await stranger.GetAsync($"/api/v1/accounts/{account}")).Ok().Body;
    }
}
