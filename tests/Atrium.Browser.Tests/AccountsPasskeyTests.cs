using Atrium.Testing;
using Microsoft.Playwright;

namespace Atrium.Browser.Tests;

public sealed class AccountsPasskeyTests(AccountsBrowserHouse house, Testing.Browser browser) : IClassFixture<AccountsBrowserHouse>, IClassFixture<Testing.Browser>
{
    [Fact]
    public async Task A_passkey_is_made_signs_in_without_a_password_and_is_taken_away()
    {
        var person = await house.PersonAsync("petra");
        var page = await browser.OpenAsync(house);
        var authenticator = await VirtualAuthenticator.PlugInAsync(page);
        await SignInAsync(page, person.Handle);

        await page.GotoAsync(house.Named + "/settings/security");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await page.GetByText("Added").WaitForAsync();

        await page.Context.ClearCookiesAsync();
        await authenticator.AnswerAsync(false);
        await page.GotoAsync(house.Named + "/sign-in?next=/settings/security");
        var button = page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" });
        await button.WaitForAsync();
        await authenticator.AnswerAsync(true);
        await button.ClickAsync();
        await page.WaitForURLAsync("**/settings/security");
        await page.GetByText("last used").WaitForAsync();

        await page.GetByText("Change", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync("Key ring");
        await page.GetByRole(AriaRole.Button, new() { Name = "Rename" }).ClickAsync();
        await page.GetByText("Key ring").First.WaitForAsync();

        // With somebody at the authenticator, the passkey is offered within the field and chosen there: no button is pressed.
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync(house.Named + "/sign-in?next=/settings/security");
        await page.WaitForURLAsync("**/settings/security");
        await page.GetByText("Change", new() { Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove", Exact = true }).First.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove passkey" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Key ring")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Pages_are_accessible_in_light_and_dark_and_fit_a_telephone()
    {
        var person = await house.PersonAsync();
        var page = await browser.OpenAsync(house);
        await Testing.Browser.WalkAsync(page, [house.Named + "/sign-in", house.Named + "/sign-up", house.Named + "/forgot-password"]);
        await SignInAsync(page, person.Handle);
        await Testing.Browser.WalkAsync(page, from path in (string[])["profile", "account", "security", "sessions", "appearance"] select $"{house.Named}/settings/{path}");
        await Testing.Browser.WalkAsync(page, [house.Named + "/groups", house.Named + "/groups/new"]);
    }

    private async Task SignInAsync(IPage page, string handle)
    {
        await page.GotoAsync(house.Named + "/sign-in?next=/settings/sessions");
        await page.GetByLabel("Handle or e-mail address").FillAsync(handle);
        await page.GetByLabel("Password").FillAsync(Person.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/settings/sessions");
    }
}
