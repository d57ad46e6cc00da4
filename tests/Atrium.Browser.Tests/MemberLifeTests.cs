using System.Buffers.Binary;
using System.Security.Cryptography;
using Atrium.Testing;
using Microsoft.Playwright;

namespace Atrium.Browser.Tests;

/// <summary>What a member does for themselves: password, second factor, sessions, profile, groups, leaving.</summary>
public sealed class MemberLifeTests(AccountsBrowserHouse house, Testing.Browser browser) : IClassFixture<AccountsBrowserHouse>, IClassFixture<Testing.Browser>
{
    [Fact]
    public async Task A_forgotten_password_is_set_anew_by_mail_and_a_door_tried_too_often_is_shut()
    {
        var person = await house.PersonAsync("olga");
        var olga = await Walker.AtAsync(house, browser);
        await olga.GoAsync("/sign-in?login=" + person.Handle);
        Assert.Equal(person.Handle, await olga.ReadAsync("Handle or e-mail address"));
        await olga.Page.GetByRole(AriaRole.Link, new() { Name = "Forgot your password?" }).ClickAsync();
        await olga.FillAsync("E-mail address", $"{person.Handle}@example.org");
        await olga.ClickAsync("Send the link");
        await olga.SeesAsync("Look into your mailbox");
        await olga.FollowMailAsync(person.Handle, "/reset-password/");
        await olga.FillAsync("New password", "password1234");
        await olga.ClickAsync("Set the password");
        await olga.SeesAsync("That password is on lists");
        await olga.FillAsync("New password", "a wholly new phrase");
        await olga.ClickAsync("Set the password");
        await olga.SeesAsync("Your password is set.");

        for (var tries = 0; tries < 5; tries++)
        {
            await olga.SignInAsync(person.Handle);
            await olga.SeesAsync("Handle or password is wrong.");
        }

        await olga.SignInAsync(person.Handle, "a wholly new phrase");
        await olga.SeesAsync("Too many");
    }

    [Fact]
    public async Task An_authenticator_app_asks_for_its_code_and_a_recovery_code_stands_in()
    {
        var person = await house.PersonAsync("tom");
        var tom = await Walker.AtAsync(house, browser);
        await tom.SignInAsync(person.Handle);
        await tom.ArrivesAsync("/settings/sessions");
        await tom.GoAsync("/settings/authenticator");
        var secret = await tom.ReadAsync("Key");
        await tom.FillAsync("Code", "000000");
        await tom.ClickAsync("Turn it on");
        await tom.SeesAsync("That code is wrong.");
        await tom.FillAsync("Code", CodeOf(secret, 0));
        await tom.ClickAsync("Turn it on");
        await tom.SeesAsync("Your recovery codes");
        var codes = await tom.Page.Locator("li code").AllInnerTextsAsync();
        Assert.Equal(10, codes.Distinct().Count());

        var elsewhere = await Walker.AtAsync(house, browser);
        await elsewhere.SignInAsync(person.Handle);
        await elsewhere.SeesAsync("One more step");
        await elsewhere.FillAsync("Code", CodeOf(secret, 1));
        await elsewhere.ClickAsync("Sign in");
        await elsewhere.ArrivesAsync("/settings/sessions");

        var lost = await Walker.AtAsync(house, browser);
        await lost.SignInAsync(person.Handle);
        await lost.FillAsync("Code", codes[3]);
        await lost.ClickAsync("Sign in");
        await lost.ArrivesAsync("/settings/sessions");
        await lost.GoAsync("/settings/security");
        await lost.SeesAsync("9 of 10 recovery codes are left");
        await lost.ClickAsync("Remove", "Remove it");
        await lost.SeesAsync("Off: your password alone signs you in.");
    }

    [Fact]
    public async Task Sessions_are_listed_and_one_that_is_ended_is_out()
    {
        var person = await house.PersonAsync("sina");
        var here = await Walker.AtAsync(house, browser);
        var there = await Walker.AtAsync(house, browser);
        await there.SignInAsync(person.Handle);
        await there.ArrivesAsync("/settings/sessions");
        await here.SignInAsync(person.Handle);
        await here.SeesAsync("This one");
        await here.ClickAsync("Sign out");
        await Assertions.Expect(here.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out", Exact = true }).Filter(new() { Visible = true })).ToHaveCountAsync(0);
        await there.Page.ReloadAsync();
        await there.Page.WaitForURLAsync("**/sign-in?next=*");
    }

    [Fact]
    public async Task A_profile_is_written_and_its_picture_cut_by_its_owner()
    {
        var person = await house.PersonAsync("pia");
        var pia = await Walker.AtAsync(house, browser);
        await pia.SignInAsync(person.Handle, next: "/settings/profile");
        await pia.ArrivesAsync("/settings/profile");
        await pia.FillAsync("Name", "Pia Lindqvist");
        await pia.Page.GetByLabel("About you").FillAsync("Bakes **rye**.");
        await pia.Page.GetByLabel("Link 1: label").FillAsync("Website");
        await pia.Page.GetByLabel("Address or words").First.FillAsync("https://pia.example");
        await pia.Page.Locator("input[name=avatar]").SetInputFilesAsync(new FilePayload { Name = "flag.png", MimeType = "image/png", Buffer = Flag(600, 200) });
        // The whole height in the middle at first; then its left edge.
        await pia.Page.Locator("crop-box canvas").WaitForAsync();
        Assert.Equal("200,0,200", await pia.Page.Locator("input[name=avatar_cut]").InputValueAsync());
        await pia.Page.Locator("crop-box").GetByLabel("Sideways").FillAsync("0");
        Assert.Equal("0,0,200", await pia.Page.Locator("input[name=avatar_cut]").InputValueAsync());
        await pia.Page.Locator("crop-box").GetByLabel("Size").FillAsync("100");
        Assert.Equal("50,50,100", await pia.Page.Locator("input[name=avatar_cut]").InputValueAsync());
        await Testing.Browser.CheckAsync(pia.Page);
        var box = (await pia.Page.Locator("crop-box canvas").BoundingBoxAsync())!;
        await pia.Page.Mouse.MoveAsync(box.X + 60, box.Y + 60);
        await pia.Page.Mouse.DownAsync();
        await pia.Page.Mouse.MoveAsync(box.X + 3, box.Y + 60, new() { Steps = 4 });
        await pia.Page.Mouse.UpAsync();
        Assert.Equal("0,50,100", await pia.Page.Locator("input[name=avatar_cut]").InputValueAsync());
        await pia.ClickAsync("Save profile");
        await pia.GoAsync("/@" + person.Handle);
        await pia.SeesAsync("Pia Lindqvist");
        await pia.SeesAsync("rye");
        var picture = await person.GetAsync((await person.GetAsync("/api/accounts/me"))["avatar_url"].Split('?')[0]);
        using var kept = NetVips.Image.NewFromBuffer(picture.Ok().Bytes);
        Assert.Equal((100, 100, true), (kept.Width, kept.Height, kept.Getpoint(50, 50)[0] > 200));

        await pia.GoAsync("/settings/appearance");
        await pia.Page.GetByLabel("Dark", new() { Exact = true }).CheckAsync();
        await pia.Page.GetByLabel("Time zone").SelectOptionAsync("Europe/Paris");
        await pia.ClickAsync("Save");
        await pia.Page.Locator("html[data-theme=dark]").WaitForAsync();
        Assert.Equal("Europe/Paris", (await person.GetAsync("/api/accounts/me"))["time_zone"]);
    }

    [Fact]
    public async Task Groups_let_in_whom_their_rule_lets_in()
    {
        var (owner, other) = (await house.PersonAsync("gina"), await house.PersonAsync("hans"));
        var (gina, hans) = (await Walker.AtAsync(house, browser), await Walker.AtAsync(house, browser));
        await gina.SignInAsync(owner.Handle);
        await gina.ArrivesAsync("/settings/sessions");
        await hans.SignInAsync(other.Handle);
        await hans.ArrivesAsync("/settings/sessions");
        foreach (var (rule, handle) in ((string, string)[])[("Every member who likes", "walk_open"), ("Those who ask", "walk_asked"), ("Those who are invited", "walk_invited")])
        {
            await gina.GoAsync("/groups/new");
            await gina.FillAsync("Handle", handle);
            await gina.FillAsync("Name", "Group " + handle);
            await gina.Page.GetByLabel(rule).CheckAsync();
            await gina.ClickAsync("Found group");
            await gina.ArrivesAsync("/groups/" + handle);
            await hans.GoAsync("/groups/" + handle);
            if (handle == "walk_open") await hans.ClickAsync("Join");
            else if (handle == "walk_asked")
            {
                await hans.ClickAsync("Ask to join");
                await hans.Page.GetByRole(AriaRole.Button, new() { Name = "Take back request" }).WaitForAsync();
                await gina.Page.ReloadAsync();
                await gina.ClickAsync("Let in");
            }
            else
            {
                await Assertions.Expect(hans.Page.GetByRole(AriaRole.Button, new() { Name = "Join" })).ToHaveCountAsync(0);
                await gina.FillAsync("Invite a member", other.Handle);
                await gina.ClickAsync("Invite");
                await gina.SeesAsync("Invited by");
                await hans.Page.ReloadAsync();
                await hans.ClickAsync("Accept invitation");
            }

            await gina.GoAsync("/groups/" + handle);
            await gina.SeesAsync("2 members");
            await hans.GoAsync("/groups/" + handle);
            await hans.Page.GetByRole(AriaRole.Button, new() { Name = "Leave", Exact = true }).WaitForAsync();
        }

        await gina.Page.GetByRole(AriaRole.Button, new() { Name = "What Hans is here" }).ClickAsync();
        await gina.ClickAsync("Make moderator");
        await gina.SeesAsync("Moderator");
    }

    private static byte[] Flag(int width, int height)
    {
        using var red = NetVips.Image.Black(width / 3, height, bands: 3) + new double[] { 255, 0, 0 };
        using var blue = NetVips.Image.Black(width - (width / 3), height, bands: 3) + new double[] { 0, 0, 255 };
        using var flag = red.Join(blue, NetVips.Enums.Direction.Horizontal).Cast(NetVips.Enums.BandFormat.Uchar).Copy(interpretation: NetVips.Enums.Interpretation.Srgb);
        return flag.PngsaveBuffer();
    }

    /// <summary>What an authenticator app shows (RFC 6238), so many half minutes from now.</summary>
    private static string CodeOf(string base32, int ahead)
    {
        var bits = string.Concat(base32.Where(char.IsAsciiLetterOrDigit).Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(char.ToUpperInvariant(c), StringComparison.Ordinal), 2).PadLeft(5, '0')));
        var key = Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2)).ToArray();
        var step = new byte[8];
        BinaryPrimitives.WriteInt64BigEndian(step, (TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() / 30) + ahead);
#pragma warning disable CA5350 // What authenticator apps compute (RFC 4226).
        var hash = HMACSHA1.HashData(key, step);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & 0x7fffffff;
        return (number % 1_000_000).ToString("D6", System.Globalization.CultureInfo.InvariantCulture);
    }
}
