using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests.Federation;

/// <summary>Reports of people elsewhere: told to their own server where the reporter wants it, and never who it was.</summary>
[Collection(FederationCollection.Name)]
public sealed class ReportTests(TwoHouses houses)
{
    [Fact]
    public async Task A_forwarded_report_comes_before_the_other_houses_moderators_without_a_name()
    {
        var (ada, ben, boss) = (await houses.North.PersonAsync("ada"), await houses.South.PersonAsync("ben"), await houses.North.PersonAsync("boss", Role.Administrator));
        var adaThere = await houses.FollowAsync(ben, ada);
        var (post, other) = (await ada.TootAsync("Rude words"), await ada.TootAsync("Kind words"));
        await houses.SettleAsync();
        var there = await ben.FindAsync(ada, post);

        var kept = (await ben.PostAsync("/api/v1/reports", new { account_id = adaThere, comment = "This stays here" })).Ok();
        Assert.False(kept.Json.GetProperty("forwarded").GetBoolean());
        await houses.SettleAsync();
        Assert.DoesNotContain($"account:{await ada.AccountIdAsync()}", await CasesAsync(boss));

        var sent = (await ben.PostAsync("/api/v1/reports", new { account_id = adaThere, status_ids = (string[])[there], comment = "This is rude", forward = true })).Ok();
        Assert.True(sent.Json.GetProperty("forwarded").GetBoolean());
        await houses.SettleAsync();
        var cases = await CasesAsync(boss);
        Assert.Contains($"status:{post}", cases);
        Assert.DoesNotContain($"status:{other}", cases);
        var file = (await boss.GetAsync($"/api/home/moderation/cases/{cases[$"status:{post}"]}")).Ok();
        Assert.Equal($"Reported by {new Uri(houses.South.Url).Authority}: This is rude", file.Json.GetProperty("reports")[0].GetProperty("comment").GetString());

        var flag = await houses.South.InScopeAsync(services => services.GetRequiredService<SocialDb>().Deliveries.Where(d => d.Body.Contains("\"Flag\"") && d.Body.Contains(ada.Handle)).Select(d => d.Body).SingleAsync());
        Assert.Contains($"\"actor\":\"{houses.South.Url}/actor\"", flag, StringComparison.Ordinal);
        Assert.DoesNotContain(ben.Handle, flag, StringComparison.Ordinal);
        Assert.DoesNotContain(await ben.AccountIdAsync(), flag, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_offers_to_tell_the_other_server_and_of_members_it_does_not()
    {
        var (ada, ben, boss) = (await houses.North.PersonAsync("ada"), await houses.South.PersonAsync("ben"), await houses.North.PersonAsync("boss", Role.Administrator));
        var adaThere = await houses.FollowAsync(ben, ada);
        Assert.Contains(new Uri(houses.North.Url).Authority + " too, without my name", (await ben.PageAsync($"/social/report?person={adaThere}")).Ok().Body, StringComparison.Ordinal);
        Assert.DoesNotContain("without my name", (await ben.PageAsync($"/social/report?person={await (await houses.South.PersonAsync("cleo")).AccountIdAsync()}")).Ok().Body, StringComparison.Ordinal);
        (await ben.FormAsync("/social/report", ("thing", $"account:{adaThere}"), ("category", "spam"), ("comment", "Sells watches"), ("forward", "true"))).Is(System.Net.HttpStatusCode.SeeOther);
        await houses.SettleAsync();
        Assert.Contains($"account:{await ada.AccountIdAsync()}", await CasesAsync(boss));
    }

    // All of them: other tests fill the queue too.
    private static async Task<IReadOnlyDictionary<string, string>> CasesAsync(Caller moderator)
    {
        var cases = new Dictionary<string, string>(StringComparer.Ordinal);
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await moderator.GetAsync($"/api/home/moderation/cases?limit=100{(cursor.Length > 0 ? "&cursor=" + Uri.EscapeDataString(cursor) : "")}")).Ok().Json;
            foreach (var one in page.GetProperty("items").EnumerateArray()) cases[one.GetProperty("thing").GetString()!] = one.GetProperty("id").GetString()!;
            cursor = page.GetProperty("next").GetString();
        }

        return cases;
    }
}
