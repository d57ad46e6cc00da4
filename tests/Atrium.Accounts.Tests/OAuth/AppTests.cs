using System.Net;

namespace Atrium.Accounts.Tests.OAuth;

public sealed class AppTests(CredentialHouse house)
{
    [Theory]
    [InlineData("http://app.example/back", "insecure")]
    [InlineData("https://app.example/back#here", "fragment")]
    [InlineData("javascript:alert(1)", "scheme")]
    [InlineData("data:text/html,hello", "scheme")]
    [InlineData("/back", "invalid_uri")]
    [InlineData("https://*.app.example/back", "invalid_uri")]
    [InlineData("https://someone@app.example/back", "invalid_uri")]
    public async Task An_unsafe_address_is_refused(string address, string code)
    {
        using var ada = await house.PersonAsync("ada");
        var answer = await ada.PostAsync("/api/accounts/apps", new { name = "App", redirect_uris = new[] { address } });
        answer.Refuses(HttpStatusCode.UnprocessableEntity, code);
        Assert.Equal("redirect_uris", answer.Json.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task An_app_is_seen_and_changed_by_its_owner_alone()
    {
        using var ada = await house.PersonAsync("ada");
        using var ben = await house.PersonAsync("ben");
        var made = (await ada.PostAsync("/api/accounts/apps", new { name = "Tally", redirect_uris = new[] { "https://tally.example/back", "tally.app:/back" } })).Is(HttpStatusCode.Created);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, made.Json.GetProperty("client_secret").ValueKind);
        var path = "/api/accounts/apps/" + made.Json.GetProperty("details").GetProperty("id").GetString();
        (await ben.GetAsync(path)).Is(HttpStatusCode.NotFound);
        (await ben.DeleteAsync(path)).Is(HttpStatusCode.NotFound);

        var shown = (await ada.GetAsync(path)).Is(HttpStatusCode.OK);
        (await ada.PutAsync(path, new { name = "Tally two" })).Is(HttpStatusCode.PreconditionRequired);
        var changed = (await ada.PutAsync(path, new { name = "Tally two", redirect_uris = new[] { "https://tally.example/new" } }, ("If-Match", shown.ETag!))).Is(HttpStatusCode.OK);
        Assert.Equal("Tally two", changed["name"]);
        (await ada.PutAsync(path, new { name = "Tally three" }, ("If-Match", shown.ETag!))).Is(HttpStatusCode.PreconditionFailed);
        (await ada.PutAsync(path, new { name = "Tally", confidential = true }, ("If-Match", changed.ETag!))).Refuses(HttpStatusCode.Conflict, "kind_is_fixed");
        (await ada.PostAsync(path + "/secret")).Refuses(HttpStatusCode.Conflict, "no_secret");
        (await ada.DeleteAsync(path)).Is(HttpStatusCode.NoContent);
        (await ada.GetAsync(path)).Is(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_new_secret_ends_the_old_one_and_only_its_hash_is_kept()
    {
        using var ada = await house.PersonAsync("ada");
        var made = (await ada.PostAsync("/api/accounts/apps", new { name = "Robot", confidential = true })).Is(HttpStatusCode.Created);
        var (id, client) = (made.Json.GetProperty("details").GetProperty("id").GetString()!, made.Json.GetProperty("details").GetProperty("client_id").GetString()!);
        var old = new OAuthDance(house, client, made["client_secret"]);
        (await old.TokenAsync(("grant_type", "client_credentials"), ("scope", "probe:read"))).Is(HttpStatusCode.OK);
        var turned = (await ada.PostAsync($"/api/accounts/apps/{id}/secret")).Is(HttpStatusCode.OK);
        (await old.TokenAsync(("grant_type", "client_credentials"))).Is(HttpStatusCode.Unauthorized);
        (await new OAuthDance(house, client, turned["client_secret"]).TokenAsync(("grant_type", "client_credentials"), ("scope", "probe:read"))).Is(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Deleting_an_app_ends_its_tokens_at_once()
    {
        using var owner = await house.PersonAsync("owner");
        using var ada = await house.PersonAsync("ada");
        var made = (await owner.PostAsync("/api/accounts/apps", new { name = "Short", redirect_uris = new[] { OAuthDance.Redirect } })).Is(HttpStatusCode.Created);
        var details = made.Json.GetProperty("details");
        var app = new OAuthDance(house, details.GetProperty("client_id").GetString()!, null);
        var token = (await app.TokensAsync(ada)).GetProperty("access_token").GetString()!;
        (await OAuthDance.CallAsync(house, token)).Is(HttpStatusCode.OK);
        (await owner.DeleteAsync("/api/accounts/apps/" + details.GetProperty("id").GetString())).Is(HttpStatusCode.NoContent);
        (await OAuthDance.CallAsync(house, token)).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_member_has_room_for_twenty_apps()
    {
        using var ada = await house.PersonAsync("ada");
        for (var n = 0; n < 20; n++) (await ada.PostAsync("/api/accounts/apps", new { name = $"App {n}" })).Is(HttpStatusCode.Created);
        (await ada.PostAsync("/api/accounts/apps", new { name = "One more" })).Refuses(HttpStatusCode.Conflict, "limit_reached");
    }
}
