using System.Net;
using Atrium.Accounts.Data;
using Atrium.Accounts.Leaving;
using Atrium.Accounts.Security;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.Tests;

/// <summary>What time does. The tests of this class run one after the other, so each may move the clock.</summary>
public sealed class ClockTests(ClockHouse house) : IClassFixture<ClockHouse>
{
    [Fact]
    public async Task After_five_wrong_tries_the_door_is_shut_for_a_growing_while_whether_the_name_exists_or_not()
    {
        var person = await house.PersonAsync();
        foreach (var login in (string[])[person.Handle, "not_a_member"])
        {
            using var surfer = house.Surfer();
            for (var i = 0; i < 5; i++) (await surfer.SignInAsync(login, "wrong every time")).Is(HttpStatusCode.UnprocessableEntity);
            Assert.Equal("30", (await surfer.SignInAsync(login, Person.Password)).Is(HttpStatusCode.TooManyRequests).Headers["Retry-After"]);
            house.Time.Advance(TimeSpan.FromSeconds(31));
            (await surfer.SignInAsync(login, "wrong every time")).Is(HttpStatusCode.UnprocessableEntity);
            house.Time.Advance(TimeSpan.FromSeconds(31));
            (await surfer.SignInAsync(login, Person.Password)).Is(HttpStatusCode.TooManyRequests);
            house.Time.Advance(TimeSpan.FromSeconds(31));
        }

        using var right = house.Surfer();
        (await right.SignInAsync(person.Handle, Person.Password)).LedTo("/");
        for (var i = 0; i < 4; i++) (await right.SignInAsync(person.Handle, "wrong again")).Is(HttpStatusCode.UnprocessableEntity);
        (await right.SignInAsync(person.Handle, Person.Password)).LedTo("/");
    }

    [Fact]
    public async Task A_reset_link_works_for_an_hour_and_a_session_without_remember_for_half_a_day()
    {
        var person = await house.PersonAsync();
        using var surfer = await house.SignedInAsync(person);
        await surfer.FormAsync("/forgot-password", ("email", $"{person.Handle}@example.org"));
        var link = await house.LinkInMailAsync($"{person.Handle}@example.org", "/reset-password/");
        house.Time.Advance(TimeSpan.FromMinutes(61));
        (await surfer.FormAsync(link, ("password", "a wholly new phrase"))).Is(HttpStatusCode.Gone);
        (await surfer.GetAsync("/api/accounts/me")).Ok();
        house.Time.Advance(TimeSpan.FromHours(12));
        (await surfer.GetAsync("/api/accounts/me")).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_dangerous_act_wants_to_see_the_password_again_after_ten_minutes()
    {
        var person = await house.PersonAsync();
        using var surfer = await house.SignedInAsync(person);
        house.Time.Advance(TimeSpan.FromMinutes(11));
        var answer = await surfer.FormAsync("/settings/email", ("email", "elsewhere@example.org"));
        Assert.StartsWith("/settings/prove?next=", answer.Is(HttpStatusCode.SeeOther).Headers["Location"]);
        Assert.Empty(await house.MailToAsync("elsewhere@example.org"));
        (await surfer.FormAsync("/settings/prove", ("password", "not mine at all"), ("next", "/settings/account"))).Is(HttpStatusCode.UnprocessableEntity);
        (await surfer.FormAsync("/settings/prove", ("password", Person.Password), ("next", "/settings/account"))).LedTo("/settings/account");
        (await surfer.FormAsync("/settings/email", ("email", "elsewhere@example.org"))).LedTo("/settings/account?sent=true");
    }

    [Fact]
    public async Task Second_factor_asks_for_a_code_takes_each_once_and_recovery_codes_stand_in()
    {
        var person = await house.PersonAsync();
        using var surfer = await house.SignedInAsync(person);
        var page = (await surfer.PageAsync("/settings/authenticator")).Ok();
        var secret = Totp.FromBase32(page.Body.Split("id=\"secret\" readonly value=\"")[1].Split('"')[0]);
        string Code(int offset = 0) => Totp.Code(secret, (house.Time.GetUtcNow().ToUnixTimeSeconds() / 30) + offset);

        (await surfer.FormAsync("/settings/authenticator", ("code", "000000"))).Is(HttpStatusCode.UnprocessableEntity);
        var shown = (await surfer.FormAsync("/settings/authenticator", ("code", Code()))).Ok();
        var codes = shown.Body.Split("<code>").Skip(1).Select(c => c.Split('<')[0]).ToList();
        Assert.Equal(10, codes.Distinct().Count());

        using var other = house.Surfer();
        (await other.SignInAsync(person.Handle, Person.Password, "/groups")).LedTo("/sign-in/code");
        (await other.GetAsync("/api/accounts/me")).Is(HttpStatusCode.Unauthorized);
        (await other.FormAsync("/sign-in/code", ("code", Code()))).Is(HttpStatusCode.UnprocessableEntity); // Used for the set-up already.
        house.Time.Advance(TimeSpan.FromSeconds(60));
        var code = Code();
        (await other.FormAsync("/sign-in/code", ("code", code))).LedTo("/groups");
        (await other.GetAsync("/api/accounts/me")).Ok();

        using var third = house.Surfer();
        await third.SignInAsync(person.Handle, Person.Password);
        (await third.FormAsync("/sign-in/code", ("code", code))).Is(HttpStatusCode.UnprocessableEntity);
        (await third.FormAsync("/sign-in/code", ("code", codes[0].ToUpperInvariant()))).LedTo("/");
        using var fourth = house.Surfer();
        await fourth.SignInAsync(person.Handle, Person.Password);
        (await fourth.FormAsync("/sign-in/code", ("code", codes[0]))).Is(HttpStatusCode.UnprocessableEntity);
        house.Time.Advance(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Who_leaves_is_signed_out_may_come_back_for_thirty_days_and_is_erased_after()
    {
        var admin = await house.PersonAsync("keeper", Role.Administrator);
        var person = await house.PersonAsync("leaver");
        await admin.PostAsync("/api/accounts/groups", new { handle = "orphans", name = "Orphans" });
        await person.PostAsync("/api/accounts/groups", new { handle = "heirs", name = "Heirs" });
        await admin.PutAsync("/api/accounts/groups/heirs/membership");
        using var surfer = await house.SignedInAsync(person);
        (await surfer.FormAsync("/settings/leave")).LedTo("/sign-in?notice=leaving");
        (await surfer.GetAsync("/api/accounts/me")).Is(HttpStatusCode.Unauthorized);
        Assert.Contains("Keep my account", (await surfer.SignInAsync(person.Handle, Person.Password)).Is(HttpStatusCode.Forbidden).Body);

        house.Time.Advance(TimeSpan.FromDays(29));
        await house.RunRecurringAsync(nameof(EraseLeavers));
        (await surfer.SignInAsync(person.Handle, Person.Password, stay: true)).LedTo("/");
        (await surfer.FormAsync("/settings/leave")).LedTo("/sign-in?notice=leaving");

        house.Time.Advance(TimeSpan.FromDays(31));
        await house.RunRecurringAsync(nameof(EraseLeavers));
        (await surfer.SignInAsync(person.Handle, Person.Password)).Is(HttpStatusCode.UnprocessableEntity);
        var card = await house.InScopeAsync(async s => (await s.GetRequiredService<IMembers>().CardsAsync([person.Id], CancellationToken.None))[person.Id]);
        Assert.Equal(MemberCard.Former(person.Id), card);
        Assert.Equal("owner", (await admin.GetAsync("/api/accounts/groups/heirs"))["my_role"], ignoreCase: true);
        Assert.Equal(0, await house.InScopeAsync(s => s.GetRequiredService<AccountsDb>().PrincipalMembers.CountAsync(p => p.MemberId == person.Id)));
        (await surfer.FormAsync("/sign-up", ("handle", person.Handle), ("name", "x"), ("email", "again@example.org"), ("password", Person.Password))).Is(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_sign_up_that_is_never_confirmed_is_forgotten_after_a_week_and_frees_its_handle()
    {
        using var surfer = house.Surfer();
        (string, string)[] form = [("handle", "forgetful"), ("name", "x"), ("email", "forgetful@example.org"), ("password", Person.Password)];
        (await surfer.FormAsync("/sign-up", form)).LedTo("/sign-up/sent");
        await house.RunRecurringAsync(nameof(PruneAccounts));
        (await surfer.FormAsync("/sign-up", form)).Is(HttpStatusCode.UnprocessableEntity);
        house.Time.Advance(TimeSpan.FromDays(8));
        await house.RunRecurringAsync(nameof(PruneAccounts));
        (await surfer.FormAsync("/sign-up", form)).LedTo("/sign-up/sent");
    }

    // RFC 6238, appendix B: the last six digits of its eight.
    [Theory]
    [InlineData(59L, "287082")]
    [InlineData(1111111109L, "081804")]
    [InlineData(1234567890L, "005924")]
    [InlineData(20000000000L, "353130")]
    public void Codes_are_those_of_the_RFC(long seconds, string code) => Assert.Equal(code, Totp.Code("12345678901234567890"u8.ToArray(), seconds / 30));

    [Fact]
    public void Base32_is_read_as_it_is_written() => Assert.Equal("12345678901234567890"u8.ToArray(), Totp.FromBase32(Totp.ToBase32("12345678901234567890"u8.ToArray())));
}
