using System.IO.Compression;
using System.Net;
using System.Text.RegularExpressions;
using Atrium.Testing;
using Microsoft.Playwright;

namespace Atrium.Web.Tests;

public sealed partial class PageTests(WebHouse house, Browser browser)
{
    public static TheoryData<int, bool> Looks { get; } = new() { { 1280, false }, { 1280, true }, { 390, false }, { 390, true }, { 900, false } };

    [Theory]
    [MemberData(nameof(Looks))]
    public async Task The_kit_is_without_fault_at_every_width_in_both_themes(int width, bool dark)
    {
        var (page, wrong) = await OpenAsync(width, dark, member: true);
        await page.GotoAsync("/ui");
        Assert.Equal("The kit · Atrium", await page.TitleAsync());
        await Browser.CheckAsync(page);
        await ShootAsync(page, $"ui-{width}-{(dark ? "dark" : "light")}");
        if (width < 400)
        {
            await page.SetViewportSizeAsync(360, 800);
            Assert.Equal(360, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(360)]
    public async Task A_bare_form_and_an_error_page_are_without_fault(int width)
    {
        var (page, wrong) = await OpenAsync(width, dark: false, member: false);
        await page.GotoAsync("/sample/form");
        await Browser.CheckAsync(page);
        await ShootAsync(page, $"bare-{width}");
        Assert.Empty(wrong);
        await page.GotoAsync("/nowhere");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Nothing here");
        await Browser.CheckAsync(page);
        await ShootAsync(page, $"error-{width}");
    }

    [Fact]
    public async Task A_fault_of_ours_is_a_plain_page_and_says_nothing_of_itself()
    {
        using var visitor = new Caller(house, null);
        var answer = await visitor.PageAsync("/sample/broken");
        Assert.Equal(HttpStatusCode.InternalServerError, answer.Status);
        Assert.Contains("Something broke on our side", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("InvalidOperation", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_refused_form_comes_back_as_it_was_typed_with_script_and_without(bool script)
    {
        var page = await browser.OpenAsync(house, script: script);
        await page.GotoAsync("/sample/form");
        await page.FillAsync("[name=name]", "Ada!");
        await page.ClickAsync("text=Save name");
        await Expect(page.Locator(".form-errors li").First).ToHaveTextAsync("A name has no exclamation mark.");
        await Expect(page.Locator("[name=name]")).ToHaveValueAsync("Ada!");
        await page.ClickAsync(".form-errors a");
        await Expect(page.Locator("[name=name]")).ToBeFocusedAsync();
        await page.FillAsync("[name=name]", "Ada");
        await page.ClickAsync("text=Save name");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Saved Ada");
    }

    [Fact]
    public async Task Going_from_page_to_page_does_not_reload()
    {
        var (page, wrong) = await OpenAsync(1280, dark: false, member: true);
        await page.GotoAsync("/sample/done?name=Ada");
        await page.EvaluateAsync("window.mark = 1");
        await page.ClickAsync("text=Kit");
        await Expect(page.Locator("h1")).ToHaveTextAsync("The kit");
        Assert.Equal(1, await page.EvaluateAsync<int?>("window.mark ?? 0"));
        await page.ClickAsync("#f-none, [popovertarget=kit-menu]");
        await Expect(page.Locator("#kit-menu")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.Locator("#kit-menu li:nth-of-type(3) > button")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#kit-menu")).ToBeHiddenAsync();
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData(1280)]
    [InlineData(360)]
    public async Task Menus_of_the_frame_open_within_the_window(int width)
    {
        var (page, wrong) = await OpenAsync(width, dark: false, member: true);
        await page.GotoAsync("/sample/done?name=Ada");
        foreach (var (button, menu) in new[] { ("[popovertarget=create-menu]", "#create-menu"), ("[popovertarget=me-menu]", "#me-menu") })
        {
            await page.ClickAsync(button);
            await Expect(page.Locator(menu)).ToBeInViewportAsync(new() { Ratio = 1 });
            await ShootAsync(page, $"{menu[1..]}-{width}");
            await Browser.CheckAsync(page);
            await page.Keyboard.PressAsync("Escape");
            await Expect(page.Locator(menu)).ToBeHiddenAsync();
            await Expect(page.Locator(button)).ToBeFocusedAsync();
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task The_palette_goes_anywhere_by_keyboard()
    {
        var (page, wrong) = await OpenAsync(1280, dark: false, member: true);
        await page.GotoAsync("/sample/done?name=Ada");
        await page.Keyboard.PressAsync("Control+k");
        await Expect(page.Locator(".palette [role=option]").First).ToBeVisibleAsync();
        await page.Keyboard.TypeAsync("lights");
        await Expect(page.Locator(".palette [role=option]").First).ToContainTextAsync("Found lights");
        await ShootAsync(page, "palette");
        await Browser.CheckAsync(page);
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("h1")).ToHaveTextAsync("Saved palette");
        await page.Keyboard.PressAsync("/");
        await Expect(page.Locator("[name=q]")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("?");
        await Expect(page.Locator("dialog.help")).ToBeVisibleAsync();
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Dialogs_open_over_the_page_and_give_focus_back()
    {
        var (page, wrong) = await OpenAsync(1280, dark: false, member: true);
        await page.GotoAsync("/ui");
        await page.ClickAsync("[data-dialog=kit-dialog]");
        await Expect(page.Locator("#kit-dialog")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("#kit-dialog")).ToBeHiddenAsync();
        await Expect(page.Locator("[data-dialog=kit-dialog]")).ToBeFocusedAsync();
        await page.ClickAsync("text=Ask first");
        await Expect(page.Locator("dialog[open] h2")).ToHaveTextAsync("Delete “Winter market”?");
        await page.ClickAsync("dialog[open] >> text=Keep it");
        Assert.EndsWith("/ui", page.Url);
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task The_editor_marks_up_and_previews()
    {
        var (page, wrong) = await OpenAsync(1280, dark: false, member: true);
        await page.GotoAsync("/ui");
        await page.FillAsync("#kit-notes", "loud");
        await page.EvaluateAsync("document.querySelector('#kit-notes').select()");
        await page.ClickAsync("markdown-editor [data-act=strong]");
        await Expect(page.Locator("#kit-notes")).ToHaveValueAsync("**loud**");
        await page.ClickAsync("markdown-editor [data-act=preview]");
        await Expect(page.Locator("markdown-editor .preview p")).ToHaveTextAsync("**loud**");
        Assert.Empty(wrong);
    }

    [Fact]
    public async Task A_first_page_weighs_under_a_hundred_kilobytes()
    {
        using var visitor = new Caller(house, null);
        var page = await visitor.PageAsync("/ui");
        var assets = Assets().Matches(page.Body).Select(m => m.Groups["url"].Value).Distinct().ToList();
        Assert.True(assets.Count >= 6, string.Join(' ', assets));
        string[] modules = ["toast", "menus", "dialogs", "shortcuts", "palette", "forms", "theme", "icons"];
        var weight = 0;
        foreach (var path in assets.Concat(modules.Select(m => $"/_content/Atrium.Web/js/{m}.js")))
        {
            var asset = (await visitor.GetAsync(path)).Is(HttpStatusCode.OK);
            weight += Compressed(asset);
            // Named by what is in it, so that browsers may keep it for ever.
            if (path.EndsWith(".css", StringComparison.Ordinal)) Assert.Matches(@"\.[a-z0-9]{10}\.css$", path);
        }

        Assert.True(weight is > 10_000 and < 100_000, $"A first page is {weight} bytes of script and style.");
    }

    [Fact]
    public async Task The_service_worker_is_served_from_the_root()
    {
        using var visitor = new Caller(house, null);
        var answer = (await visitor.GetAsync("/sw.js")).Is(HttpStatusCode.OK);
        Assert.Equal("text/javascript; charset=utf-8", answer.Headers["Content-Type"]);
        Assert.Contains("'push'", answer.Body, StringComparison.Ordinal);
    }

    // A development build stores its assets without pressing them; a published house presses them as hard as it can.
    private static int Compressed(Answer asset)
    {
        using var small = new MemoryStream();
        using (var brotli = new BrotliStream(small, CompressionLevel.SmallestSize, leaveOpen: true)) brotli.Write(asset.Bytes);
        return (int)small.Length;
    }

    [GeneratedRegex("(href|src)=\"(?<url>/_(content|framework)/[^\"]+\\.(css|js))\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Assets();

    private static ILocatorAssertions Expect(ILocator locator) => Assertions.Expect(locator);

    private async Task<(IPage Page, List<string> Wrong)> OpenAsync(int width, bool dark, bool member)
    {
        var person = member ? Members.Ada(house) : null;
        var page = await browser.OpenAsync(house, person, width, dark: dark);
        var wrong = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") wrong.Add(message.Text);
        };
        page.PageError += (_, error) => wrong.Add(error);
        return (page, wrong);
    }

    private static async Task ShootAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("ATRIUM_SHOTS") is { Length: > 0 } folder)
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }
}
