using System.Diagnostics;
using Atrium.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Atrium.Browser.Tests;

public sealed class TasksBoardTests(TasksHouse house, Atrium.Testing.Browser browser)
{
    [Fact]
    public async Task A_card_moved_in_one_browser_appears_in_the_other_within_a_second()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var (key, id) = await house.ProjectAsync(ada, "Book the brass quartet", "Order candles");
        await TasksHouse.ShareAsync(ada, id, ben);
        var (here, there) = (await browser.OpenAsync(house, ada), await browser.OpenAsync(house, ben));
        await here.GotoAsync($"/tasks/p/{key}/board");
        await there.GotoAsync($"/tasks/p/{key}/board");
        await Listening(there);
        await here.Locator(".tile .title", new() { HasText = "Order candles" }).FocusAsync();
        await here.Keyboard.PressAsync("ArrowRight");
        await Expect(Column(here, 1).Locator(".tile")).ToHaveCountAsync(1);
        var clock = Stopwatch.StartNew();
        await Expect(Column(there, 1).Locator(".tile .title")).ToHaveTextAsync("Order candles");
        Assert.InRange(clock.ElapsedMilliseconds, 0, 1000);
    }

    [Fact]
    public async Task Two_who_move_the_same_card_at_once_one_wins_and_the_other_is_told()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var (key, id) = await house.ProjectAsync(ada, "Street closure");
        await TasksHouse.ShareAsync(ada, id, ben);
        var (here, there) = (await browser.OpenAsync(house, ada), await browser.OpenAsync(house, ben));
        // The other page hears nothing of the move until it has tried its own.
        await there.RouteWebSocketAsync("**/live", _ => { });
        await here.GotoAsync($"/tasks/p/{key}/board");
        await there.GotoAsync($"/tasks/p/{key}/board");
        await Move(here, "Street closure", "ArrowRight");
        await Expect(Column(here, 1).Locator(".tile")).ToHaveCountAsync(1);
        await Settled(here);
        await there.Locator(".tile button[popovertarget]").ClickAsync();
        await there.Locator(".menu:popover-open >> text=Move to Done").ClickAsync();
        await Expect(there.Locator(".toast.bad")).ToContainTextAsync("someone else changed “Street closure”");
        await Expect(Column(there, 1).Locator(".tile .title")).ToHaveTextAsync("Street closure");
        await Expect(there.Locator(".tile")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_board_is_run_by_keyboard_alone()
    {
        var ada = await house.PersonAsync("ada");
        var (key, _) = await house.ProjectAsync(ada, "First", "Second");
        var page = await browser.OpenAsync(house, ada);
        await page.GotoAsync($"/tasks/p/{key}/board");
        await Ready(page);
        await page.Keyboard.PressAsync("c");
        await page.Keyboard.TypeAsync("Third");
        await page.Keyboard.PressAsync("Enter");
        await Expect(Column(page, 0).Locator(".tile")).ToHaveCountAsync(3);
        await page.Locator("#main").FocusAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await Expect(page.Locator(".tile .title:focus")).ToHaveTextAsync("Second");
        await page.Keyboard.PressAsync("ArrowUp");
        await Expect(Column(page, 0).Locator(".tile .title").First).ToHaveTextAsync("Second");
        // At once: a step builds on the one before it.
        await page.Keyboard.PressAsync("ArrowRight");
        await Expect(Column(page, 1).Locator(".tile .title")).ToHaveTextAsync("Second");
        await Expect(page.Locator("#board-said")).ToHaveTextAsync("“Second” moved to Doing, 1 of 1.");
        await page.Keyboard.PressAsync("x");
        await Expect(page.Locator("#bulk")).ToBeVisibleAsync();
        await Settled(page);
        await page.Keyboard.PressAsync("?");
        await Expect(page.Locator("dialog[open]")).ToContainTextAsync("Move the card a column to the right");
    }

    [Fact]
    public async Task A_card_is_dragged_to_another_column()
    {
        var ada = await house.PersonAsync("ada");
        var (key, _) = await house.ProjectAsync(ada, "Dragged", "Stays");
        var page = await browser.OpenAsync(house, ada);
        await page.GotoAsync($"/tasks/p/{key}/board");
        await Ready(page);
        var from = (await page.Locator(".tile").First.BoundingBoxAsync())!;
        var to = (await Column(page, 2).BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(from.X + 60, from.Y + 12);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(from.X + 100, from.Y + 40, new() { Steps = 4 });
        await page.Mouse.MoveAsync(to.X + 80, to.Y + 70, new() { Steps = 8 });
        await Expect(page.Locator(".ghost")).ToBeVisibleAsync();
        await page.Mouse.UpAsync();
        await Expect(Column(page, 2).Locator(".tile .title")).ToHaveTextAsync("Dragged");
        await Settled(page);
        await page.ReloadAsync();
        await Expect(Column(page, 2).Locator(".tile .title")).ToHaveTextAsync("Dragged");
        Assert.EndsWith("/board", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_script_a_task_is_made_moved_and_completed()
    {
        var ada = await house.PersonAsync("ada");
        var (key, _) = await house.ProjectAsync(ada);
        var page = await browser.OpenAsync(house, ada, script: false);
        await page.GotoAsync($"/tasks/p/{key}/board");
        await Column(page, 0).Locator("summary").ClickAsync();
        await Column(page, 0).Locator("[name=title]").FillAsync("By hand");
        await Column(page, 0).Locator("text=Add").Last.ClickAsync();
        await Expect(Column(page, 0).Locator(".tile .title")).ToHaveTextAsync("By hand");
        await page.Locator(".tile button[popovertarget]").ClickAsync();
        await page.Locator(".menu:popover-open >> text=Move to Doing").ClickAsync();
        await Expect(Column(page, 1).Locator(".tile .title")).ToHaveTextAsync("By hand");
        await page.Locator(".tile button[popovertarget]").ClickAsync();
        await page.Locator(".menu:popover-open >> text=Complete").ClickAsync();
        await Expect(Column(page, 2).Locator(".tile .title")).ToHaveTextAsync("By hand");
    }

    private static ILocator Column(IPage page, int at) => page.Locator(".column").Nth(at);

    private static Task Ready(IPage page) => Atrium.Testing.Browser.UntilAsync(page, "customElements.get('task-board') !== undefined && customElements.get('live-region') !== undefined");

    // Whoever listens is among those who look, and hears so.
    private static async Task Listening(IPage page)
    {
        await Ready(page);
        await Expect(page.Locator("#project-people .avatar.here").First).ToBeVisibleAsync();
    }

    private static Task Settled(IPage page) => Atrium.Testing.Browser.UntilAsync(page, "!document.querySelector('task-board[sending]')");

    private static async Task Move(IPage page, string title, string key)
    {
        await Ready(page);
        await page.Locator(".tile .title", new() { HasText = title }).FocusAsync();
        await page.Keyboard.PressAsync(key);
    }
}
