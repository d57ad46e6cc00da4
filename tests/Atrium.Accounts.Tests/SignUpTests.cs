using System.Net;
using Atrium.Accounts.Administration;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.Tests;

public sealed class SignUpTests(AccountsHouse house)
{
    private static (string, string)[] Form(string handle, string? email = null, string password = Person.Password, string? invitation = null) =>
        [("handle", handle), ("name", "Somebody New"), ("email", email ?? $"{handle}@example.org"), ("password", password), ("invitation", invitation ?? "")];

    [Fact]
    public async Task One_signs_up_confirms_and_signs_in()
    {
        using var surfer = house.Surfer();
        (await surfer.FormAsync("/sign-up", Form("nora"))).LedTo("/sign-up/sent");
        (await surfer.SignInAsync("nora", Person.Password)).Is(HttpStatusCode.Forbidden);

        var link = await house.LinkInMailAsync("nora@example.org", "/confirm/");
        (await surfer.PageAsync(link)).Ok();
        (await surfer.SignInAsync("nora", Person.Password)).Is(HttpStatusCode.Forbidden);
        (await surfer.FormAsync(link)).LedTo("/sign-in?notice=confirmed");
        (await surfer.SignInAsync("nora@Example.ORG", Person.Password, "/settings/profile")).LedTo("/settings/profile");
        var me = (await surfer.GetAsync("/api/accounts/me")).Ok();
        Assert.Equal("nora", me["handle"]);
        Assert.Equal("member", me["role"], ignoreCase: true);
        (await surfer.FormAsync(link)).Is(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task A_taken_address_is_answered_like_any_other_and_its_owner_is_told()
    {
        var owner = await house.PersonAsync("olga");
        using var surfer = house.Surfer();
        var email = $"{owner.Handle}@example.org";
        var answer = (await surfer.FormAsync("/sign-up", Form("olga_again", email.ToUpperInvariant()))).LedTo("/sign-up/sent");
        var other = (await surfer.FormAsync("/sign-up", Form("olga_other"))).LedTo("/sign-up/sent");
        Assert.Equal(other.Body, answer.Body);

        var letters = await house.MailToAsync(email);
        Assert.Contains("has an account already", letters[^1].TextBody);
        Assert.DoesNotContain("/confirm/", letters[^1].TextBody);
        Assert.Equal(owner.Handle, (await house.SignedInAsync(owner)) is var s ? (await s.GetAsync("/api/accounts/me"))["handle"] : "");
    }

    [Fact]
    public async Task Of_two_who_want_one_handle_at_once_one_gets_it()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(async i =>
        {
            using var surfer = house.Surfer();
            return await surfer.FormAsync("/sign-up", Form("raced", $"raced{i}@example.org"));
        }));
        Assert.Single(answers, a => a.Status == HttpStatusCode.SeeOther);
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.SeeOther), a => Assert.Contains("That handle is taken.", a.Is(HttpStatusCode.UnprocessableEntity).Body));
    }

    [Theory]
    [InlineData("")]
    [InlineData("admin")]
    [InlineData("settings")]
    [InlineData("has space")]
    [InlineData("dots.in.it")]
    [InlineData("umlautä")]
    [InlineData("a123456789012345678901234567890")]
    public async Task A_handle_that_will_not_do_is_refused_and_what_was_typed_stays(string handle)
    {
        using var surfer = house.Surfer();
        var answer = (await surfer.FormAsync("/sign-up", Form(handle, "typed@example.org"))).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Contains("value=\"typed@example.org\"", answer.Body);
        Assert.DoesNotContain(Person.Password, answer.Body);
    }

    [Theory]
    [InlineData("short", "too_short")]
    [InlineData("password1234", "breached")]
    [InlineData("P@ssw0rd2024!", "breached")]
    [InlineData("qwertyuiop12", "breached")]
    [InlineData("abababababab", "breached")]
    [InlineData("1234567890123", "breached")]
    [InlineData("weakling2024", "too_easy")]
    [InlineData("Atrium-2026!!", "too_easy")]
    public async Task A_password_that_attackers_try_first_is_refused(string password, string code)
    {
        var fault = await house.InScopeAsync(async s => await s.GetRequiredService<Passwords.PasswordRules>().FaultAsync(password, ["weakling", "w@example.org"], CancellationToken.None));
        Assert.Equal(code, fault?.Code);
        using var surfer = house.Surfer();
        (await surfer.FormAsync("/sign-up", Form("weakling", password: password))).Is(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task The_last_use_of_an_invitation_is_taken_once()
    {
        var admin = await house.PersonAsync("host", Role.Administrator);
        var made = (await admin.PostAsync("/api/accounts/invitations", new NewInvitation(Role.Moderator))).Is(HttpStatusCode.Created);
        var key = made["link"].Split("invitation=")[1];
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(async i =>
        {
            using var surfer = house.Surfer();
            return await surfer.FormAsync("/sign-up", Form($"guest_{i}", invitation: key));
        }));
        var winner = Array.FindIndex(answers, a => a.Status == HttpStatusCode.SeeOther);
        Assert.Single(answers, a => a.Status == HttpStatusCode.SeeOther);
        Assert.Equal(4, answers.Count(a => a.Status == HttpStatusCode.Gone));

        using var surfer = house.Surfer();
        await surfer.FormAsync(await house.LinkInMailAsync($"guest_{winner}@example.org", "/confirm/"));
        (await surfer.SignInAsync($"guest_{winner}", Person.Password)).LedTo("/");
        Assert.Equal("moderator", (await surfer.GetAsync("/api/accounts/me"))["role"], ignoreCase: true);
        Assert.Equal("used", (await admin.GetAsync("/api/accounts/invitations")).Json.GetProperty("items").EnumerateArray().First(i => i.GetProperty("id").GetString() == made.Json.GetProperty("invitation").GetProperty("id").GetString()).GetProperty("state").GetString());
    }

    [Fact]
    public async Task An_invitation_by_mail_carries_its_own_link_and_can_be_withdrawn()
    {
        var admin = await house.PersonAsync("host", Role.Administrator);
        var made = (await admin.PostAsync("/api/accounts/invitations", new NewInvitation(Email: "invited@example.org"))).Is(HttpStatusCode.Created);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, made.Json.TryGetProperty("link", out var link) ? link.ValueKind : System.Text.Json.JsonValueKind.Null);
        var path = await house.LinkInMailAsync("invited@example.org", "/sign-up?invitation=");
        (await admin.DeleteAsync($"/api/accounts/invitations/{made.Json.GetProperty("invitation").GetProperty("id").GetString()}")).Ok();
        using var surfer = house.Surfer();
        (await surfer.FormAsync("/sign-up", Form("invited", invitation: path.Split('=')[1]))).Is(HttpStatusCode.Gone);
    }

    [Fact]
    public async Task Members_do_not_invite_unless_they_are_let_and_only_administrators_invite_administrators()
    {
        var member = await house.PersonAsync("plain");
        var moderator = await house.PersonAsync("mod", Role.Moderator);
        (await member.PostAsync("/api/accounts/invitations", new NewInvitation())).Is(HttpStatusCode.Forbidden);
        (await moderator.PostAsync("/api/accounts/invitations", new NewInvitation())).Is(HttpStatusCode.Created);
        (await moderator.PostAsync("/api/accounts/invitations", new NewInvitation(Role.Administrator))).Is(HttpStatusCode.Forbidden);
    }
}

public sealed class SignUpModeTests(ModeHouse house) : IClassFixture<ModeHouse>
{
    private static (string, string)[] Form(string handle) => [("handle", handle), ("name", handle), ("email", $"{handle}@example.org"), ("password", Person.Password), ("reason", "I like bread")];

    [Fact]
    public async Task A_closed_house_and_one_by_invitation_take_nobody_without()
    {
        using var surfer = house.Surfer();
        await house.SetModeAsync(AccountSettings.Closed);
        Assert.Contains("takes no new members", (await surfer.FormAsync("/sign-up", Form("shut"))).Is(HttpStatusCode.Forbidden).Body);
        await house.SetModeAsync(AccountSettings.ByInvitation);
        (await surfer.FormAsync("/sign-up", Form("shut"))).Is(HttpStatusCode.Forbidden);
        Assert.Contains("by invitation", (await surfer.PageAsync("/sign-up")).Ok().Body);
    }

    [Fact]
    public async Task By_approval_one_waits_until_an_administrator_agrees_and_who_is_rejected_frees_the_handle()
    {
        await house.SetModeAsync(AccountSettings.ByApproval);
        var admin = await house.PersonAsync("decider", Role.Administrator);
        using var surfer = house.Surfer();
        foreach (var handle in (string[])["hopeful", "hopeless"])
        {
            (await surfer.FormAsync("/sign-up", Form(handle))).LedTo("/sign-up/sent");
            (await surfer.FormAsync(await house.LinkInMailAsync($"{handle}@example.org", "/confirm/"))).LedTo("/sign-in?notice=waiting");
        }

        Assert.Contains("let you in", (await surfer.SignInAsync("hopeful", Person.Password)).Is(HttpStatusCode.Forbidden).Body);
        var waiting = (await admin.GetAsync("/api/accounts/admin/members?state=waiting")).Ok().Json.GetProperty("items").EnumerateArray().ToList();
        string IdOf(string handle) => waiting.Single(m => m.GetProperty("handle").GetString() == handle).GetProperty("id").GetString()!;
        Assert.Equal("I like bread", waiting[0].GetProperty("application").GetString());

        (await admin.PutAsync($"/api/accounts/admin/members/{IdOf("hopeful")}/approval")).Ok();
        (await admin.PutAsync($"/api/accounts/admin/members/{IdOf("hopeful")}/approval")).Refuses(HttpStatusCode.Conflict, "not_waiting");
        (await admin.DeleteAsync($"/api/accounts/admin/members/{IdOf("hopeless")}/application")).Ok();
        Assert.Contains("approved", (await house.MailToAsync("hopeful@example.org"))[^1].TextBody);
        (await surfer.SignInAsync("hopeful", Person.Password)).LedTo("/");
        (await house.Surfer().SignInAsync("hopeless", Person.Password)).Is(HttpStatusCode.UnprocessableEntity);
        (await surfer.FormAsync("/sign-up", Form("hopeless"))).LedTo("/sign-up/sent");
    }
}
