using System.Net;

namespace Atrium.Accounts.Tests.OAuth;

public sealed class DeviceTests(CredentialHouse house)
{
    [Fact]
    public async Task A_device_gets_its_tokens_once_the_member_typed_its_code()
    {
        var app = await OAuthDance.RegisterAsync(house);
        using var ada = await house.PersonAsync("ada");
        var begun = (await app.PostAsync("/oauth/device", ("scope", "openid offline_access probe:read"))).Is(HttpStatusCode.OK);
        Assert.Equal($"{house.Url}/oauth/device/verify", begun["verification_uri"]);
        Assert.Equal("authorization_pending", (await PollAsync(app, begun["device_code"]))["error"]);

        Assert.Contains("Type the code", (await ada.PageAsync("/oauth/device/verify")).Is(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        (await ada.PageAsync("/oauth/device/verify?user_code=0000-0000-0001")).Is(HttpStatusCode.UnprocessableEntity);
        var asks = (await ada.PageAsync("/oauth/device/verify?user_code=" + begun["user_code"])).Is(HttpStatusCode.OK);
        Assert.Contains("Herbarium", asks.Body, StringComparison.Ordinal);
        Assert.Contains("Look", asks.Body, StringComparison.Ordinal);

        var allowed = await ada.FormAsync("/oauth/device/verify", [.. OAuthDance.HiddenFields(asks.Body), ("decision", "allow")]);
        Assert.EndsWith("/oauth/device/verify?done=1", allowed.Is(HttpStatusCode.Found).Headers["Location"], StringComparison.Ordinal);
        (await ada.PageAsync("/oauth/device/verify?done=1")).Is(HttpStatusCode.OK);

        var tokens = (await PollAsync(app, begun["device_code"])).Is(HttpStatusCode.OK);
        Assert.Equal(ada.Handle, (await OAuthDance.CallAsync(house, tokens["access_token"])).Is(HttpStatusCode.OK)["handle"]);
        (await app.RefreshAsync(tokens["refresh_token"])).Is(HttpStatusCode.OK);
        (await PollAsync(app, begun["device_code"])).Is(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_device_that_was_turned_away_is_told()
    {
        var app = await OAuthDance.RegisterAsync(house);
        using var ada = await house.PersonAsync("ada");
        var begun = (await app.PostAsync("/oauth/device", ("scope", "openid"))).Is(HttpStatusCode.OK);
        await ada.FormAsync("/oauth/device/verify", ("user_code", begun["user_code"]), ("decision", "deny"));
        Assert.Equal("access_denied", (await PollAsync(app, begun["device_code"])).Is(HttpStatusCode.BadRequest)["error"]);
    }

    [Fact]
    public async Task Whoever_types_a_code_signs_in_first()
    {
        using var stranger = house.Stranger();
        var sent = await stranger.PageAsync("/oauth/device/verify?user_code=1234-5678-9012");
        Assert.StartsWith("/sign-in?", sent.Is(HttpStatusCode.Found).Headers["Location"], StringComparison.Ordinal);
        Assert.Contains("1234-5678-9012", Uri.UnescapeDataString(sent.Headers["Location"]), StringComparison.Ordinal);
    }

    private static Task<Testing.Answer> PollAsync(OAuthDance app, string device) =>
        app.TokenAsync(("grant_type", "urn:ietf:params:oauth:grant-type:device_code"), ("device_code", device));
}
