using System.Net;
using Atrium.Kernel;
using Atrium.Testing;

namespace Atrium.Social.Tests;

/// <summary>Accounts kept in memory of their members.</summary>
public sealed class MemorialTests(SocialHouse house)
{
    [Fact]
    public async Task An_account_in_memory_stays_as_it_was_and_does_nothing_any_more_until_it_is_given_back()
    {
        var (ada, ben, cleo, boss) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"), await house.PersonAsync("boss", Role.Administrator));
        var (account, mod) = (await ada.AccountIdAsync(), await house.PersonAsync("mod", Role.Moderator));
        await ben.FollowAsync(ada);
        var post = await ada.TootAsync("My garden", "public");
        foreach (var nobody in (Person[])[ben, mod]) (await nobody.PutAsync($"/api/social/memorials/{account}", new { })).Is(HttpStatusCode.NotFound);
        (await house.Stranger().PutAsync($"/api/social/memorials/{account}", new { })).Is(HttpStatusCode.Unauthorized);
        (await boss.PutAsync($"/api/social/memorials/{await boss.AccountIdAsync()}", new { })).Refuses(HttpStatusCode.UnprocessableEntity, "own_account");

        (await boss.PutAsync($"/api/social/memorials/{account}", new { })).Ok();
        await house.SettledAsync();
        Assert.Contains(account, (await boss.GetAsync("/api/social/memorials")).Ok().Ids());
        Assert.True((await ben.GetAsync($"/api/v1/accounts/{account}")).Ok().Json.GetProperty("memorial").GetBoolean());
        var profile = (await cleo.PageAsync($"/@{ada.Handle}")).Ok().Body;
        Assert.Contains("In memory of", profile, StringComparison.Ordinal);
        Assert.Contains("My garden", profile, StringComparison.Ordinal);
        Assert.DoesNotContain("value=\"follow\"", profile, StringComparison.Ordinal);
        (await cleo.PostAsync($"/api/v1/accounts/{account}/follow")).Is(HttpStatusCode.Forbidden);
        (await house.Stranger().GetAsync($"/api/v1/statuses/{post}")).Ok();
        Assert.True((await ada.PostAsync("/api/v1/statuses", new { status = "From beyond" })).Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden);
        using var door = house.Stranger();
        Assert.NotEqual(HttpStatusCode.SeeOther, (await door.FormAsync("/sign-in", ("login", ada.Handle), ("password", Person.Password))).Status);

        // Hidden by moderators, and shown again: it is in memory still.
        var report = (await ben.PostAsync("/api/home/reports", new { thing = $"account:{account}", category = "other" })).Is(HttpStatusCode.Created);
        var @case = await ModerationTests.FindCaseAsync(mod, $"account:{account}");
        Assert.NotEqual("", report["id"]);
        (await boss.PutAsync($"/api/home/moderation/cases/{@case}/hidden", new { reason = "Looking" })).Ok();
        await house.SettledAsync();
        (await ben.GetAsync($"/api/v1/statuses/{post}")).Is(HttpStatusCode.NotFound);
        (await boss.DeleteAsync($"/api/home/moderation/cases/{@case}/hidden")).Ok();
        await house.SettledAsync();
        Assert.True((await ben.GetAsync($"/api/v1/accounts/{account}")).Ok().Json.GetProperty("memorial").GetBoolean());

        (await boss.DeleteAsync($"/api/social/memorials/{account}")).Is(HttpStatusCode.NoContent);
        await house.SettledAsync();
        Assert.DoesNotContain("In memory of", (await cleo.PageAsync($"/@{ada.Handle}")).Ok().Body, StringComparison.Ordinal);
        (await cleo.PostAsync($"/api/v1/accounts/{account}/follow")).Ok();
        await (await house.PersonAsync("again")).FollowAsync(ada);
        await ada.TootAsync("Back", "public");
    }

    [Fact]
    public async Task Administrators_keep_an_account_in_memory_by_its_handle_on_a_page()
    {
        var (ada, boss) = (await house.PersonAsync("ada"), await house.PersonAsync("boss", Role.Administrator));
        var account = await ada.AccountIdAsync();
        (await ada.PageAsync("/social/admin/memorials")).Is(HttpStatusCode.NotFound);
        Assert.Contains($"/social/admin/memorials?handle={ada.Handle}", (await boss.PageAsync($"/@{ada.Handle}")).Ok().Body, StringComparison.Ordinal);
        Assert.Contains($"value=\"{ada.Handle}\"", (await boss.PageAsync($"/social/admin/memorials?handle={ada.Handle}")).Ok().Body, StringComparison.Ordinal);
        Assert.Contains("No member of the house", (await boss.FormAsync("/social/admin/memorials", ("handle", "nobody_at_all"))).Is(HttpStatusCode.UnprocessableEntity).Body, StringComparison.Ordinal);
        (await boss.FormAsync("/social/admin/memorials", ("handle", "@" + ada.Handle))).Is(HttpStatusCode.SeeOther);
        Assert.Contains($"/social/admin/memorials/{account}\"", (await boss.PageAsync("/social/admin/memorials")).Ok().Body, StringComparison.Ordinal);
        (await boss.FormAsync($"/social/admin/memorials/{account}")).Is(HttpStatusCode.SeeOther);
        Assert.DoesNotContain($"/social/admin/memorials/{account}\"", (await boss.PageAsync("/social/admin/memorials")).Ok().Body, StringComparison.Ordinal);
    }
}
