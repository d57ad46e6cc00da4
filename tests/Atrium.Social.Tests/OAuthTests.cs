using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

/// <summary>How Mastodon's apps sign in.</summary>
public sealed partial class OAuthTests(SocialHouse house)
{
    private const string Oob = "urn:ietf:wg:oauth:2.0:oob";

    [Fact]
    public async Task An_app_registers_and_a_member_types_its_code()
    {
        var ada = await house.PersonAsync("ada");
        var app = (await house.Stranger().PostAsync("/api/v1/apps", new { client_name = "toot", redirect_uris = Oob, scopes = "read write follow push" })).Ok();
        Assert.Equal(["client_id", "client_secret", "client_secret_expires_at", "id", "name", "redirect_uri", "redirect_uris", "scopes", "vapid_key", "website"], app.Json.Keys());

        var code = await CodeAsync(ada, app["client_id"], "read write follow push");
        var token = (await house.Stranger().PostAsync("/oauth/token", new { grant_type = "authorization_code", code, client_id = app["client_id"], client_secret = app["client_secret"], redirect_uri = Oob })).Ok();
        Assert.Equal(["access_token", "created_at", "scope", "token_type"], token.Json.Keys());
        Assert.Equal("read write follow push", token["scope"]);

        using var client = Bearer(token["access_token"]);
        Assert.Equal(ada.Handle, (await client.GetAsync("/api/v1/accounts/verify_credentials")).Ok()["username"]);
        Assert.Equal("toot", (await client.GetAsync("/api/v1/apps/verify_credentials")).Ok()["name"]);
        Assert.Equal("toot", (await client.PostAsync("/api/v1/statuses", new { status = "from toot" })).Ok().Json.GetProperty("application").GetProperty("name").GetString());
        (await client.PostAsync($"/api/v1/accounts/{await (await house.PersonAsync("ben")).AccountIdAsync()}/mute")).Ok();

        // The same code again is refused and ends what came of it.
        var again = await house.Stranger().PostAsync("/oauth/token", new { grant_type = "authorization_code", code, client_id = app["client_id"], client_secret = app["client_secret"], redirect_uri = Oob });
        Assert.Equal("invalid_grant", again.Is(HttpStatusCode.BadRequest)["error"]);
        (await client.GetAsync("/api/v1/accounts/verify_credentials")).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_app_speaks_for_itself_and_may_be_ended_twice()
    {
        var app = (await house.Stranger().SendAsync(HttpMethod.Post, "/api/v1/apps/", new FormUrlEncodedContent(
            [new("client_name", "bot"), new("redirect_uris", "https://a.example/cb\nhttps://b.example/cb"), new("scopes", "read")]), [])).Ok();
        Assert.Equal(["https://a.example/cb", "https://b.example/cb"], app.Json.GetProperty("redirect_uris").EnumerateArray().Select(r => r.GetString()!));
        var wrong = await house.Stranger().PostAsync("/oauth/token", new { grant_type = "client_credentials", client_id = app["client_id"], client_secret = "nonsense" });
        Assert.Equal("invalid_client", wrong.Is(HttpStatusCode.Unauthorized)["error"]);
        Assert.Equal("invalid_scope", (await house.Stranger().PostAsync("/oauth/token", new { grant_type = "client_credentials", client_id = app["client_id"], client_secret = app["client_secret"], scope = "write" })).Is(HttpStatusCode.BadRequest)["error"]);
        var token = (await house.Stranger().PostAsync("/oauth/token", new { grant_type = "client_credentials", client_id = app["client_id"], client_secret = app["client_secret"] })).Ok();
        Assert.Equal("read", token["scope"]);
        using var client = Bearer(token["access_token"]);
        (await client.GetAsync("/api/v1/apps/verify_credentials")).Ok();
        (await client.GetAsync("/api/v1/timelines/public")).Ok();
        (await client.GetAsync("/api/v1/timelines/home")).Is(HttpStatusCode.Unauthorized);
        for (var i = 0; i < 2; i++) (await house.Stranger().PostAsync("/oauth/revoke", new { token = token["access_token"], client_id = app["client_id"], client_secret = app["client_secret"] })).Is(HttpStatusCode.OK);
        (await client.GetAsync("/api/v1/apps/verify_credentials")).Is(HttpStatusCode.Unauthorized);
        (await house.Stranger().PostAsync("/api/v1/apps", new { client_name = "x", redirect_uris = "javascript:alert(1)" })).Is(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task Of_ten_exchanges_of_one_code_at_once_one_gives_a_token_and_the_code_s_reuse_ends_it()
    {
        var ada = await house.PersonAsync("ada");
        var app = (await house.Stranger().PostAsync("/api/v1/apps", new { client_name = "many", redirect_uris = Oob, scopes = "read" })).Ok();
        var code = await CodeAsync(ada, app["client_id"], "read");
        using var stranger = house.Stranger();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => stranger.PostAsync("/oauth/token", new { grant_type = "authorization_code", code, client_id = app["client_id"], client_secret = app["client_secret"], redirect_uri = Oob })));
        var made = answers.Where(a => a.Status == HttpStatusCode.OK).ToList();
        Assert.InRange(made.Count, 0, 1);
        Assert.All(answers.Except(made), a => Assert.Equal("invalid_grant", a.Is(HttpStatusCode.BadRequest)["error"]));
        foreach (var token in made)
        {
            (await stranger.PostAsync("/oauth/token", new { grant_type = "authorization_code", code, client_id = app["client_id"], client_secret = app["client_secret"], redirect_uri = Oob })).Is(HttpStatusCode.BadRequest);
            using var client = Bearer(token["access_token"]);
            (await client.GetAsync("/api/v1/accounts/verify_credentials")).Is(HttpStatusCode.Unauthorized);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_app_that_signs_out_or_is_sent_away_is_woken_no_longer(bool sentAway)
    {
        var ada = await house.PersonAsync("ada");
        var account = Kernel.Id<Account>.Parse(await ada.AccountIdAsync());
        Task<int> HeldAsync() => house.InScopeAsync(s => s.GetRequiredService<SocialDb>().ClientPushes.CountAsync(p => p.AccountId == account));
        var app = (await house.Stranger().PostAsync("/api/v1/apps", new { client_name = "woken", redirect_uris = Oob, scopes = "read push" })).Ok();
        var code = await CodeAsync(ada, app["client_id"], "read push");
        var token = (await house.Stranger().PostAsync("/oauth/token", new { grant_type = "authorization_code", code, client_id = app["client_id"], client_secret = app["client_secret"], redirect_uri = Oob })).Ok();
        using var client = Bearer(token["access_token"]);
        (await client.PostAsync("/api/v1/push/subscription", new { subscription = new { endpoint = "https://push.example/1", keys = new { p256dh = new string('A', 87), auth = new string('A', 22) } } })).Ok();
        Assert.Equal(1, await HeldAsync());
        if (sentAway) (await ada.DeleteAsync($"/api/accounts/grants/{(await ada.GetAsync("/api/accounts/grants")).Ok().Json.GetProperty("items")[0].GetProperty("id").GetString()}")).Is(HttpStatusCode.NoContent);
        else (await house.Stranger().PostAsync("/oauth/revoke", new { token = token["access_token"], client_id = app["client_id"], client_secret = app["client_secret"] })).Ok();
        await house.SettledAsync();
        Assert.Equal(0, await HeldAsync());
    }

    private async Task<string> CodeAsync(Person person, string client, string scope)
    {
        var query = $"/oauth/authorize?client_id={client}&redirect_uri={Uri.EscapeDataString(Oob)}&response_type=code&scope={Uri.EscapeDataString(scope)}";
        (await person.PageAsync(query)).Ok();
        var page = await person.FormAsync("/oauth/authorize", ("client_id", client), ("redirect_uri", Oob), ("response_type", "code"), ("scope", scope), ("decision", "allow"));
        var code = Code().Match(page.Ok().Body);
        Assert.True(code.Success, page.Body);
        return code.Groups["code"].Value;
    }

    private Caller Bearer(string token)
    {
        var caller = house.Stranger();
        caller.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return caller;
    }

    [GeneratedRegex("""<code id="authorization-code">(?<code>[^<]+)</code>""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Code();
}
