using System.Text;
using Atrium.Testing;
using static Microsoft.Playwright.Assertions;

namespace Atrium.Browser.Tests;

/// <summary>Settings, import, trash, many at once and feeds in a browser; and the main ways without any script.</summary>
public sealed class TasksWaysTests(TasksHouse house, Atrium.Testing.Browser browser)
{
    [Fact]
    public async Task Without_script_a_task_is_made_moved_and_completed()
    {
        var ada = await house.PersonAsync("ada");
        var (key, _) = await house.ProjectAsync(ada);
        var page = await browser.OpenAsync(house, ada, script: false);
        await page.GotoAsync($"/tasks/p/{key}/board");
        await page.Locator(".column").First.Locator("summary:has-text('Add a task')").ClickAsync();
        await page.Locator(".column").First.Locator("input[name=title]").FillAsync("Order candles");
        await page.Locator(".column").First.Locator("button:has-text('Add')").ClickAsync();
        await Expect(page.Locator(".column").First.Locator(".tile .title")).ToContainTextAsync(["Order candles"]);
        await page.ClickAsync(".tile .title:has-text('Order candles')");
        await page.ClickAsync("summary:has-text('Status')");
        await page.SelectOptionAsync("details[open] select[name=column]", new Microsoft.Playwright.SelectOptionValue { Label = "Doing" });
        await page.Locator("details[open] button:has-text('Save')").ClickAsync();
        await Expect(page.Locator(".task-head .meta")).ToContainTextAsync("Doing");
        await page.Locator("button:has-text('Complete'):visible").First.ClickAsync();
        await Expect(page.Locator(".task-head .meta")).ToContainTextAsync("finished");
        await page.GotoAsync($"/tasks/p/{key}/board");
        await Expect(page.Locator(".column[data-category=done] .tile .title")).ToContainTextAsync(["Order candles"]);
    }

    [Fact]
    public async Task A_CSV_file_is_read_as_shown_put_right_and_imported_and_read_so_again()
    {
        var ada = await house.PersonAsync("ada");
        var page = await browser.OpenAsync(house, ada, script: false);
        var csv = Encoding.UTF8.GetBytes("Was;Bis;Wer\n\"Tables; chairs\";03.04.2031;@" + ada.Handle + "\nCandles;05.04.2031;\n");
        foreach (var again in new[] { false, true })
        {
            await page.GotoAsync("/tasks/import");
            await page.SetInputFilesAsync("input[type=file]", new Microsoft.Playwright.FilePayload { Name = $"Fest {again}.csv", MimeType = "text/csv", Buffer = csv });
            await page.ClickAsync("button:has-text('Go on')");
            await Expect(page.Locator("select[name=delimiter]")).ToHaveValueAsync(";");
            await Expect(page.Locator("select[name=date_format]")).ToHaveValueAsync("dd.MM.uuuu");
            if (!again)
            {
                await page.SelectOptionAsync("select[name=col0]", "title");
                await page.SelectOptionAsync("select[name=col1]", "due");
                await page.SelectOptionAsync("select[name=col2]", "assignees");
                await page.ClickAsync("button:has-text('Look again')");
            }
            else await Expect(page.Locator("text=as you read a file with these columns last time")).ToBeVisibleAsync();

            await Expect(page.Locator("table >> text=Tables; chairs")).ToBeVisibleAsync();
            await Expect(page.Locator("table >> text=2031-04-03")).ToBeVisibleAsync();
            await page.ClickAsync("button:has-text('Import 2 tasks')");
            await UntilOverAsync(page);
            await Expect(page.Locator("dl.stats")).ToContainTextAsync("Made2");
        }
    }

    [Fact]
    public async Task A_trial_import_writes_nothing_and_then_runs_for_real()
    {
        var ada = await house.PersonAsync("ada");
        var page = await browser.OpenAsync(house, ada);
        await page.GotoAsync("/tasks/import");
        await page.SetInputFilesAsync("input[type=file]", new Microsoft.Playwright.FilePayload
        {
            Name = "list.ics", MimeType = "text/calendar", Buffer = Encoding.UTF8.GetBytes("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Chores of the yard\r\nBEGIN:VTODO\r\nUID:1\r\nSUMMARY:Sweep\r\nLOCATION:Yard\r\nEND:VTODO\r\nEND:VCALENDAR\r\n"),
        });
        await page.ClickAsync("button:has-text('Try without writing')");
        await Expect(page.Locator("text=A trial: nothing was written")).ToBeVisibleAsync();
        await Expect(page.Locator(".report-part >> nth=0")).ToContainTextAsync("location");
        await page.ClickAsync("button:has-text('Import for real')");
        await page.ClickAsync("a:has-text('Open the project')");
        await Expect(page.Locator(".tile .title")).ToHaveTextAsync("Sweep");
    }

    [Fact]
    public async Task What_was_selected_is_changed_thrown_away_and_brought_back()
    {
        var ada = await house.PersonAsync("ada");
        var (key, _) = await house.ProjectAsync(ada, "One", "Two", "Three");
        var page = await browser.OpenAsync(house, ada);
        await page.GotoAsync($"/tasks/p/{key}/list");
        foreach (var title in new[] { "One", "Two" }) await page.CheckAsync($"input[aria-label='Select {title}']");
        await Expect(page.Locator("#bulk [data-picked]")).ToHaveTextAsync("2");
        await page.SelectOptionAsync("#bulk select[name=status]", "Doing");
        await page.FillAsync("#bulk input[name=due]", "2031-05-01");
        await page.ClickAsync("#bulk button:has-text('Change')");
        await Expect(page.Locator(".list-head:has-text('Doing')")).ToContainTextAsync("2");
        await page.CheckAsync("input[aria-label='Select One']");
        await page.ClickAsync("#bulk button:has-text('Delete')");
        await page.ClickAsync("dialog[open] button:has-text('Put in the trash')");
        await Expect(page.Locator(".row.task .title:has-text('One')")).ToHaveCountAsync(0);
        await page.GotoAsync("/tasks/trash");
        await page.ClickAsync("button:has-text('Bring back')");
        await Expect(page.Locator("text=The trash is empty")).ToBeVisibleAsync();
        await page.GotoAsync($"/tasks/p/{key}/list");
        await Expect(page.Locator(".row.task .title:has-text('One')")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_feed_is_made_shown_once_and_ended_and_a_device_gets_its_password()
    {
        var ada = await house.PersonAsync("ada");
        var page = await browser.OpenAsync(house, ada);
        await page.GotoAsync("/tasks/feeds");
        await page.ClickAsync("button:has-text('Make a feed')");
        var address = await page.InputValueAsync("#feed-address");
        Assert.Contains("BEGIN:VCALENDAR", (await house.Stranger().GetAsync(new Uri(address).AbsolutePath)).Ok().Body);
        await page.GotoAsync("/tasks/feeds");
        await Expect(page.Locator("#feed-address")).ToHaveCountAsync(0);
        await page.ClickAsync("button[aria-label='End the feed My tasks']");
        await page.ClickAsync("dialog[open] button:has-text('End it')");
        await Expect(page.Locator("text=No feeds yet")).ToBeVisibleAsync();
        Assert.Equal(404, (int)(await house.Stranger().GetAsync(new Uri(address).AbsolutePath)).Status);

        await page.GotoAsync("/tasks/connect");
        await page.FillAsync("input[name=name]", "My phone");
        await page.ClickAsync("button:has-text('Make an app password')");
        Assert.True((await page.InputValueAsync("#connect-password")).Length > 20);
        await Expect(page.Locator(".qr")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Settings_add_a_column_a_label_and_a_person_and_hang_a_project_under_another()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var (key, _) = await house.ProjectAsync(ada);
        var (above, aboveId) = await house.ProjectAsync(ada);
        var page = await browser.OpenAsync(house, ada, script: false);
        await page.GotoAsync($"/tasks/p/{key}/settings");
        await page.SelectOptionAsync("select[name=parent]", aboveId);
        await page.ClickAsync("button:has-text('Save project')");
        await Expect(page.Locator("select[name=parent]")).ToHaveValueAsync(aboveId);
        await page.FillAsync("#column-name", "Waiting");
        await page.ClickAsync("button:has-text('Add column')");
        await Expect(page.Locator("input[aria-label='Name of Waiting']")).ToHaveCountAsync(1);
        await page.FillAsync("input[aria-label='New label']", "Stalls");
        await page.ClickAsync("button:has-text('Add label')");
        await Expect(page.Locator("input[aria-label='Name of label Stalls']")).ToHaveCountAsync(1);
        await page.FillAsync("#person-handle", ben.Handle);
        await page.ClickAsync("button:has-text('Add to project')");
        await Expect(page.Locator("#person, .card").Filter(new() { HasText = "Ben" }).First).ToBeVisibleAsync();
        (await ben.GetAsync($"/api/tasks/by-key/{key}-1")).Is(System.Net.HttpStatusCode.NotFound);
        Assert.Contains(key, (await ben.GetAsync("/api/tasks/projects")).Ok().Body);
        Assert.NotEmpty(above);
    }

    private static async Task UntilOverAsync(Microsoft.Playwright.IPage page)
    {
        for (var tries = 0; await page.Locator("dl.stats").CountAsync() == 0; tries++)
        {
            Assert.True(tries < 200, await page.InnerTextAsync("main"));
            await page.ReloadAsync();
        }
    }
}
