using System.Net;
using Atrium.Accounts.Data;
using Atrium.Accounts.Tests.OAuth;
using Atrium.Accounts.Tokens;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.Tests.Tokens;

public sealed class PersonalTokenTests(CredentialHouse house)
{
    [Fact]
    public async Task A_token_works_is_listed_and_ends_at_once()
    {
        using var ada = await house.PersonAsync("ada");
        var made = (await ada.PostAsync("/api/accounts/tokens", new { name = "Backup script", scopes = new[] { "probe:read" } })).Is(HttpStatusCode.Created);
        var token = made["token"];
        Assert.StartsWith("atr_", token, StringComparison.Ordinal);
        var seen = (await OAuthDance.CallAsync(house, token)).Is(HttpStatusCode.OK);
        Assert.Equal((ada.Handle, "Backup script"), (seen["handle"], seen["client"]));
        (await OAuthDance.CallAsync(house, token, method: HttpMethod.Post)).Refuses(HttpStatusCode.Forbidden, "insufficient_scope");

        await house.Services.GetRequiredService<LastUses>().FlushAsync(CancellationToken.None);
        var listed = (await ada.GetAsync("/api/accounts/tokens")).Ok();
        Assert.DoesNotContain(token, listed.Body, StringComparison.Ordinal);
        var view = Assert.Single(listed.Json.GetProperty("items").EnumerateArray());
        Assert.Equal(token[^4..], view.GetProperty("ending").GetString());
        Assert.Equal("127.0.0.1", view.GetProperty("last_address").GetString());

        (await ada.DeleteAsync($"/api/accounts/tokens/{view.GetProperty("id").GetString()}")).Is(HttpStatusCode.NoContent);
        var ended = (await OAuthDance.CallAsync(house, token)).Is(HttpStatusCode.Unauthorized);
        Assert.Contains("invalid_token", ended.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_hash_is_stored()
    {
        using var ada = await house.PersonAsync("ada");
        var token = (await ada.PostAsync("/api/accounts/tokens", new { name = "Script", scopes = new[] { "probe:read" } }))["token"];
        var stored = await house.InScopeAsync(s => s.GetRequiredService<AccountsDb>().PersonalTokens.SingleAsync(t => t.MemberId == ada.Id));
        Assert.Equal(RandomKey.Hash(token), stored.Hash);
    }

    [Fact]
    public async Task Knowing_a_token_costs_one_statement_at_first_and_then_none()
    {
        using var ada = await house.PersonAsync("ada");
        var warm = (await ada.PostAsync("/api/accounts/tokens", new { name = "Warm-up", scopes = new[] { "probe:read" } }))["token"];
        var token = (await ada.PostAsync("/api/accounts/tokens", new { name = "Script", scopes = new[] { "probe:read" } }))["token"];
        // Settings are read by every kind of caller every few seconds: they are not counted here.
        await OAuthDance.CallAsync(house, warm);
        var cold = (await OAuthDance.CallAsync(house, token)).Is(HttpStatusCode.OK).Statements;
        var again = (await OAuthDance.CallAsync(house, token)).Is(HttpStatusCode.OK).Statements;
        TestContext.Current.SendDiagnosticMessage($"Statements to know a token: {cold} cold, {again} warm");
        Assert.True(cold <= 1, $"{cold} statements cold");
        Assert.Equal(0, again);
    }

    [Fact]
    public async Task A_token_is_over_when_its_time_is()
    {
        using var ada = await house.PersonAsync("ada");
        var clock = house.Services.GetRequiredService<TimeProvider>();
        (await ada.PostAsync("/api/accounts/tokens", new { name = "Late", scopes = new[] { "probe:read" }, expires_at = clock.GetUtcNow().AddMinutes(-1) })).Refuses(HttpStatusCode.UnprocessableEntity, "past");
        var token = (await ada.PostAsync("/api/accounts/tokens", new { name = "Short", scopes = new[] { "probe:read" }, expires_at = clock.GetUtcNow().AddSeconds(20) }))["token"];
        (await OAuthDance.CallAsync(house, token)).Is(HttpStatusCode.OK);
        house.Forward(TimeSpan.FromSeconds(21));
        (await OAuthDance.CallAsync(house, token)).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_token_never_makes_one_that_may_more()
    {
        using var ada = await house.PersonAsync("ada");
        using var narrow = ada.With("credentials:write", "probe:read");
        (await narrow.PostAsync("/api/accounts/tokens", new { name = "More", scopes = new[] { "probe:write" } })).Refuses(HttpStatusCode.UnprocessableEntity, "scope_exceeds_token");
        (await narrow.PostAsync("/api/accounts/tokens", new { name = "Same", scopes = new[] { "probe:read" } })).Is(HttpStatusCode.Created);
        (await narrow.PostAsync("/api/accounts/app-passwords", new { name = "All" })).Refuses(HttpStatusCode.Forbidden, "session_required");
        (await ada.PostAsync("/api/accounts/tokens", new { name = "Odd", scopes = new[] { "probe:everything" } })).Refuses(HttpStatusCode.UnprocessableEntity, "unknown_scope");
        (await ada.PostAsync("/api/accounts/tokens", new { name = "None", scopes = Array.Empty<string>() })).Refuses(HttpStatusCode.UnprocessableEntity, "required");
        (await ada.PostAsync("/api/accounts/tokens", new { name = " ", scopes = new[] { "probe:read" } })).Refuses(HttpStatusCode.UnprocessableEntity, "required");
    }

    [Fact]
    public async Task A_token_may_no_more_than_its_member()
    {
        using var gus = await house.PersonAsync("gus", Role.Guest);
        var token = (await gus.PostAsync("/api/accounts/tokens", new { name = "All", scopes = new[] { "probe:read", "accounts:admin" } }))["token"];
        Assert.Equal("guest", (await OAuthDance.CallAsync(house, token)).Is(HttpStatusCode.OK)["role"]);
        (await OAuthDance.CallAsync(house, token, "/api/accounts/admin/members")).Is(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_suspended_member_s_tokens_are_dead_at_once_and_live_again_with_them()
    {
        using var ada = await house.PersonAsync("ada");
        using var root = await house.PersonAsync("root", Role.Administrator);
        var token = (await ada.PostAsync("/api/accounts/tokens", new { name = "Script", scopes = new[] { "probe:read" } }))["token"];
        (await OAuthDance.CallAsync(house, token)).Is(HttpStatusCode.OK);
        await AdministerAsync(a => a.SuspendAsync(ada.Id, null, root.Actor, CancellationToken.None));
        (await OAuthDance.CallAsync(house, token)).Is(HttpStatusCode.Unauthorized);
        await AdministerAsync(a => a.RestoreAsync(ada.Id, root.Actor, CancellationToken.None));
        (await OAuthDance.CallAsync(house, token)).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_stranger_can_neither_see_nor_end_another_s_token()
    {
        using var ada = await house.PersonAsync("ada");
        using var ben = await house.PersonAsync("ben");
        var made = await ada.PostAsync("/api/accounts/tokens", new { name = "Script", scopes = new[] { "probe:read" } });
        (await ben.DeleteAsync("/api/accounts/tokens/" + made.Json.GetProperty("details").GetProperty("id").GetString())).Is(HttpStatusCode.NotFound);
        Assert.Empty((await ben.GetAsync("/api/accounts/tokens")).Json.GetProperty("items").EnumerateArray());
        (await OAuthDance.CallAsync(house, made["token"])).Is(HttpStatusCode.OK);
        (await OAuthDance.CallAsync(house, "atr_" + RandomKey.New(30))).Is(HttpStatusCode.Unauthorized);
        (await OAuthDance.CallAsync(house, "nonsense")).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_house_itself_makes_tokens_by_the_same_rules()
    {
        using var ada = await house.PersonAsync("ada");
        var token = await house.InScopeAsync(s => s.GetRequiredService<IMemberRegistry>().AddTokenAsync(ada.Id, "Command line", ["probe"], CancellationToken.None));
        (await OAuthDance.CallAsync(house, token, method: HttpMethod.Post)).Is(HttpStatusCode.OK);
    }

    private Task<bool> AdministerAsync(Func<IMemberAdministration, Task> act) => house.InScopeAsync(async services =>
    {
        await act(services.GetRequiredService<IMemberAdministration>());
        return true;
    });
}
