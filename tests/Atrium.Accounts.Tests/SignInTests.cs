using System.Net;
using Atrium.Accounts.Model;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.Tests;

public sealed class SignInTests(AccountsHouse house)
{
    [Fact]
    public async Task A_wrong_password_and_a_name_that_does_not_exist_get_the_same_answer()
    {
        var person = await house.PersonAsync();
        using var one = house.Surfer();
        using var other = house.Surfer();
        var known = (await one.SignInAsync(person.Handle, "not the password")).Is(HttpStatusCode.UnprocessableEntity);
        var unknown = (await other.SignInAsync("nobody_at_all", "not the password")).Is(HttpStatusCode.UnprocessableEntity);
        Assert.Equal(unknown.Body.Replace("nobody_at_all", "X"), known.Body.Replace(person.Handle, "X"));
        Assert.Contains("Handle or password is wrong.", known.Body);
    }

    [Fact]
    public async Task The_cookie_is_for_the_server_alone_and_says_nothing()
    {
        var person = await house.PersonAsync();
        using var surfer = await house.SignedInAsync(person);
        Assert.Contains("httponly", surfer.SetCookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", surfer.SetCookie, StringComparison.OrdinalIgnoreCase);
        Assert.StartsWith("atrium=", surfer.SetCookie);
    }

    [Fact]
    public async Task Behind_https_the_cookie_has_the_host_prefix()
    {
        var person = await house.PersonAsync();
        Assert.Equal("__Host-atrium", SigningIn.HostCookies.Named(new Microsoft.AspNetCore.Http.DefaultHttpContext { Request = { Scheme = "https" } }, SigningIn.HostCookies.Name));
        Assert.NotNull(person);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    public async Task One_is_never_led_out_of_the_house(string next)
    {
        var person = await house.PersonAsync();
        using var surfer = house.Surfer();
        (await surfer.SignInAsync(person.Handle, Person.Password, next)).LedTo("/");
    }

    [Fact]
    public async Task Another_site_cannot_sign_anybody_in_or_out()
    {
        var person = await house.PersonAsync();
        using var surfer = await house.SignedInAsync(person);
        foreach (var path in (string[])["/sign-in", "/sign-out", "/settings/leave", "/settings/password"])
            (await surfer.SendAsync(HttpMethod.Post, path, new FormUrlEncodedContent([]), ("Sec-Fetch-Site", "cross-site"))).Refuses(HttpStatusCode.Forbidden, "cross_site");
        (await surfer.SendAsync(HttpMethod.Post, "/sign-out", new FormUrlEncodedContent([]), ("Origin", "https://evil.example"))).Refuses(HttpStatusCode.Forbidden, "cross_site");
        (await surfer.GetAsync("/api/accounts/me")).Ok();
    }

    [Fact]
    public async Task A_session_that_is_ended_is_over_with_the_next_request()
    {
        var person = await house.PersonAsync();
        using var here = await house.SignedInAsync(person);
        using var there = await house.SignedInAsync(person);
        (await there.GetAsync("/api/accounts/me")).Ok();

        var sessions = (await here.GetAsync("/api/accounts/me/sessions")).Ok().Json.EnumerateArray().ToList();
        Assert.Equal(2, sessions.Count);
        var other = sessions.Single(s => !s.GetProperty("current").GetBoolean());
        (await here.DeleteAsync($"/api/accounts/me/sessions/{other.GetProperty("id").GetString()}")).Ok();
        (await there.GetAsync("/api/accounts/me")).Refuses(HttpStatusCode.Unauthorized, "sign_in");
        (await here.GetAsync("/api/accounts/me")).Ok();

        (await here.FormAsync("/sign-out")).LedTo("/sign-in");
        (await here.GetAsync("/api/accounts/me")).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Nobody_ends_or_sees_the_session_of_another()
    {
        var (ann, bob) = (await house.PersonAsync("ann"), await house.PersonAsync("bob"));
        using var hers = await house.SignedInAsync(ann);
        using var his = await house.SignedInAsync(bob);
        var id = (await hers.GetAsync("/api/accounts/me/sessions")).Json[0].GetProperty("id").GetString();
        (await his.DeleteAsync($"/api/accounts/me/sessions/{id}")).Refuses(HttpStatusCode.NotFound, "not_found");
        Assert.Single((await his.GetAsync("/api/accounts/me/sessions")).Json.EnumerateArray());
    }

    [Fact]
    public async Task Suspending_ends_every_session_at_once_and_restoring_lets_in_again()
    {
        var admin = await house.PersonAsync("boss", Role.Administrator);
        var person = await house.PersonAsync();
        using var surfer = await house.SignedInAsync(person);
        (await surfer.GetAsync("/api/accounts/me")).Ok();
        (await admin.PutAsync($"/api/accounts/admin/members/{person.Id}/suspension", new { reason = "spam" })).Ok();
        (await surfer.GetAsync("/api/accounts/me")).Is(HttpStatusCode.Unauthorized);
        Assert.Contains("suspended", (await surfer.SignInAsync(person.Handle, Person.Password)).Is(HttpStatusCode.Forbidden).Body);
        (await house.Stranger().GetAsync($"/@{person.Handle}")).Is(HttpStatusCode.NotFound);
        (await admin.DeleteAsync($"/api/accounts/admin/members/{person.Id}/suspension")).Ok();
        (await surfer.SignInAsync(person.Handle, Person.Password)).LedTo("/");
    }

    [Fact]
    public async Task Changing_the_password_ends_the_other_sessions_and_wants_the_old_one()
    {
        var person = await house.PersonAsync();
        using var here = await house.SignedInAsync(person);
        using var there = await house.SignedInAsync(person);
        (await here.FormAsync("/settings/password", ("current", "wrong one here"), ("password", "a wholly new phrase"))).Is(HttpStatusCode.UnprocessableEntity);
        (await here.FormAsync("/settings/password", ("current", Person.Password), ("password", "a wholly new phrase"))).LedTo("/settings/security");
        (await there.GetAsync("/api/accounts/me")).Is(HttpStatusCode.Unauthorized);
        (await here.GetAsync("/api/accounts/me")).Ok();
        (await there.SignInAsync(person.Handle, Person.Password)).Is(HttpStatusCode.UnprocessableEntity);
        (await there.SignInAsync(person.Handle, "a wholly new phrase")).LedTo("/");
    }

    [Fact]
    public async Task A_forgotten_password_is_reset_once_and_everything_is_signed_out()
    {
        var person = await house.PersonAsync();
        var email = $"{person.Handle}@example.org";
        using var there = await house.SignedInAsync(person);
        using var surfer = house.Surfer();
        var known = (await surfer.FormAsync("/forgot-password", ("email", email))).LedTo("/forgot-password/sent");
        var unknown = (await surfer.FormAsync("/forgot-password", ("email", "unknown@example.org"))).LedTo("/forgot-password/sent");
        Assert.Equal(unknown.Body, known.Body);
        Assert.Equal(unknown.Statements, known.Statements);
        Assert.Empty(await house.MailToAsync("unknown@example.org"));

        var link = await house.LinkInMailAsync(email, "/reset-password/");
        (await surfer.PageAsync(link)).Ok();
        (await surfer.FormAsync(link, ("password", "password12345"))).Is(HttpStatusCode.UnprocessableEntity);
        (await surfer.FormAsync(link, ("password", "a wholly new phrase"))).LedTo("/sign-in?notice=reset");
        (await surfer.FormAsync(link, ("password", "yet another phrase"))).Is(HttpStatusCode.Gone);
        (await there.GetAsync("/api/accounts/me")).Is(HttpStatusCode.Unauthorized);
        (await surfer.SignInAsync(person.Handle, "a wholly new phrase")).LedTo("/");
    }

    [Fact]
    public async Task A_new_address_counts_once_it_is_confirmed_and_the_old_one_is_told()
    {
        var person = await house.PersonAsync();
        using var surfer = await house.SignedInAsync(person);
        (await surfer.FormAsync("/settings/email", ("email", $"new-{person.Handle}@example.org"))).LedTo("/settings/account?sent=true");
        var link = await house.LinkInMailAsync($"new-{person.Handle}@example.org", "/confirm-email/");
        Assert.Equal($"{person.Handle}@example.org", (await surfer.GetAsync("/api/accounts/me"))["email"]);
        (await surfer.FormAsync(link)).LedTo("/settings/account");
        Assert.Equal($"new-{person.Handle}@example.org", (await surfer.GetAsync("/api/accounts/me"))["email"]);
        Assert.Contains("address was changed", (await house.MailToAsync($"{person.Handle}@example.org"))[^1].TextBody);
    }

    [Fact]
    public async Task Many_guesses_at_once_gain_nothing()
    {
        var person = await house.PersonAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
        {
            using var surfer = house.Surfer();
            return (await surfer.SignInAsync(person.Handle, $"guess number {i}")).Status;
        }));
        Assert.Equal(5, answers.Count(s => s == HttpStatusCode.UnprocessableEntity));
        Assert.Equal(15, answers.Count(s => s == HttpStatusCode.TooManyRequests));
    }

    [Theory]
    [InlineData(4, 0)]
    [InlineData(5, 30)]
    [InlineData(6, 60)]
    [InlineData(8, 240)]
    [InlineData(40, 1800)]
    public void The_door_stays_shut_longer_each_time(int tries, int seconds) => Assert.Equal(TimeSpan.FromSeconds(seconds), FailedTries.DelayAfter(tries));

    [Theory]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox on Linux")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari on iPhone")]
    [InlineData("", "A browser")]
    public void A_browser_is_named_in_words(string agent, string words) => Assert.Equal(words, SigningIn.Device.Of(agent));

    [Fact]
    public async Task What_seals_cookies_lies_where_every_node_finds_it()
    {
        using var surfer = await house.SignedInAsync(await house.PersonAsync());
        (await surfer.GetAsync("/api/accounts/me")).Ok();
        var inFolder = Directory.GetFiles(Path.Combine(house.DataFolder, "keys"), "key-*.xml").Length;
        var inDatabase = await house.InScopeAsync(s => s.GetRequiredService<KernelDb>().DataKeys.CountAsync());
        Assert.Equal(house.OnPostgres ? (true, false) : (false, true), (inDatabase > 0, inFolder > 0));
    }
}
