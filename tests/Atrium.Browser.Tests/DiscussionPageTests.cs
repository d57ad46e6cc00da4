using Atrium.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Atrium.Browser.Tests;

/// <summary>What is said about a thing looks on its page as it does in Social, and is written with the same form.</summary>
public sealed class DiscussionPageTests(TalkHouse house, Atrium.Testing.Browser browser)
{
    private const string Picture = "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR4nGP4z8CAB+GTG8HSALfKY52fTcuYAAAAAElFTkSuQmCC";

    [Fact]
    public async Task A_comment_has_pictures_a_poll_and_a_warning_and_is_answered_liked_and_hidden_where_it_stands()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var at = await TaskAsync(ada, ben);
        var page = await browser.OpenAsync(house, ben);
        await page.GotoAsync(at);
        await page.FillAsync("#compose-text", "The plan, **second try**");
        await page.ClickAsync(".discussion .write summary:has-text('Media')");
        await page.SetInputFilesAsync("#compose-file", new FilePayload { Name = "plan.png", MimeType = "image/png", Buffer = Convert.FromBase64String(Picture) });
        await page.FillAsync("input[name=alt1]", "Stalls around the fountain");
        await page.ClickAsync(".discussion .write button:has-text('Comment')");
        await Expect(page.Locator(".comment .media img")).ToHaveAttributeAsync("alt", "Stalls around the fountain");
        await Expect(page.Locator(".comment .text strong")).ToHaveTextAsync("second try");

        await page.FillAsync("#compose-text", "Which one?");
        await page.ClickAsync(".discussion .write summary:has-text('Poll')");
        await page.FillAsync("input[name=option1]", "The first");
        await page.FillAsync("input[name=option2]", "The second");
        await page.ClickAsync(".discussion .write summary:has-text('Warning')");
        await page.FillAsync("input[name=spoiler]", "Long");
        await page.ClickAsync(".discussion .write button:has-text('Comment')");
        await Expect(page.Locator(".comment")).ToHaveCountAsync(2);

        var hers = await browser.OpenAsync(house, ada);
        await hers.GotoAsync(at);
        await hers.ClickAsync(".comment .warned summary");
        await hers.CheckAsync(".comment .ballot input[value='1']");
        await hers.ClickAsync(".comment .ballot button:has-text('Vote')");
        await Expect(hers.Locator(".comment .vote .mine")).ToContainTextAsync("The second");
        await hers.ClickAsync(".comment >> nth=0 >> [data-act=like]");
        await Expect(hers.Locator(".comment >> nth=0 >> [data-act=like]")).ToHaveAttributeAsync("aria-pressed", "true");
        await hers.ClickAsync(".comment >> nth=0 >> [data-act=reply]");
        await Expect(hers.Locator(".comment .write #compose-text")).ToHaveValueAsync($"@{ben.Handle} ");
        await hers.FillAsync(".comment .write #compose-text", "The second it is");
        await hers.ClickAsync(".comment .write button:has-text('Reply')");
        await Expect(hers.Locator(".comment .comment .text")).ToHaveTextAsync("The second it is");
        await Expect(hers.Locator("#discussion-head .count")).ToHaveTextAsync("3");

        await hers.Locator(".status.small").First.GetByLabel("More about this post").First.ClickAsync();
        await hers.Locator(".comment").First.Locator("button:visible:has-text('Hide from others')").First.ClickAsync();
        await Expect(hers.Locator(".status.held")).ToContainTextAsync("Hidden");
        await page.GotoAsync(at);
        // Its author still reads it, and does not decide.
        await Expect(page.Locator(".status.held")).ToContainTextAsync("Hidden");
        await Expect(page.Locator("button:has-text('Show to others again')")).ToHaveCountAsync(0);
        await Atrium.Testing.Browser.CheckAsync(hers);
    }

    [Fact]
    public async Task Without_script_one_comments_answers_and_is_told_what_was_refused()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var at = await TaskAsync(ada, ben);
        var page = await browser.OpenAsync(house, ben, script: false);
        await page.GotoAsync(at);
        await page.ClickAsync(".discussion .write button:has-text('Comment')");
        await Expect(page.Locator("body")).ToContainTextAsync("Comment");
        await page.FillAsync("#compose-text", "Said in the end");
        await page.ClickAsync(".write button:has-text('Comment')");
        await Expect(page.Locator(".comment .text")).ToHaveTextAsync("Said in the end");
        await page.ClickAsync(".comment [data-act=reply]");
        await page.FillAsync("#compose-text", "And once more");
        await page.ClickAsync(".write button:has-text('Reply')");
        await Expect(page.Locator(".comment .comment .text")).ToHaveTextAsync("And once more");
    }

    [Fact]
    public async Task A_renamed_task_is_called_so_in_its_thread()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var task = (await TaskAsync(ada, ben)).Split('/')[^1];
        var path = $"/api/social/discussions/task:{task}";
        (await ben.PostAsync(path + "/comments", new { text = "Around the fountain" })).Ok();
        var root = (await ada.GetAsync(path)).Ok()["root_id"];
        var before = (await ben.GetAsync($"/api/v1/statuses/{root}")).Ok();
        Assert.Contains("Stalls", before["content"], StringComparison.Ordinal);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, before.Json.GetProperty("edited_at").ValueKind);
        (await ada.PatchAsync($"/api/tasks/tasks/{task}", new { title = "Stands" })).Ok();
        await house.SettledAsync();
        var after = (await ben.GetAsync($"/api/v1/statuses/{root}")).Ok();
        Assert.Contains("Stands", after["content"], StringComparison.Ordinal);
        Assert.Equal("Stands", after.Json.GetProperty("card").GetProperty("title").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.String, after.Json.GetProperty("edited_at").ValueKind);
    }

    private static async Task<string> TaskAsync(Person owner, Person with)
    {
        var project = (await owner.PostAsync("/api/tasks/projects", new { title = "Winter market" })).Ok();
        await TasksHouse.ShareAsync(owner, project["id"], with);
        return $"/tasks/t/{(await owner.PostAsync($"/api/tasks/projects/{project["id"]}/tasks", new { title = "Stalls" })).Ok()["id"]}";
    }
}
