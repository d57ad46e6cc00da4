using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Testing;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Atrium.Home.Tests;

/// <summary>Every page of Home, looked at by axe and by statement count.</summary>
public sealed class PageTests(HomeHouse house, Browser browser)
{
    private static readonly string[] Pages =
    [
        "/", "/inbox", "/inbox?all=true", "/settings/notifications", "/settings/webhooks", "/settings/data", "/search?q=bread", "/moderation", "/moderation/appeals",
        "/admin", "/admin/members", "/admin/invitations", "/admin/permissions", "/admin/settings", "/admin/audit", "/admin/outbox", "/admin/operations", "/admin/recurring",
        "/admin/mail", "/admin/storage",
    ];

    [Fact]
    public async Task No_page_has_a_fault_that_axe_finds_or_is_wider_than_its_window() =>
        await Browser.WalkAsync(await browser.OpenAsync(house, await FurnishedAsync()), Pages);

    [Fact]
    public async Task Pages_cost_a_small_number_of_statements_however_much_there_is()
    {
        var admin = await FurnishedAsync();
        foreach (var page in Pages)
        {
            var answer = (await admin.PageAsync(page)).Ok();
            // The outbox and the overview look into each room's table once.
            Assert.True(answer.Statements <= (page is "/admin" or "/admin/outbox" ? 20 : 10), $"{page} cost {answer.Statements} statements.");
        }
    }

    [Fact]
    public async Task A_visitor_sees_the_way_in_and_nothing_else()
    {
        var page = (await house.Stranger().PageAsync("/")).Ok();
        Assert.Contains("/sign-in", page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("/inbox", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Reporting_works_without_script()
    {
        var (ada, owner) = (await house.PersonAsync(), await house.PersonAsync());
        var thing = house.Sample.Add("Rude sign", Audience.Members, owner.Id);
        var tab = await browser.OpenAsync(house, ada, script: false);
        await tab.GotoAsync($"/report?thing={thing}");
        await tab.ClickAsync("text=Report it");
        Assert.Contains("Choose one of those listed", await tab.ContentAsync(), StringComparison.Ordinal);
        await tab.CheckAsync("input[value=spam]");
        await tab.ClickAsync("text=Report it");
        Assert.Contains("A moderator will look at it", await tab.ContentAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_inbox_count_and_list_change_while_one_looks()
    {
        var (ada, ben) = (await house.PersonAsync(), await house.PersonAsync());
        await house.TellAsync([ada], "First", by: ben);
        await house.SettledAsync();
        var tab = await browser.OpenAsync(house, ada);
        await tab.GotoAsync("/inbox");
        await house.TellAsync([ada], "Second", by: ben);
        await tab.ClickAsync("live-region button:has-text('Show')");
        await tab.WaitForSelectorAsync("text=Something about Second");
    }

    private async Task<Person> FurnishedAsync()
    {
        var (admin, ben) = (await house.PersonAsync("admin", Role.Administrator), await house.PersonAsync());
        var bread = await house.TellAsync([admin], "Bread of the day", by: ben);
        await house.TellAsync([admin], "Bread of the day", by: ben, about: bread);
        await house.TellAsync([admin], "Milk", kind: SampleRoom.Mailed);
        house.Sample.Dates[admin.Id] = new(bread, "sample", "Bake bread", "At the back", "/sample/1", TimeProvider.System.GetUtcNow().AddSeconds(30), false);
        await house.PublishAsync(new ReviewRequested(house.Sample.Add("To be looked at", Audience.Members, ben.Id), "first post"));
        (await admin.PostAsync("/api/home/mutes", new { cause = bread.ToString() })).Ok();
        (await admin.PostAsync("/api/home/webhooks", new { name = "Mine", url = "https://example.org/x", events = new[] { "none.*" } })).Ok();
        await house.SettledAsync();
        return admin;
    }
}
