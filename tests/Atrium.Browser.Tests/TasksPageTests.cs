using Atrium.Testing;
using static Microsoft.Playwright.Assertions;

namespace Atrium.Browser.Tests;

public sealed class TasksPageTests(TasksHouse house, Atrium.Testing.Browser browser)
{
    [Fact]
    public async Task Every_page_is_without_fault()
    {
        var ada = await house.PersonAsync("ada");
        var (key, id) = await house.ProjectAsync(ada);
        var rich = (await ada.PostAsync($"/api/tasks/projects/{id}/tasks", new
        {
            title = "Layout of the 22 stalls", description = "Along the **north** side.\n\n- tables\n- power", due = "2026-11-20", priority = 2,
            labels = new[] { "Stalls", "Permits" }, assignees = new[] { ada.Id.ToString() }, places = 4,
        })).Ok();
        foreach (var text in (string[])["Measure the yard", "Ask the fire brigade"]) (await ada.PostAsync($"/api/tasks/tasks/{rich["id"]}/checklist", new { text })).Ok();
        (await ada.PostAsync($"/api/tasks/projects/{id}/tasks", new { title = "Water the beds", due = "2026-11-23", recurrence = new { rrule = "FREQ=WEEKLY;BYDAY=MO" } })).Ok();
        (await ada.PostAsync($"/api/tasks/projects/{id}/tasks", new { title = "Order candles, 400 pieces, beeswax if the price holds" })).Ok();
        var page = await browser.OpenAsync(house, ada);
        await Atrium.Testing.Browser.WalkAsync(page,
        [
            $"/tasks/p/{key}/board", $"/tasks/t/{rich["key"]}", "/tasks", $"/tasks/p/{key}/list", $"/tasks/p/{key}/table", $"/tasks/p/{key}/calendar", $"/tasks/p/{key}/history",
            $"/tasks/p/{key}/settings", "/tasks/projects", "/tasks/projects/new", "/tasks/new", "/tasks/upcoming", "/tasks/mine", "/tasks/watching", "/tasks/filters", "/tasks/trash", "/tasks/import", "/tasks/feeds", "/tasks/connect", "/tasks/agenda",
        ]);
    }

    [Fact]
    public async Task A_quick_line_shows_its_chips_before_it_becomes_a_task()
    {
        var ada = await house.PersonAsync("ada");
        var page = await browser.OpenAsync(house, ada);
        await page.GotoAsync("/tasks");
        await page.FillAsync("#quick-line", "Water the beds every Mon #garden !high");
        await Expect(page.Locator(".quick-chips")).ToContainTextAsync("garden");
        await page.ClickAsync("text=Add task");
        await Expect(page.Locator(".row.task .title")).ToHaveTextAsync("Water the beds");
        await page.ClickAsync(".row.task .title");
        await Expect(page.Locator(".next-dates li")).ToHaveCountAsync(5);
    }

    [Fact]
    public async Task Two_edits_of_one_field_bring_both_versions_to_the_second()
    {
        var ada = await house.PersonAsync("ada");
        var (key, id) = await house.ProjectAsync(ada, "Poster");
        var (here, there) = (await browser.OpenAsync(house, ada), await browser.OpenAsync(house, ada));
        foreach (var page in (Microsoft.Playwright.IPage[])[here, there])
        {
            await page.RouteWebSocketAsync("**/live", _ => { });
            await page.GotoAsync($"/tasks/t/{key}-1");
            await page.ClickAsync("summary:has-text('Add a description')");
        }

        await here.FillAsync("#text-title", "Poster, first proof");
        await here.ClickAsync("text=Save text");
        await Expect(here.Locator("h1")).ToHaveTextAsync("Poster, first proof");
        await there.FillAsync("#text-title", "Poster, second proof");
        await there.ClickAsync("text=Save text");
        await Expect(there.Locator(".versions")).ToContainTextAsync("Poster, first proof");
        await Expect(there.Locator(".versions")).ToContainTextAsync("Poster, second proof");
        await there.ClickAsync("button:has-text('Save this')");
        await Expect(there.Locator("h1")).ToHaveTextAsync("Poster, second proof");
        Assert.NotEmpty(id);
    }
}
