using Atrium.Social.Tests;
using Atrium.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Atrium.Browser.Tests;

/// <summary>What the pages of Social do as one looks at them and types.</summary>
public sealed class SocialWritingTests(SocialBrowserHouse house, Atrium.Testing.Browser browser)
{
    private const string Picture = "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR4nGP4z8CAB+GTG8HSALfKY52fTcuYAAAAAElFTkSuQmCC";

    [Fact]
    public async Task New_answers_and_edits_arrive_on_the_page_of_a_post_and_leave_what_is_typed()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var id = await SocialBrowserHouse.PostAsync(ada, "Who brings the van?");
        var page = await browser.OpenAsync(house, ada);
        await page.GotoAsync($"/@{ada.Handle}/{id}");
        await page.FillAsync("#compose-text", $"@{ada.Handle} half a thought");
        var answer = (await ben.PostAsync("/api/v1/statuses", new { status = "I have one", in_reply_to_id = id, visibility = "public" })).Ok()["id"];
        await Expect(page.Locator($"#thread-answers #post-{answer}")).ToContainTextAsync("I have one");
        await Expect(page.Locator("#answers .count")).ToHaveTextAsync("1");
        (await ben.PutAsync($"/api/v1/statuses/{answer}", new { status = "I have two" })).Ok();
        await Expect(page.Locator($"#post-{answer}")).ToContainTextAsync("I have two");
        (await ada.PutAsync($"/api/v1/statuses/{id}", new { status = "Who drives the van?" })).Ok();
        await Expect(page.Locator("#thread-post")).ToContainTextAsync("Who drives the van?");
        (await ben.DeleteAsync($"/api/v1/statuses/{answer}")).Ok();
        await Expect(page.Locator($"#post-{answer}")).ToHaveCountAsync(0);
        await Expect(page.Locator("#compose-text")).ToHaveValueAsync($"@{ada.Handle} half a thought");
    }

    [Fact]
    public async Task The_box_of_the_filters_answers_as_one_types()
    {
        var ada = await house.PersonAsync("ada");
        (await ada.PostAsync("/api/v2/filters", new { title = "Football", context = (string[])["home"], filter_action = "hide", keywords_attributes = new[] { new { keyword = "goal", whole_word = true } } })).Ok();
        var page = await browser.OpenAsync(house, ada);
        await page.GotoAsync("/social/settings/filters");
        await Expect(page.Locator("try-box[ready]")).ToHaveCountAsync(1);
        await page.FillAsync("#try", "What a goal");
        await Expect(page.Locator("#tried")).ToContainTextAsync("Caught by “Football” (goal).");
        await page.FillAsync("#try", "What a goalkeeper");
        await Expect(page.Locator("#tried")).ToContainTextAsync("No filter catches this.");
        await Expect(page.Locator("#try")).ToHaveValueAsync("What a goalkeeper");
    }

    [Fact]
    public async Task What_is_typed_is_kept_as_a_draft_and_survives_a_closed_tab()
    {
        var ada = await house.PersonAsync("ada");
        var page = await browser.OpenAsync(house, ada);
        await page.GotoAsync("/social");
        await page.FillAsync("#compose-text", "A long letter, not finished");
        await Expect(page.Locator("[data-composer][data-kept]")).ToHaveCountAsync(1);
        await page.CloseAsync();
        var again = await browser.OpenAsync(house, ada);
        await again.GotoAsync("/social/drafts");
        await again.ClickAsync("a:has-text('A long letter, not finished')");
        await Expect(again.Locator("#compose-text")).ToHaveValueAsync("A long letter, not finished");
        await again.ClickAsync(".write button:has-text('Post')");
        await Expect(again.Locator(".status").First).ToContainTextAsync("A long letter, not finished");
        Assert.Equal(0, (await ada.GetAsync("/api/social/drafts")).Ok().Json.GetArrayLength());
    }

    [Fact]
    public async Task A_preview_shows_markdown_and_gives_the_text_back()
    {
        var ada = await house.PersonAsync("ada");
        var page = await browser.OpenAsync(house, ada);
        await page.GotoAsync("/social/new");
        await page.FillAsync("#compose-text", "**Bread** at _five_");
        await page.ClickAsync("summary:has-text('Options')");
        await page.CheckAsync("input[name=markdown]");
        await page.ClickAsync("button:has-text('Preview')");
        await Expect(page.Locator(".write .preview strong")).ToHaveTextAsync("Bread");
        await Expect(page.Locator("#compose-text")).ToBeHiddenAsync();
        await page.ClickAsync("button:has-text('Preview')");
        await Expect(page.Locator("#compose-text")).ToBeFocusedAsync();
        await Expect(page.Locator("#compose-text")).ToHaveValueAsync("**Bread** at _five_");
    }

    [Fact]
    public async Task A_picture_without_words_is_asked_about_and_its_focal_point_is_set_by_keys()
    {
        var ada = await house.PersonAsync("ada");
        var page = await browser.OpenAsync(house, ada);
        await page.GotoAsync("/social/new");
        await page.FillAsync("#compose-text", "Look");
        await page.ClickAsync("summary:has-text('Media')");
        await page.SetInputFilesAsync("input[name=file1]", new FilePayload { Name = "apples.png", MimeType = "image/png", Buffer = Convert.FromBase64String(Picture) });
        await page.FocusAsync(".write .focal");
        for (var i = 0; i < 4; i++) await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(page.Locator("input[name=focus1]")).ToHaveValueAsync("0.2,0.8");
        await Expect(page.Locator(".write .focal[aria-label*='top.']")).ToHaveCountAsync(1);
        await page.ClickAsync(".write button:has-text('Post')");
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("without a description");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Keep it" }).ClickAsync();
        await page.FillAsync("input[name=alt1]", "Red apples");
        await page.ClickAsync(".write button:has-text('Post')");
        await Expect(page.GetByAltText("Red apples")).ToHaveAttributeAsync("data-down", "0");
        var post = (await ada.GetAsync($"/api/v1/accounts/{(await ada.GetAsync("/api/v1/accounts/verify_credentials")).Ok()["id"]}/statuses")).Ok().Json[0];
        var focus = post.GetProperty("media_attachments")[0].GetProperty("meta").GetProperty("focus");
        Assert.Equal((0.2, 0.8), (focus.GetProperty("x").GetDouble(), focus.GetProperty("y").GetDouble()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_film_and_a_sound_are_tried_in_the_form_and_played_in_the_post_with_script_and_without(bool script)
    {
        var ada = await house.PersonAsync("ada");
        var page = await browser.OpenAsync(house, ada, script: script);
        await page.GotoAsync("/social/new");
        await page.FillAsync("#compose-text", "Look and listen");
        await page.ClickAsync("summary:has-text('Media')");
        await page.SetInputFilesAsync("input[name=file1]", new FilePayload { Name = "cat.webm", MimeType = "video/webm", Buffer = SampleMedia.Webm("x") });
        await page.SetInputFilesAsync("input[name=file2]", new FilePayload { Name = "bell.wav", MimeType = "audio/wav", Buffer = SampleMedia.Wav("x") });
        if (script)
        {
            await Expect(page.Locator(".picture-row video")).ToHaveAttributeAsync("aria-label", "cat.webm");
            await Expect(page.Locator(".picture-row audio")).ToHaveAttributeAsync("aria-label", "bell.wav");
        }

        await page.FillAsync("input[name=alt1]", "A cat jumps");
        await page.FillAsync("input[name=alt2]", "A bell rings");
        await page.ClickAsync(".write button:has-text('Post')");
        await Expect(page.Locator(".status video")).ToHaveAttributeAsync("aria-label", "A cat jumps");
        await Expect(page.Locator(".status audio")).ToHaveAttributeAsync("aria-label", "A bell rings");
        if (!script) return;
        await Testing.Browser.CheckAsync(page);
        // The sound is whole after its journey: a browser knows how long it is.
        await Testing.Browser.UntilAsync(page, "() => Math.abs(document.querySelector('.status audio').duration - 0.5) < 0.1");
    }

    [Fact]
    public async Task A_file_that_is_not_taken_is_explained_beside_what_was_written()
    {
        var ada = await house.PersonAsync("ada");
        var page = await browser.OpenAsync(house, ada);
        await page.GotoAsync("/social/new");
        await page.FillAsync("#compose-text", "Our plan");
        await page.ClickAsync("summary:has-text('Media')");
        await page.SetInputFilesAsync("input[name=file1]", new FilePayload { Name = "plan.svg", MimeType = "image/svg+xml", Buffer = System.Text.Encoding.UTF8.GetBytes("<svg xmlns='http://www.w3.org/2000/svg'/>") });
        await page.FillAsync("input[name=alt1]", "The plan");
        await page.ClickAsync(".write button:has-text('Post')");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("File content type is invalid");
        await Expect(page.Locator("#compose-text")).ToHaveValueAsync("Our plan");
        await Testing.Browser.CheckAsync(page);
    }

    [Fact]
    public async Task A_post_is_deleted_and_redrafted_from_its_menu()
    {
        var ada = await house.PersonAsync("ada");
        var id = await SocialBrowserHouse.PostAsync(ada, "Bread at six");
        var page = await browser.OpenAsync(house, ada);
        await page.GotoAsync($"/@{ada.Handle}");
        await page.ClickAsync($"#post-{id} [aria-label='More about this post']");
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete and redraft" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Delete and redraft" }).ClickAsync();
        await Expect(page.Locator("#compose-text")).ToHaveValueAsync("Bread at six");
        await page.FillAsync("#compose-text", "Bread at five");
        await page.ClickAsync(".write button:has-text('Post')");
        await Expect(page.Locator(".status").First).ToContainTextAsync("Bread at five");
        await Expect(page.GetByText("Bread at six")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_list_is_made_filled_and_read_by_keyboard_alone()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        (await ada.PostAsync($"/api/v1/accounts/{(await ben.GetAsync("/api/v1/accounts/verify_credentials")).Ok()["id"]}/follow")).Ok();
        await SocialBrowserHouse.PostAsync(ben, "Soup at noon");
        var page = await browser.OpenAsync(house, ada);
        await page.GotoAsync("/social/lists");
        await page.FocusAsync("#list-title");
        await page.Keyboard.TypeAsync("Cooks");
        await page.Keyboard.PressAsync("Enter");
        var add = page.GetByRole(AriaRole.Button, new() { Name = "Add Ben" });
        await add.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Remove Ben" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Read it" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".status")).ToContainTextAsync("Soup at noon");
    }
}
