using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Atrium.Web.Tests;

public sealed class LiveTests(WebHouse house, Browser browser)
{
    [Fact]
    public async Task What_others_change_appears_and_a_half_typed_word_stays()
    {
        var page = await browser.OpenAsync(house);
        await page.GotoAsync("/sample/live");
        var before = await page.Locator("#lines li").CountAsync();
        await page.Locator("#draft").PressSequentiallyAsync("half");
        await page.EvaluateAsync("window.first = document.querySelector('#lines li')");
        house.Services.GetRequiredService<SampleState>().Add("Second line");
        await Assertions.Expect(page.Locator("#lines li")).ToHaveCountAsync(before + 1);
        await Assertions.Expect(page.Locator("#draft")).ToHaveValueAsync("half");
        await Assertions.Expect(page.Locator("#draft")).ToBeFocusedAsync();
        Assert.True(await page.EvaluateAsync<bool>("window.first === document.querySelector('#lines li')"));
        await Assertions.Expect(page.Locator("live-region")).ToHaveAttributeAsync("cursor", house.Services.GetRequiredService<SampleState>().Cursor.ToString());
    }

    [Fact]
    public async Task A_region_that_comes_late_and_was_rendered_before_fetches_what_it_missed()
    {
        var page = await browser.OpenAsync(house);
        await page.GotoAsync("/sample/live");
        var (state, before) = (house.Services.GetRequiredService<SampleState>(), await page.Locator("#lines li").CountAsync());
        // As it was rendered: it is put in once the other has heard of more.
        await page.EvaluateAsync("window.late = document.querySelector('live-region').cloneNode(true); window.late.querySelector('ul').id = 'late'");
        state.Add("Heard by one");
        await Assertions.Expect(page.Locator("#lines li")).ToHaveCountAsync(before + 1);
        await page.EvaluateAsync("document.querySelector('.page').append(window.late)");
        await Assertions.Expect(page.Locator("live-region").Nth(1).Locator("li", new() { HasText = "Heard by one" })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_socket_that_broke_catches_up()
    {
        var page = await browser.OpenAsync(house);
        await page.AddInitScriptAsync("window.sockets = []; const Real = WebSocket; window.WebSocket = class extends Real { constructor(...a) { super(...a); window.sockets.push(this); } };");
        await page.GotoAsync("/sample/live");
        await Browser.UntilAsync(page, "window.sockets[0]?.readyState === 1");
        await page.EvaluateAsync("window.sockets[0].close()");
        house.Services.GetRequiredService<SampleState>().Add("Told while away");
        await Assertions.Expect(page.Locator("#lines li", new() { HasText = "Told while away" })).ToHaveCountAsync(1);
        Assert.True(await page.EvaluateAsync<int>("window.sockets.length") >= 2);
    }
}
