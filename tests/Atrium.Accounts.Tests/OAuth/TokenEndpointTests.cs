using System.Net;
using Atrium.Accounts.Tokens;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.Tests.OAuth;

public sealed class TokenEndpointTests(CredentialHouse house)
{
    [Fact]
    public async Task A_refresh_token_turns_with_each_use_and_one_used_again_ends_the_chain()
    {
        var app = await OAuthDance.RegisterAsync(house);
        using var ada = await house.PersonAsync("ada");
        var first = await app.TokensAsync(ada);
        var stolen = first.GetProperty("refresh_token").GetString()!;
        var second = (await app.RefreshAsync(stolen)).Is(HttpStatusCode.OK);
        Assert.NotEqual(stolen, second["refresh_token"]);
        var third = (await app.RefreshAsync(second["refresh_token"])).Is(HttpStatusCode.OK);
        (await OAuthDance.CallAsync(house, third["access_token"])).Is(HttpStatusCode.OK);

        house.Forward(TimeSpan.FromSeconds(11));
        Assert.Equal("invalid_grant", (await app.RefreshAsync(stolen)).Is(HttpStatusCode.BadRequest)["error"]);
        (await OAuthDance.CallAsync(house, third["access_token"])).Is(HttpStatusCode.Unauthorized);
        (await app.RefreshAsync(third["refresh_token"])).Is(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Two_halves_of_an_app_that_refresh_at_once_both_stay_allowed()
    {
        var app = await OAuthDance.RegisterAsync(house);
        using var ada = await house.PersonAsync("ada");
        var token = (await app.TokensAsync(ada)).GetProperty("refresh_token").GetString()!;
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => app.RefreshAsync(token)));
        Assert.All(answers, a => Assert.True((int)a.Status < 500, a.Body));
        var good = answers.Where(a => a.Status == HttpStatusCode.OK).ToList();
        Assert.NotEmpty(good);
        foreach (var answer in good) (await OAuthDance.CallAsync(house, answer["access_token"])).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_app_with_a_secret_acts_on_its_own_behalf_and_sees_no_member_s_things()
    {
        var app = await OAuthDance.RegisterAsync(house, confidential: true);
        var answer = (await app.TokenAsync(("grant_type", "client_credentials"), ("scope", "probe:read credentials:read"))).Is(HttpStatusCode.OK);
        var seen = (await OAuthDance.CallAsync(house, answer["access_token"])).Is(HttpStatusCode.OK);
        Assert.Equal(("app", "Herbarium", ""), (seen["kind"], seen["client"], seen["member"]));
        (await OAuthDance.CallAsync(house, answer["access_token"], method: HttpMethod.Post)).Refuses(HttpStatusCode.Forbidden, "insufficient_scope");
        (await OAuthDance.CallAsync(house, answer["access_token"], "/api/accounts/tokens")).Is(HttpStatusCode.Unauthorized);

        var wrong = await new OAuthDance(house, app.ClientId, "not-the-secret").TokenAsync(("grant_type", "client_credentials"));
        Assert.Equal("invalid_client", wrong.Is(HttpStatusCode.Unauthorized)["error"]);
        var open = await OAuthDance.RegisterAsync(house);
        (await open.TokenAsync(("grant_type", "client_credentials"))).Is(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_token_does_what_its_scopes_say_and_no_more()
    {
        var app = await OAuthDance.RegisterAsync(house);
        using var ada = await house.PersonAsync("ada");
        var token = (await app.TokensAsync(ada, "openid profile probe:read")).GetProperty("access_token").GetString()!;
        var seen = (await OAuthDance.CallAsync(house, token)).Is(HttpStatusCode.OK);
        Assert.Equal((ada.Handle, "Herbarium"), (seen["handle"], seen["client"]));
        Assert.Equal(["probe:read"], seen.Json.GetProperty("scopes").EnumerateArray().Select(s => s.GetString()));
        (await OAuthDance.CallAsync(house, token, method: HttpMethod.Post)).Refuses(HttpStatusCode.Forbidden, "insufficient_scope");
        // OpenID's profile is not leave to read or change the profile over the API.
        (await OAuthDance.CallAsync(house, token, "/api/accounts/me")).Refuses(HttpStatusCode.Forbidden, "insufficient_scope");
        (await OAuthDance.CallAsync(house, token, "/probe/page")).Refuses(HttpStatusCode.Forbidden, "insufficient_scope");
    }

    [Fact]
    public async Task Revoking_acts_at_once_however_it_is_done()
    {
        var app = await OAuthDance.RegisterAsync(house);
        using var ada = await house.PersonAsync("ada");

        var first = (await app.TokensAsync(ada)).GetProperty("access_token").GetString()!;
        (await OAuthDance.CallAsync(house, first)).Is(HttpStatusCode.OK);
        (await app.PostAsync("/oauth/revoke", ("token", first))).Is(HttpStatusCode.OK);
        (await OAuthDance.CallAsync(house, first)).Is(HttpStatusCode.Unauthorized);

        var second = await app.TokensAsync(ada);
        var access = second.GetProperty("access_token").GetString()!;
        (await OAuthDance.CallAsync(house, access)).Is(HttpStatusCode.OK);
        var grants = await ada.GetAsync("/api/accounts/grants");
        var grant = grants.Ok().Json.GetProperty("items").EnumerateArray().Single();
        Assert.Equal("Herbarium", grant.GetProperty("app").GetString());
        (await ada.DeleteAsync($"/api/accounts/grants/{grant.GetProperty("id").GetString()}")).Is(HttpStatusCode.NoContent);
        (await OAuthDance.CallAsync(house, access)).Is(HttpStatusCode.Unauthorized);
        (await app.RefreshAsync(second.GetProperty("refresh_token").GetString()!)).Is(HttpStatusCode.BadRequest);
        Assert.Empty((await ada.GetAsync("/api/accounts/grants")).Json.GetProperty("items").EnumerateArray());
        (await ada.PageAsync(app.AuthorizeUrl())).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_suspended_member_s_tokens_are_dead_at_once_and_wake_with_them()
    {
        var app = await OAuthDance.RegisterAsync(house);
        using var ada = await house.PersonAsync("ada");
        using var root = await house.PersonAsync("root", Role.Administrator);
        var tokens = await app.TokensAsync(ada);
        var access = tokens.GetProperty("access_token").GetString()!;
        (await OAuthDance.CallAsync(house, access)).Is(HttpStatusCode.OK);
        await house.InScopeAsync(async services =>
        {
            await services.GetRequiredService<IMemberAdministration>().SuspendAsync(ada.Id, "Spam", root.Actor, CancellationToken.None);
            return true;
        });
        (await OAuthDance.CallAsync(house, access)).Is(HttpStatusCode.Unauthorized);
        Assert.Equal("invalid_grant", (await app.RefreshAsync(tokens.GetProperty("refresh_token").GetString()!)).Is(HttpStatusCode.BadRequest)["error"]);
    }

    [Fact]
    public async Task Introspection_tells_an_app_with_a_secret_whether_a_token_lives()
    {
        var app = await OAuthDance.RegisterAsync(house, confidential: true);
        using var ada = await house.PersonAsync("ada");
        var token = (await app.TokensAsync(ada)).GetProperty("access_token").GetString()!;
        var told = (await app.PostAsync("/oauth/introspect", ("token", token))).Is(HttpStatusCode.OK);
        Assert.True(told.Json.GetProperty("active").GetBoolean());
        Assert.Equal(ada.Id.ToString(), told["sub"]);
        await app.PostAsync("/oauth/revoke", ("token", token));
        Assert.False((await app.PostAsync("/oauth/introspect", ("token", token))).Is(HttpStatusCode.OK).Json.GetProperty("active").GetBoolean());
        var open = await OAuthDance.RegisterAsync(house);
        var alive = (await app.TokensAsync(ada)).GetProperty("access_token").GetString()!;
        Assert.DoesNotContain(ada.Id.ToString(), (await open.PostAsync("/oauth/introspect", ("token", alive))).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_use_of_a_grant_is_noted()
    {
        var app = await OAuthDance.RegisterAsync(house);
        using var ada = await house.PersonAsync("ada");
        await OAuthDance.CallAsync(house, (await app.TokensAsync(ada)).GetProperty("access_token").GetString()!);
        await house.Services.GetRequiredService<LastUses>().FlushAsync(CancellationToken.None);
        var grant = (await ada.GetAsync("/api/accounts/grants")).Json.GetProperty("items")[0];
        Assert.NotEqual(System.Text.Json.JsonValueKind.Null, grant.GetProperty("last_used_at").ValueKind);
    }

    [Fact]
    public async Task A_browser_app_of_another_origin_may_ask_for_tokens()
    {
        var app = await OAuthDance.RegisterAsync(house);
        using var ada = await house.PersonAsync("ada");
        var code = await app.CodeAsync(ada);
        using var page = house.Stranger();
        var answer = await page.PostAsync(
            "/oauth/token",
            new FormUrlEncodedContent([new("grant_type", "authorization_code"), new("code", code), new("redirect_uri", OAuthDance.Redirect), new("code_verifier", app.Verifier), new("client_id", app.ClientId)]),
            ("Origin", "https://app.example"), ("Sec-Fetch-Site", "cross-site"));
        Assert.Equal("*", answer.Is(HttpStatusCode.OK).Headers["Access-Control-Allow-Origin"]);
        var preflight = await page.SendAsync(HttpMethod.Options, "/oauth/userinfo", null, [("Origin", "https://app.example"), ("Access-Control-Request-Headers", "authorization")]);
        Assert.Contains("Authorization", preflight.Is(HttpStatusCode.NoContent).Headers["Access-Control-Allow-Headers"], StringComparison.Ordinal);
    }
}
