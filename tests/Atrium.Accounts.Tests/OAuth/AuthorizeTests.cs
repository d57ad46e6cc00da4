using System.Net;
using System.Web;

namespace Atrium.Accounts.Tests.OAuth;

public sealed class AuthorizeTests(CredentialHouse house)
{
    [Fact]
    public async Task An_address_that_was_not_registered_is_never_redirected_to()
    {
        var app = await OAuthDance.RegisterAsync(house);
        using var ada = await house.PersonAsync("ada");
        foreach (var address in (string[])["https://evil.example/back", "https://app.example/back/", "https://app.example/back?x=1", "https://app.example/Back", "https://app.example:444/back"])
        {
            var answer = await ada.PageAsync(app.AuthorizeUrl(redirect: address));
            answer.Is(HttpStatusCode.BadRequest);
            Assert.False(answer.Headers.ContainsKey("Location"));
        }
    }

    [Fact]
    public async Task A_loopback_address_matches_with_any_port_and_nothing_else()
    {
        var app = await OAuthDance.RegisterAsync(house, redirect: "http://127.0.0.1:5000/callback");
        using var ada = await house.PersonAsync("ada");
        var back = await OAuthDance.AllowAsync(ada, app.AuthorizeUrl(redirect: "http://127.0.0.1:61234/callback"));
        Assert.Equal(61234, back.Port);
        Assert.NotNull(HttpUtility.ParseQueryString(back.Query)["code"]);
        (await ada.PageAsync(app.AuthorizeUrl(redirect: "http://127.0.0.1:61234/other"))).Is(HttpStatusCode.BadRequest);
        (await ada.PageAsync(app.AuthorizeUrl(redirect: "http://localhost:61234/callback"))).Is(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_public_app_must_use_pkce_with_s256()
    {
        var app = await OAuthDance.RegisterAsync(house);
        using var ada = await house.PersonAsync("ada");
        foreach (var downgrade in ((string, string)[][])
        [
            [("code_challenge", ""), ("code_challenge_method", "")],
            [("code_challenge_method", "plain")],
            [("code_challenge_method", "")],
        ])
        {
            var answer = (await ada.PageAsync(app.AuthorizeUrl("openid", OAuthDance.Redirect, downgrade))).Is(HttpStatusCode.BadRequest);
            Assert.False(answer.Headers.ContainsKey("Location"));
        }
    }

    [Fact]
    public async Task A_code_is_worth_nothing_without_its_verifier()
    {
        var app = await OAuthDance.RegisterAsync(house);
        using var ada = await house.PersonAsync("ada");
        (await app.RedeemAsync(await app.CodeAsync(ada), verifier: "")).Is(HttpStatusCode.BadRequest);
        var wrong = await app.RedeemAsync(await app.CodeAsync(ada), verifier: new string('a', 43));
        Assert.Equal("invalid_grant", wrong.Is(HttpStatusCode.BadRequest)["error"]);
        var elsewhere = await app.RedeemAsync(await app.CodeAsync(ada), redirect: "https://app.example/else");
        Assert.Equal("invalid_grant", elsewhere.Is(HttpStatusCode.BadRequest)["error"]);
    }

    [Fact]
    public async Task A_code_redeemed_many_times_at_once_gives_tokens_once()
    {
        var app = await OAuthDance.RegisterAsync(house);
        using var ada = await house.PersonAsync("ada");
        var code = await app.CodeAsync(ada);
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.RedeemAsync(code)));
        Assert.Equal(1, answers.Count(a => a.Status == HttpStatusCode.OK));
        Assert.All(answers.Where(a => a.Status != HttpStatusCode.OK), a => Assert.Equal("invalid_grant", a.Is(HttpStatusCode.BadRequest)["error"]));
    }

    [Fact]
    public async Task A_code_used_twice_ends_what_it_gave()
    {
        var app = await OAuthDance.RegisterAsync(house);
        using var ada = await house.PersonAsync("ada");
        var code = await app.CodeAsync(ada);
        var token = (await app.RedeemAsync(code)).Is(HttpStatusCode.OK)["access_token"];
        (await OAuthDance.CallAsync(house, token)).Is(HttpStatusCode.OK);
        (await app.RedeemAsync(code)).Is(HttpStatusCode.BadRequest);
        (await OAuthDance.CallAsync(house, token)).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task What_was_allowed_once_is_not_asked_again_and_more_is()
    {
        var app = await OAuthDance.RegisterAsync(house);
        using var ada = await house.PersonAsync("ada");
        var silent = app.AuthorizeUrl("openid probe:read", OAuthDance.Redirect, ("prompt", "none"));
        Assert.Equal("consent_required", HttpUtility.ParseQueryString((await OAuthDance.AllowAsync(ada, silent)).Query)["error"]);
        await app.CodeAsync(ada, "openid probe:read");
        Assert.NotNull(HttpUtility.ParseQueryString((await OAuthDance.AllowAsync(ada, silent)).Query)["code"]);

        (await ada.PageAsync(app.AuthorizeUrl("openid probe:read"))).Is(HttpStatusCode.Found);
        var more = (await ada.PageAsync(app.AuthorizeUrl("openid probe:read probe:write"))).Is(HttpStatusCode.OK);
        Assert.Contains("Touch", more.Body, StringComparison.Ordinal);
        (await ada.PageAsync(app.AuthorizeUrl("openid probe:read", OAuthDance.Redirect, ("prompt", "consent")))).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_consent_page_says_who_asks_for_what_and_lets_the_answer_leave()
    {
        var app = await OAuthDance.RegisterAsync(house);
        using var ada = await house.PersonAsync("ada");
        var page = (await ada.PageAsync(app.AuthorizeUrl())).Is(HttpStatusCode.OK);
        foreach (var words in (string[])["Herbarium", "app.example", "See your e-mail address", "Stay allowed while you are away", "Look", ada.Handle])
            Assert.Contains(words, page.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("form-action", page.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Equal("no-store", page.Headers["Cache-Control"]);
        // Apps of the browser ask in a window of their own, and hear of the answer in the one that opened it: all along the way, and nowhere else.
        foreach (var path in (string[])[app.AuthorizeUrl(), "/sign-in", "/sign-in/code"])
            Assert.Equal("unsafe-none", (await house.Stranger().PageAsync(path)).Headers["Cross-Origin-Opener-Policy"]);
        Assert.Equal("unsafe-none", page.Headers["Cross-Origin-Opener-Policy"]);
        Assert.Equal("same-origin", (await house.Stranger().PageAsync("/forgot-password")).Headers["Cross-Origin-Opener-Policy"]);

        var back = await OAuthDance.AllowAsync(ada, app.AuthorizeUrl(), "deny");
        Assert.Equal("access_denied", HttpUtility.ParseQueryString(back.Query)["error"]);
        Assert.Equal("back-to-me", HttpUtility.ParseQueryString(back.Query)["state"]);
    }

    [Fact]
    public async Task A_yes_that_another_site_sent_is_refused()
    {
        var app = await OAuthDance.RegisterAsync(house);
        using var ada = await house.PersonAsync("ada");
        var fields = OAuthDance.HiddenFields((await ada.PageAsync(app.AuthorizeUrl())).Body);
        var forged = await ada.PostAsync(
            "/oauth/authorize", new FormUrlEncodedContent([.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value)), new("decision", "allow")]), ("Sec-Fetch-Site", "cross-site"));
        forged.Refuses(HttpStatusCode.Forbidden, "cross_site");
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_goes_to_the_door_and_back()
    {
        var app = await OAuthDance.RegisterAsync(house);
        using var stranger = house.Stranger();
        var sent = (await stranger.PageAsync(app.AuthorizeUrl("openid", OAuthDance.Redirect, ("login_hint", "ada")))).Is(HttpStatusCode.Found);
        Assert.StartsWith("/sign-in?", sent.Headers["Location"], StringComparison.Ordinal);
        Assert.Contains(app.ClientId, Uri.UnescapeDataString(sent.Headers["Location"]), StringComparison.Ordinal);
        var silent = await stranger.PageAsync(app.AuthorizeUrl("openid", OAuthDance.Redirect, ("prompt", "none")));
        Assert.Contains("error=login_required", silent.Is(HttpStatusCode.Found).Headers["Location"], StringComparison.Ordinal);

        using var ada = await house.PersonAsync("ada");
        var again = (await ada.PageAsync(app.AuthorizeUrl("openid", OAuthDance.Redirect, ("prompt", "login")))).Is(HttpStatusCode.Found);
        Assert.StartsWith("/settings/prove?", again.Headers["Location"], StringComparison.Ordinal);
        Assert.DoesNotContain("prompt=login", Uri.UnescapeDataString(again.Headers["Location"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_cannot_say_yes_for_its_member()
    {
        var app = await OAuthDance.RegisterAsync(house);
        using var ada = await house.PersonAsync("ada");
        var token = (await app.TokensAsync(ada)).GetProperty("access_token").GetString()!;
        var other = await OAuthDance.RegisterAsync(house);
        var answer = await OAuthDance.CallAsync(house, token, other.AuthorizeUrl());
        Assert.StartsWith("/sign-in?", answer.Is(HttpStatusCode.Found).Headers["Location"], StringComparison.Ordinal);
    }
}
