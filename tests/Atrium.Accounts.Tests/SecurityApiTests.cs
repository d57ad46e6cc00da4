using System.Net;
using Atrium.Testing;

namespace Atrium.Accounts.Tests;

/// <summary>Password, passkeys and second factor over the API.</summary>
public sealed class SecurityApiTests(AccountsHouse house)
{
    [Fact]
    public async Task A_password_is_changed_by_who_knows_the_old_one_and_other_sessions_end()
    {
        var person = await house.PersonAsync();
        using var here = await house.SignedInAsync(person);
        using var there = await house.SignedInAsync(person);
        Task<Answer> Put(string current, string password) => here.SendAsync(HttpMethod.Put, "/api/accounts/me/password", new { current, password }, ("Sec-Fetch-Site", "same-origin"));
        (await Put("not the old one", "a wholly new phrase")).Is(HttpStatusCode.UnprocessableEntity);
        (await Put(Person.Password, "short")).Is(HttpStatusCode.UnprocessableEntity);
        (await there.GetAsync("/api/accounts/me")).Ok();
        (await Put(Person.Password, "a wholly new phrase")).Is(HttpStatusCode.NoContent);
        (await here.GetAsync("/api/accounts/me")).Ok();
        (await there.GetAsync("/api/accounts/me")).Is(HttpStatusCode.Unauthorized);
        using var again = house.Surfer();
        (await again.SignInAsync(person.Handle, "a wholly new phrase")).LedTo("/");
    }

    [Fact]
    public async Task Second_factor_and_passkeys_are_told_and_taken_away_only_in_a_session()
    {
        var person = await house.PersonAsync();
        using var surfer = await house.SignedInAsync(person);
        Assert.Equal("False", (await surfer.GetAsync("/api/accounts/me/second-factor")).Ok()["on"]);
        Assert.Empty((await surfer.GetAsync("/api/accounts/me/passkeys")).Ok().Json.EnumerateArray());
        (await surfer.DeleteAsync("/api/accounts/me/second-factor")).Is(HttpStatusCode.NoContent);
        (await surfer.DeleteAsync("/api/accounts/me/passkeys/1")).Is(HttpStatusCode.NotFound);
        using var token = person.With("profile:write");
        (await token.GetAsync("/api/accounts/me/second-factor")).Ok();
        (await token.DeleteAsync("/api/accounts/me/second-factor")).Refuses(HttpStatusCode.Forbidden, "session_required");
        (await token.DeleteAsync("/api/accounts/me/passkeys/1")).Refuses(HttpStatusCode.Forbidden, "session_required");
        using var reader = person.With("profile:read");
        (await reader.PutAsync("/api/accounts/me/password", new { current = Person.Password, password = "a wholly new phrase" })).Refuses(HttpStatusCode.Forbidden, "insufficient_scope");
    }
}
