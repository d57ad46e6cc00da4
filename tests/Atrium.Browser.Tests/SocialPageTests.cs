using Atrium.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Atrium.Browser.Tests;

public sealed class SocialPageTests(SocialBrowserHouse house, Atrium.Testing.Browser browser)
{
    private const string Picture = "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAIAAAACUFjqAAAAEklEQVR4nGP4z8CAB+GTG8HSALfKY52fTcuYAAAAAElFTkSuQmCC";

    [Fact]
    public async Task Every_page_is_without_fault()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var id = await SocialBrowserHouse.PostAsync(ada, "Twelve loaves of rye #bread");
        (await ben.PostAsync($"/api/v1/statuses/{id}/favourite")).Ok();
        await SocialBrowserHouse.PostAsync(ben, $"@{ada.Handle} keep one for me", "direct");
        (await ada.PostAsync("/api/v1/statuses", new { status = "Which evening?", poll = new { options = new[] { "Friday", "Saturday" }, expires_in = 86400 } })).Ok();
        (await ada.PostAsync($"/api/v1/accounts/{await IdAsync(ben)}/follow")).Ok();
        (await ada.PostAsync($"/api/v1/accounts/{await IdAsync(ben)}/endorse")).Ok();
        (await ben.PostAsync("/api/v1/statuses", new { status = "Look", quoted_status_id = id })).Ok();
        (await ada.PostAsync("/api/v1/statuses", new { status = "Three pages", spoiler_text = "Long: the budget" })).Ok();
        var page = await browser.OpenAsync(house, ada);
        await Atrium.Testing.Browser.WalkAsync(
            page,
            ["/social", "/social/members", "/tags/bread", "/social/notifications", "/social/conversations", "/social/explore", "/social/bookmarks", "/social/favourites", "/social/public", "/social/new", $"/social/posts/{id}/edit", $"/@{ada.Handle}", $"/@{ben.Handle}", $"/@{ada.Handle}/{id}", $"/@{ada.Handle}/{id}/likes", $"/@{ada.Handle}/{id}/quotes", $"/@{ada.Handle}/media", $"/@{ada.Handle}/recommends", $"/social/report?person={await IdAsync(ben)}"]);
        await Atrium.Testing.Browser.WalkAsync(await browser.OpenAsync(house, await house.PersonAsync("boss", Kernel.Role.Administrator)), ["/social/admin/memorials"]);
    }

    [Fact]
    public async Task What_is_ones_own_is_without_fault()
    {
        var (ada, ben, cleo) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("cleo"));
        (await ada.PostAsync($"/api/v1/accounts/{await IdAsync(ben)}/follow")).Ok();
        (await ada.PostAsync($"/api/v1/accounts/{await IdAsync(cleo)}/mute", new { duration = 3600 })).Ok();
        (await ada.PostAsync($"/api/v1/accounts/{await IdAsync(await house.PersonAsync("dan"))}/block")).Ok();
        (await ada.PostAsync("/api/v1/domain_blocks", new { domain = "loud.example" })).Ok();
        (await ada.PostAsync("/api/v1/tags/bread/follow")).Ok();
        (await ada.PostAsync("/api/v1/tags/rye/feature")).Ok();
        await SocialBrowserHouse.PostAsync(ben, "Soup at noon");
        (await ada.PatchAsync("/api/v2/notifications/policy", new { for_not_following = "filter" })).Ok();
        await SocialBrowserHouse.PostAsync(await house.PersonAsync("emine"), $"@{ada.Handle} is this seat free?");
        (await ada.PatchAsync("/api/v1/accounts/update_credentials", new { locked = true })).Ok();
        (await (await house.PersonAsync("farah")).PostAsync($"/api/v1/accounts/{await IdAsync(ada)}/follow")).Ok();
        (await ben.PostAsync($"/api/v1/accounts/{await IdAsync(ada)}/follow")).Ok();
        var list = (await ada.PostAsync("/api/v1/lists", new { title = "Cooks" })).Ok()["id"];
        (await ada.PostAsync($"/api/v1/lists/{list}/accounts", new { account_ids = new[] { await IdAsync(ben) } })).Ok();
        var filter = (await ada.PostAsync("/api/v2/filters", new { title = "Sport", context = new[] { "home" }, expires_in = 86400, keywords_attributes = new[] { new { keyword = "goal" } } })).Ok()["id"];
        var draft = (await ada.PostAsync("/api/social/drafts", new { text = "Begun" })).Ok()["id"];
        var waiting = (await ada.PostAsync("/api/v1/statuses", new { status = "Later", scheduled_at = TimeProvider.System.GetUtcNow().AddDays(2).ToString("O") })).Ok()["id"];
        using var form = new MultipartFormDataContent { { new StringContent($"{ben.Handle}\nno address\n"), "file", "blocked_accounts.csv" } };
        var import = (await ada.SendAsync(HttpMethod.Post, "/api/social/imports?dry_run=true", form, [])).Ok()["id"];
        await house.DrainAsync();
        var page = await browser.OpenAsync(house, ada);
        await Atrium.Testing.Browser.WalkAsync(
            page,
            ["/social/notifications", $"/@{ben.Handle}", $"/@{ada.Handle}/following", "/social/lists", $"/social/lists/{list}", $"/social/lists/{list}/edit", "/social/drafts", $"/social/new?draft={draft}", $"/social/new?scheduled={waiting}", "/social/notifications/requests", "/social/settings", "/social/settings/notifications", "/social/settings/filters?try=a+goal", "/social/settings/filters/new", $"/social/settings/filters/{filter}", "/social/settings/hidden", "/social/settings/tags", "/social/settings/data", $"/social/settings/data/imports/{import}"]);
    }

    private static async Task<string> IdAsync(Person who) => (await who.GetAsync("/api/v1/accounts/verify_credentials")).Ok()["id"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_posts_a_picture_answers_likes_and_follows_with_script_and_without(bool script)
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var page = await browser.OpenAsync(house, ada, script: script);
        await page.GotoAsync("/social");
        await page.FillAsync("#compose-text", "Forty crates of apples");
        await page.ClickAsync("summary:has-text('Media')");
        await page.SetInputFilesAsync("input[name=file1]", new FilePayload { Name = "apples.png", MimeType = "image/png", Buffer = Convert.FromBase64String(Picture) });
        await page.FillAsync("input[name=alt1]", "Red apples in crates");
        await page.ClickAsync(".write button:has-text('Post')");
        await Expect(page.Locator(".status").First).ToContainTextAsync("Forty crates of apples");
        await Expect(page.GetByAltText("Red apples in crates")).ToBeVisibleAsync();
        if (script)
        {
            // Its script is there: before, a picture is a link.
            await Expect(page.Locator("button[data-preview]")).ToBeVisibleAsync();
            await page.ClickAsync("a[data-media]");
            await Expect(page.Locator(".media-dialog figcaption")).ToHaveTextAsync("Red apples in crates");
            await page.Keyboard.PressAsync("Escape");
        }

        var other = await browser.OpenAsync(house, ben, script: script);
        await other.GotoAsync($"/@{ada.Handle}");
        await other.ClickAsync($"button:has-text('Follow')");
        await Expect(other.Locator("form.follow button")).ToContainTextAsync("Following");
        await other.Locator(".status .like").First.ClickAsync();
        await Expect(other.Locator(".status .like").First).ToHaveAttributeAsync("aria-pressed", "true");
        await Expect(other.Locator(".status .like").First).ToContainTextAsync("1");
        await other.Locator(".status [data-act=reply]").First.ClickAsync();
        await other.FillAsync("#compose-text", $"@{ada.Handle} I bring bags");
        await other.ClickAsync(".write button:has-text('Reply')");
        await Expect(other.Locator(".answer .status")).ToContainTextAsync("I bring bags");
    }

    [Fact]
    public async Task One_posts_a_picture_likes_answers_follows_and_reports_by_keyboard_alone()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var page = await browser.OpenAsync(house, ada);
        await page.GotoAsync("/social");
        await Expect(page.Locator("button[data-preview]")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("c");
        await Expect(page.Locator("#compose-text")).ToBeFocusedAsync();
        // Asked for long before it is opened: the browser takes a moment to hand choosers over.
        var choosing = page.WaitForFileChooserAsync(new() { Timeout = 60_000 });
        await page.Keyboard.TypeAsync("Forty crates of pears");
        await TabToAsync(page, "summary:has-text('Media')");
        await page.Keyboard.PressAsync("Enter");
        await TabToAsync(page, "input[name=file1]");
        await page.Keyboard.PressAsync("Enter");
        await (await choosing).SetFilesAsync(new FilePayload { Name = "pears.png", MimeType = "image/png", Buffer = Convert.FromBase64String(Picture) });
        await TabToAsync(page, "input[name=alt1]");
        await page.Keyboard.TypeAsync("Green pears in crates");
        await TabToAsync(page, ".write button:has-text('Post')");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByAltText("Green pears in crates")).ToBeVisibleAsync();

        var other = await browser.OpenAsync(house, ben);
        await other.GotoAsync($"/@{ada.Handle}");
        await TabToAsync(other, "form.follow button");
        await other.Keyboard.PressAsync("Enter");
        await Expect(other.Locator("form.follow button")).ToContainTextAsync("Following");
        await other.Keyboard.PressAsync("j");
        await other.Keyboard.PressAsync("f");
        await Expect(other.Locator(".status .like").First).ToHaveAttributeAsync("aria-pressed", "true");
        await other.Keyboard.PressAsync("r");
        await Expect(other.Locator(".write button:has-text('Reply')")).ToBeVisibleAsync();
        await TabToAsync(other, "#compose-text");
        await other.Keyboard.TypeAsync("I bring bags");
        await TabToAsync(other, ".write button:has-text('Reply')");
        await other.Keyboard.PressAsync("Enter");
        await Expect(other.Locator(".answer .status")).ToContainTextAsync("I bring bags");

        await other.GotoAsync($"/@{ada.Handle}");
        await TabToAsync(other, "button[popovertarget=person-menu]");
        await other.Keyboard.PressAsync("Enter");
        await Expect(other.Locator("#person-menu")).ToBeVisibleAsync();
        // Menus are walked by arrows; the last comes first from below.
        for (var tries = 0; tries < 20 && !await other.Locator("#person-menu a:has-text('Report')").EvaluateAsync<bool>("e => e === document.activeElement"); tries++) await other.Keyboard.PressAsync("ArrowUp");
        await other.Keyboard.PressAsync("Enter");
        await TabToAsync(other, "textarea[name=comment]");
        await other.Keyboard.TypeAsync("Sells the same pears twice");
        await TabToAsync(other, "main button:has-text('Report')");
        await other.Keyboard.PressAsync("Enter");
        await other.WaitForURLAsync("**/social/reported");
    }

    [Fact]
    public async Task A_person_and_a_post_are_reported_without_script_and_the_moderators_read_why()
    {
        var (ada, ben, mod) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"), await house.PersonAsync("mod", Kernel.Role.Moderator));
        var post = await SocialBrowserHouse.PostAsync(ada, "The same pears twice");
        var page = await browser.OpenAsync(house, ben, script: false);
        foreach (var (address, menu, category, words, thing) in new[]
        {
            ($"/@{ada.Handle}", "button[popovertarget=person-menu]", "harassment", "Shouts at everybody", $"account:{await IdAsync(ada)}"),
            ($"/@{ada.Handle}/{post}", $"#post-{post} button[popovertarget]", "spam", "Sells them twice", $"status:{post}"),
        })
        {
            await page.GotoAsync(address);
            await page.Locator(menu).Last.ClickAsync();
            await page.ClickAsync("[popover]:popover-open a:has-text('Report')");
            await page.CheckAsync($"input[name=category][value={category}]");
            await page.FillAsync("textarea[name=comment]", words);
            await page.ClickAsync("main button:has-text('Report')");
            await page.WaitForURLAsync("**/social/reported");
            await Expect(page.Locator("main h1")).ToBeVisibleAsync();

            var @case = await CaseAsync(mod, thing);
            var told = (await mod.GetAsync($"/api/home/moderation/cases/{@case}")).Ok().Json.GetProperty("reports")[0];
            Assert.Equal((category, words), (told.GetProperty("category").GetString(), told.GetProperty("comment").GetString()));
        }
    }

    // Among many that other tests opened.
    private static async Task<string> CaseAsync(Person mod, string thing)
    {
        for (var path = "/api/home/moderation/cases?limit=100"; ;)
        {
            var page = (await mod.GetAsync(path)).Ok().Json;
            foreach (var one in page.GetProperty("items").EnumerateArray())
                if (one.GetProperty("thing").GetString() == thing) return one.GetProperty("id").GetString()!;
            path = $"/api/home/moderation/cases?limit=100&cursor={page.GetProperty("next").GetString() ?? throw new InvalidOperationException($"There is no case about {thing}.")}";
        }
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        var wanted = page.Locator(selector).First;
        await Expect(wanted).ToBeVisibleAsync();
        for (var tries = 0; !await wanted.EvaluateAsync<bool>("e => e === document.activeElement"); tries++)
        {
            Assert.True(tries < 150, $"No key leads to {selector}.");
            await page.Keyboard.PressAsync("Tab");
        }
    }

    [Fact]
    public async Task What_others_post_waits_behind_a_line_until_it_is_asked_for()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var account = (await ben.GetAsync("/api/v1/accounts/verify_credentials")).Ok()["id"];
        (await ada.PostAsync($"/api/v1/accounts/{account}/follow")).Ok();
        var page = await browser.OpenAsync(house, ada);
        await page.GotoAsync("/social");
        await Expect(page.Locator("social-news[ready]")).ToHaveCountAsync(1);
        await SocialBrowserHouse.PostAsync(ben, "The van leaves at six");
        await Expect(page.Locator(".new-posts")).ToHaveTextAsync("1 new post");
        await Atrium.Testing.Browser.CheckAsync(page);
        await Expect(page.Locator(".status")).ToHaveCountAsync(0);
        await page.ClickAsync(".new-posts");
        await Expect(page.Locator(".status")).ToContainTextAsync("The van leaves at six");
        await Expect(page.Locator(".new-posts")).ToHaveCountAsync(0);
    }
}
