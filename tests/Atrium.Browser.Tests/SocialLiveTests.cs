using Atrium.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Atrium.Browser.Tests;

/// <summary>What is told to one person comes to their open page by itself, and to nobody else's.</summary>
public sealed class SocialLiveTests(SocialBrowserHouse house, Atrium.Testing.Browser browser)
{
    [Fact]
    public async Task A_notification_comes_to_the_open_page_and_is_read_there()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var id = await SocialBrowserHouse.PostAsync(ada, "Bread at five");
        var page = await browser.OpenAsync(house, ada);
        await page.GotoAsync("/social/notifications");
        await Expect(page.GetByText("Nothing to tell")).ToBeVisibleAsync();
        (await ben.PostAsync($"/api/v1/statuses/{id}/favourite")).Ok();
        await Expect(page.Locator(".notice")).ToContainTextAsync("likes your post");
        await SocialBrowserHouse.PostAsync(ben, $"@{ada.Handle} keep one for me");
        await Expect(page.Locator(".status")).ToContainTextAsync("keep one for me");
        // Ada looked at them as they came.
        await Testing.Browser.UntilAsync(page, "async () => (await (await fetch('/api/v1/notifications/unread_count')).json()).count === 0");
    }

    [Fact]
    public async Task The_numbers_of_a_profile_move_while_one_looks_at_it()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        await SocialBrowserHouse.PostAsync(ada, "One");
        var page = await browser.OpenAsync(house, ben);
        await page.GotoAsync($"/@{ada.Handle}");
        var counts = page.Locator(".counts");
        await Expect(counts).ToContainTextAsync("1 post");
        await Expect(counts).ToContainTextAsync("0 followers");
        await SocialBrowserHouse.PostAsync(ada, "Two");
        await Expect(counts).ToContainTextAsync("2 posts");
        var id = (await ada.GetAsync("/api/v1/accounts/verify_credentials")).Ok()["id"];
        (await (await house.PersonAsync("cleo")).PostAsync($"/api/v1/accounts/{id}/follow")).Ok();
        await Expect(counts).ToContainTextAsync("1 follower");
        await Expect(counts).ToContainTextAsync("Here since");
    }

    [Fact]
    public async Task A_private_message_comes_to_the_open_page()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var page = await browser.OpenAsync(house, ada);
        await page.GotoAsync("/social/conversations");
        await Expect(page.GetByText("No messages yet")).ToBeVisibleAsync();
        var first = await SocialBrowserHouse.PostAsync(ben, $"@{ada.Handle} the key is under the pot", "direct");
        await Expect(page.Locator(".row")).ToContainTextAsync("the key is under the pot");
        (await ben.PostAsync("/api/v1/statuses", new { status = $"@{ada.Handle} no, under the mat", visibility = "direct", in_reply_to_id = first })).Ok();
        await Expect(page.Locator(".row")).ToContainTextAsync("under the mat");
        await Expect(page.Locator(".row")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Nobody_else_hears_that_somebody_was_told()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var account = (await ada.GetAsync("/api/v1/accounts/verify_credentials")).Ok()["id"];
        var page = await browser.OpenAsync(house, ben);
        await page.GotoAsync("/social");
        foreach (var topic in (string[])[$"social:notices:{account}", $"social:messages:{account}", "counts:servers"])
        {
            var answer = await page.EvaluateAsync<string>(
                """
                topic => new Promise((done, fail) => {
                  const socket = new WebSocket(new URL('/live', location.href.replace(/^http/, 'ws')));
                  socket.onopen = () => socket.send(JSON.stringify({ op: 'sub', topic, cursor: '0' }));
                  socket.onmessage = ({ data }) => { done(JSON.parse(data).kind); socket.close(); };
                  socket.onerror = () => fail('closed');
                })
                """,
                topic);
            Assert.Equal("refused", answer);
        }
    }
}
