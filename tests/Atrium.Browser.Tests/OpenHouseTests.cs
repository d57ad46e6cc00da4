using Atrium.Accounts;
using Atrium.Testing;
using Microsoft.Playwright;

namespace Atrium.Browser.Tests;

/// <summary>From the set-up link to a house with people in it: every way of signing up, roles, suspension, deletion and its grace.</summary>
public sealed class OpenHouseTests(EmptyHouse house, Testing.Browser browser) : IClassFixture<EmptyHouse>, IClassFixture<Testing.Browser>
{
    [Fact]
    public async Task A_house_is_set_up_filled_and_run()
    {
        var admin = await Walker.AtAsync(house, browser);
        await SetUpAsync(admin);
        await OpenAsync(admin);
        await ByInvitationAsync(admin);
        await ByApprovalAsync(admin);
        await ClosedAsync(admin);
        await RoleAsync(admin);
        await SuspendAsync(admin);
        await DeleteAsync(admin);
    }

    private async Task SetUpAsync(Walker admin)
    {
        await admin.GoAsync((await AccountsModule.SetupLinkAsync(house.Services, CancellationToken.None))!.PathAndQuery);
        await admin.FillAsync("Name of the house", "Lindenau");
        await admin.FillAsync("Your name", "Ada Brandt");
        await admin.FillAsync("Your handle", "ada");
        await admin.FillAsync("E-mail address", "ada@example.org");
        await admin.FillAsync("Password", Person.Password);
        await admin.ClickAsync("Open the house");
        await admin.ArrivesAsync("/");
        await admin.GoAsync("/admin/members");
        await admin.SeesAsync("Ada Brandt");
    }

    private async Task ModeAsync(Walker admin, string mode)
    {
        await admin.GoAsync("/admin/settings");
        await admin.Page.GetByLabel("Who may sign up").SelectOptionAsync(mode);
        // To go on at once would end the request before it is carried out.
        await admin.Page.RunAndWaitForResponseAsync(() => admin.ClickAsync("Save settings"), answer => answer.Request.Method == "POST" && answer.Url.EndsWith("/admin/settings", StringComparison.Ordinal));
        await admin.GoAsync("/admin/audit");
        await admin.SeesAsync("setting.");
    }

    private async Task OpenAsync(Walker admin)
    {
        await ModeAsync(admin, "open");
        var ben = await Walker.AtAsync(house, browser);
        await ben.SignUpAsync("ben");
        await ben.SignInAsync("ben");
        await ben.SeesAsync("Confirm your e-mail address first");
        await ben.FollowMailAsync("ben", "/confirm/");
        await ben.ClickAsync("Confirm address");
        await ben.SeesAsync("Your address is confirmed.");
        await ben.SignInAsync("ben@example.org");
        await ben.ArrivesAsync("/settings/sessions");
        await ben.Page.Context.CloseAsync();
    }

    private async Task ByInvitationAsync(Walker admin)
    {
        await ModeAsync(admin, "invitation");
        var cleo = await Walker.AtAsync(house, browser);
        await cleo.GoAsync("/sign-up");
        await cleo.SeesAsync("One joins this house by invitation.");
        await admin.GoAsync("/admin/invitations");
        await admin.ClickAsync("Invite");
        await admin.SeesAsync("The invitation's link");
        await cleo.SignUpAsync("cleo", new Uri(await admin.ReadAsync("The invitation's link")).PathAndQuery);
        await cleo.FollowMailAsync("cleo", "/confirm/");
        await cleo.ClickAsync("Confirm address");
        await cleo.SignInAsync("cleo");
        await cleo.ArrivesAsync("/settings/sessions");
        await cleo.Page.Context.CloseAsync();
    }

    private async Task ByApprovalAsync(Walker admin)
    {
        await ModeAsync(admin, "approval");
        var emine = await Walker.AtAsync(house, browser);
        await emine.GoAsync("/sign-up");
        await emine.SeesAsync("A line about you");
        await emine.SignUpAsync("emine");
        await emine.FollowMailAsync("emine", "/confirm/");
        await emine.ClickAsync("Confirm address");
        await emine.SeesAsync("An administrator looks at your request");
        await emine.SignInAsync("emine");
        await emine.SeesAsync("An administrator has not let you in yet.");
        await admin.GoAsync("/admin/members?state=Waiting");
        await admin.ClickAsync("Let in: Emine");
        await Assertions.Expect(admin.Page.GetByRole(AriaRole.Button, new() { Name = "Let in: Emine" })).ToHaveCountAsync(0);
        await emine.SignInAsync("emine");
        await emine.ArrivesAsync("/settings/sessions");
        await emine.Page.Context.CloseAsync();
    }

    private async Task ClosedAsync(Walker admin)
    {
        await ModeAsync(admin, "closed");
        var late = await Walker.AtAsync(house, browser);
        await late.GoAsync("/sign-up");
        await late.SeesAsync("This house takes no new members just now.");
        await late.Page.Context.CloseAsync();
    }

    private async Task RoleAsync(Walker admin)
    {
        var cleo = await Walker.AtAsync(house, browser);
        await cleo.SignInAsync("cleo", next: "/moderation");
        await cleo.Page.WaitForURLAsync("**/moderation");
        Assert.Equal(404, (await cleo.Page.ReloadAsync())!.Status);
        await admin.GoAsync("/admin/members?q=cleo");
        await admin.Page.GetByLabel("Role of Cleo", new() { Exact = true }).SelectOptionAsync("Moderator");
        await admin.ClickAsync("Set role of Cleo");
        await ComesTrueAsync(async () => (await cleo.Page.ReloadAsync())!.Status == 200);
        await cleo.GoAsync("/@cleo");
        await cleo.SeesAsync("Moderator");
        await cleo.Page.Context.CloseAsync();
    }

    private async Task SuspendAsync(Walker admin)
    {
        var ben = await Walker.AtAsync(house, browser);
        await ben.SignInAsync("ben");
        await ben.ArrivesAsync("/settings/sessions");
        await admin.GoAsync("/admin/members?q=ben");
        await admin.Page.GetByLabel("Why suspend Ben").FillAsync("Sold the hall");
        await admin.ClickAsync("Suspend Ben");
        await admin.SeesAsync("Suspended: Sold the hall");
        await ben.Page.ReloadAsync();
        await ben.Page.WaitForURLAsync("**/sign-in?next=*");
        await ben.SignInAsync("ben");
        await ben.SeesAsync("This account is suspended.");
        await admin.GoAsync("/admin/members?q=ben");
        await admin.ClickAsync("Restore Ben");
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Suspend Ben" }).WaitForAsync();
        await ben.SignInAsync("ben");
        await ben.ArrivesAsync("/settings/sessions");
        await ben.Page.Context.CloseAsync();
    }

    private async Task DeleteAsync(Walker admin)
    {
        await admin.GoAsync("/admin/members?q=ben");
        await admin.ClickAsync("Delete Ben", "Delete member");
        await admin.SeesAsync("Leaving");
        var ben = await Walker.AtAsync(house, browser);
        await ben.SignInAsync("ben");
        await ben.SeesAsync("This account is being deleted.");
        await ben.FillAsync("Password", Person.Password);
        await ben.Page.GetByLabel("Keep my account").CheckAsync();
        await ben.ClickAsync("Sign in");
        await ben.ArrivesAsync("/settings/sessions");

        // The last administrator cannot go.
        await admin.GoAsync("/settings/account");
        await admin.ClickAsync("Delete account", "Delete account");
        await admin.SeesAsync("The last administrator must stay one.");
    }

    private static async Task ComesTrueAsync(Func<Task<bool>> look)
    {
        for (var tries = 0; !await look(); tries++) Assert.True(tries < 50, "It never came true.");
    }
}
