using System.Web;
using Atrium.Testing;

namespace Atrium.Accounts.Tests.OAuth;

/// <summary>The pages in Chromium: whole, narrow, dark, and under the strict Content-Security-Policy.</summary>
public sealed class OAuthPagesTests(CredentialHouse house, Browser browser) : IClassFixture<Browser>
{
    [Fact]
    public async Task Consent_leaves_the_house_for_the_app_s_own_address()
    {
        var app = await OAuthDance.RegisterAsync(house, redirect: "http://127.0.0.1/callback");
        using var ada = await house.PersonAsync("ada");
        var page = await browser.OpenAsync(house, ada);
        await page.RouteAsync("http://127.0.0.1:47999/**", route => route.FulfillAsync(new() { Body = "Back in the app." }));
        await page.GotoAsync(app.AuthorizeUrl(redirect: "http://127.0.0.1:47999/callback"));
        await page.GetByRole(Microsoft.Playwright.AriaRole.Button, new() { Name = "Allow Herbarium" }).ClickAsync();
        await page.WaitForURLAsync("http://127.0.0.1:47999/**");
        Assert.NotNull(HttpUtility.ParseQueryString(new Uri(page.Url).Query)["code"]);
    }

    [Fact]
    public async Task The_pages_are_sound_at_any_width_in_light_and_dark()
    {
        var app = await OAuthDance.RegisterAsync(house);
        using var ada = await house.PersonAsync("ada");
        await app.TokensAsync(ada);
        await ada.PostAsync("/api/accounts/tokens", new { name = "Night job", scopes = new[] { "probe:read" } });
        await ada.PostAsync("/api/accounts/app-passwords", new { name = "Phone" });
        var own = await ada.PostAsync("/api/accounts/apps", new { name = "Tally", redirect_uris = new[] { "https://tally.example/back" }, confidential = true });
        await Browser.WalkAsync(await browser.OpenAsync(house, ada),
        [
            app.AuthorizeUrl("openid probe:write"), "/oauth/device/verify", "/oauth/end-session", "/settings/apps", "/settings/developer",
            "/settings/developer/" + own.Json.GetProperty("details").GetProperty("id").GetString(),
        ]);
    }
}
