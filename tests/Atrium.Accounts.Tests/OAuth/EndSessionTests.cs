using System.Net;

namespace Atrium.Accounts.Tests.OAuth;

public sealed class EndSessionTests(CredentialHouse house)
{
    [Fact]
    public async Task An_app_may_ask_to_sign_out_and_the_member_agrees_first()
    {
        using var owner = await house.PersonAsync("owner");
        using var ada = await house.PersonAsync("ada");
        const string after = "https://app.example/bye";
        var made = (await owner.PostAsync(
            "/api/accounts/apps", new { name = "Herbarium", redirect_uris = new[] { OAuthDance.Redirect }, post_logout_redirect_uris = new[] { after } })).Is(HttpStatusCode.Created);
        var app = new OAuthDance(house, made.Json.GetProperty("details").GetProperty("client_id").GetString()!, null);
        var hint = (await app.TokensAsync(ada)).GetProperty("id_token").GetString()!;

        var asks = (await ada.PageAsync($"/oauth/end-session?id_token_hint={hint}&post_logout_redirect_uri={Uri.EscapeDataString(after)}&state=tot-ziens")).Is(HttpStatusCode.OK);
        Assert.Contains("Sign out?", asks.Body, StringComparison.Ordinal);
        var done = (await ada.FormAsync("/oauth/end-session", [.. OAuthDance.HiddenFields(asks.Body), ("decision", "sign-out")])).Is(HttpStatusCode.Found);
        Assert.Equal(after + "?state=tot-ziens", done.Headers["Location"]);
        Assert.Contains("atrium=;", done.Headers["Set-Cookie"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_was_not_registered_is_never_gone_to()
    {
        var app = await OAuthDance.RegisterAsync(house);
        using var ada = await house.PersonAsync("ada");
        var hint = (await app.TokensAsync(ada)).GetProperty("id_token").GetString()!;
        var answer = (await ada.PageAsync($"/oauth/end-session?id_token_hint={hint}&post_logout_redirect_uri=https%3A%2F%2Fevil.example")).Is(HttpStatusCode.BadRequest);
        Assert.False(answer.Headers.ContainsKey("Location"));
    }
}
