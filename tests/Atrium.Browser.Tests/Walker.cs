using Atrium.Testing;
using Microsoft.Playwright;

namespace Atrium.Browser.Tests;

/// <summary>Somebody at a browser of their own who does everything by what the pages say.</summary>
internal sealed class Walker(AccountsBrowserHouse house, IPage page)
{
    public IPage Page { get; } = page;

    public static async Task<Walker> AtAsync(AccountsBrowserHouse house, Testing.Browser browser) => new(house, await browser.OpenAsync(house));

    public Task GoAsync(string path) => Page.GotoAsync(house.Named + path);

    public Task FillAsync(string label, string text) => Page.GetByLabel(label, new() { Exact = true }).FillAsync(text);

    public Task ClickAsync(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Says yes to the question that a dangerous button asks.</summary>
    public async Task ClickAsync(string button, string yes)
    {
        await ClickAsync(button);
        await Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = yes, Exact = true }).ClickAsync();
    }

    public Task SeesAsync(string text) => Page.GetByText(text).Filter(new() { Visible = true }).First.WaitForAsync();

    public Task ArrivesAsync(string path) => Page.WaitForURLAsync(house.Named + path);

    /// <summary>What is in the box of a label.</summary>
    public Task<string> ReadAsync(string label) => Page.GetByLabel(label, new() { Exact = true }).InputValueAsync();

    public async Task SignInAsync(string login, string password = Person.Password, string next = "/settings/sessions")
    {
        await GoAsync("/sign-in?next=" + Uri.EscapeDataString(next));
        await FillAsync("Handle or e-mail address", login);
        await FillAsync("Password", password);
        await ClickAsync("Sign in");
    }

    public async Task SignUpAsync(string handle, string at = "/sign-up")
    {
        await GoAsync(at);
        await FillAsync("Name", char.ToUpperInvariant(handle[0]) + handle[1..]);
        await FillAsync("Handle", handle);
        await FillAsync("E-mail address", $"{handle}@example.org");
        await FillAsync("Password", Person.Password);
        await ClickAsync("Sign up");
        await ArrivesAsync("/sign-up/sent");
    }

    /// <summary>Follows the newest letter's link.</summary>
    public async Task FollowMailAsync(string handle, string path) => await GoAsync(await house.LinkInMailAsync($"{handle}@example.org", path));
}
