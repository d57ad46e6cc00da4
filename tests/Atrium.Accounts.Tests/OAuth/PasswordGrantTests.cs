using System.Net;
using System.Net.Http.Headers;
using Atrium.Accounts.Data;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.Tests.OAuth;

/// <summary>A house that takes apps which bring a member's password.</summary>
public sealed class PasswordHouse() : TestHouse(new ProbeModule())
{
    protected override IEnumerable<KeyValuePair<string, string?>> Configuration => [new("Accounts:OAuth:PasswordGrant", "true")];
}

public sealed class PasswordGrantTests(PasswordHouse open, CredentialHouse usual) : IClassFixture<PasswordHouse>
{
    [Fact]
    public async Task An_app_that_brings_handle_or_address_and_password_is_let_in_and_stands_among_the_member_s_apps()
    {
        using var ada = await open.PersonAsync("ada");
        var app = await RegisterAsync(open);
        foreach (var login in (string[])[ada.Handle, $"{ada.Handle}@example.org"])
        {
            var token = (await AskAsync(open, app, login, Person.Password, "probe:read")).Is(HttpStatusCode.OK);
            Assert.Equal("probe:read", token["scope"]);
            Assert.True(token.Json.TryGetProperty("created_at", out _));
            using var caller = open.Stranger();
            caller.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token["access_token"]);
            Assert.Equal(ada.Handle, (await caller.GetAsync("/api/probe")).Ok()["handle"]);
            (await caller.PostAsync("/api/probe")).Is(HttpStatusCode.Forbidden);
        }

        Assert.Equal("grabber", Assert.Single((await ada.GetAsync("/api/accounts/grants")).Ok().Json.GetProperty("items").EnumerateArray()).GetProperty("app").GetString());
        Assert.Equal("invalid_scope", (await AskAsync(open, app, ada.Handle, Person.Password, "probe:write")).Is(HttpStatusCode.BadRequest)["error"]);
        Assert.Contains("password", (await open.Stranger().GetAsync("/.well-known/oauth-authorization-server")).Ok().Json.GetProperty("grant_types_supported").EnumerateArray().Select(g => g.GetString()));
    }

    [Fact]
    public async Task Wrong_ones_unknown_ones_and_whoever_has_a_second_factor_get_the_same_refusal_as_json()
    {
        using var ada = await open.PersonAsync("ada");
        using var ben = await open.PersonAsync("ben");
        await open.InScopeAsync(async services =>
        {
            var db = services.GetRequiredService<AccountsDb>();
            DateTimeOffset? now = db.Now;
            return await db.Accounts.Where(a => a.Id == ben.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.TotpConfirmedAt, now));
        });
        var app = await RegisterAsync(open);
        foreach (var (login, password) in ((string, string)[])[(ada.Handle, "not it at all"), ("nobody-of-that-name", Person.Password), (ada.Handle, ""), (ben.Handle, Person.Password)])
        {
            var refused = await AskAsync(open, app, login, password, "probe:read");
            // Too little to ask with is told by the protocol itself.
            Assert.Equal(password.Length == 0 ? "invalid_request" : "invalid_grant", refused.Is(HttpStatusCode.BadRequest)["error"]);
            Assert.StartsWith("application/json", refused.Headers["Content-Type"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_house_takes_no_passwords_from_apps_unless_it_is_set_to()
    {
        using var ada = await usual.PersonAsync("ada");
        var refused = await AskAsync(usual, await RegisterAsync(usual), ada.Handle, Person.Password, "probe:read");
        Assert.Equal("unsupported_grant_type", refused.Is(HttpStatusCode.BadRequest)["error"]);
        Assert.DoesNotContain("password", (await usual.Stranger().GetAsync("/.well-known/oauth-authorization-server")).Ok().Json.GetProperty("grant_types_supported").EnumerateArray().Select(g => g.GetString()));
    }

    private static async Task<Answer> RegisterAsync(TestHouse house) =>
        (await house.Stranger().PostAsync("/api/v1/apps", new { client_name = "grabber", redirect_uris = "urn:ietf:wg:oauth:2.0:oob", scopes = "probe:read" })).Ok();

    private static Task<Answer> AskAsync(TestHouse house, Answer app, string login, string password, string scope) => house.Stranger().PostAsync(
        "/oauth/token", new { grant_type = "password", client_id = app["client_id"], client_secret = app["client_secret"], username = login, password, scope });
}
