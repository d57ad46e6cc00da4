using System.Net;
using System.Text.Json;
using Atrium.Accounts.OAuth;
using Atrium.Kernel.Modules;
using Microsoft.Extensions.Time.Testing;

namespace Atrium.Accounts.Tests.OAuth;

public sealed class DiscoveryTests(CredentialHouse house)
{
    [Theory]
    [InlineData("/.well-known/openid-configuration")]
    [InlineData("/.well-known/oauth-authorization-server")]
    public async Task Discovery_tells_the_truth(string path)
    {
        using var anyone = house.Stranger();
        var document = (await anyone.GetAsync(path)).Is(HttpStatusCode.OK);
        var root = house.Url;
        Assert.Equal(root, document["issuer"].TrimEnd('/'));
        foreach (var (name, address) in new Dictionary<string, string>
        {
            ["authorization_endpoint"] = "/oauth/authorize", ["token_endpoint"] = "/oauth/token", ["revocation_endpoint"] = "/oauth/revoke",
            ["introspection_endpoint"] = "/oauth/introspect", ["userinfo_endpoint"] = "/oauth/userinfo", ["device_authorization_endpoint"] = "/oauth/device",
            ["end_session_endpoint"] = "/oauth/end-session",
        })
            Assert.Equal(root + address, document[name]);
        Assert.Equal(["S256"], Values(document.Json, "code_challenge_methods_supported"));
        Assert.Equal(["code"], Values(document.Json, "response_types_supported"));
        Assert.Equal(
            ["authorization_code", "client_credentials", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"], Values(document.Json, "grant_types_supported"));
        foreach (var scope in (string[])["openid", "profile", "email", "offline_access", "probe:read", "credentials:read"])
            Assert.Contains(scope, Values(document.Json, "scopes_supported"));

        var keys = (await anyone.GetAsync(new Uri(document["jwks_uri"]).PathAndQuery)).Is(HttpStatusCode.OK);
        var key = Assert.Single(keys.Json.GetProperty("keys").EnumerateArray());
        Assert.Equal("RSA", key.GetProperty("kty").GetString());
        Assert.False(key.TryGetProperty("d", out _));
        Assert.Equal("*", keys.Headers["Access-Control-Allow-Origin"]);
    }

    [Fact]
    public void Keys_are_files_of_the_house_alone_and_turn_every_90_days()
    {
        var folder = Directory.CreateTempSubdirectory("atrium-keys").FullName;
        Directory.CreateDirectory(Path.Combine(folder, "keys"));
        var clock = new FakeTimeProvider(new(2026, 1, 10, 0, 0, 0, TimeSpan.Zero));
        var keys = new OAuthKeys(new HousePaths(folder), clock);
        Assert.True(keys.Refresh());
        Assert.False(keys.Refresh());
        var first = Assert.Single(keys.SigningCredentials()).Kid;
        if (!OperatingSystem.IsWindows())
            Assert.All(Directory.GetFiles(Path.Combine(folder, "keys")), f => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(f)));

        clock.Advance(TimeSpan.FromDays(91));
        Assert.True(keys.Refresh());
        Assert.Equal([first, keys.SigningCredentials()[1].Kid], keys.SigningCredentials().Select(c => c.Kid));
        clock.Advance(TimeSpan.FromDays(1));
        Assert.True(keys.Refresh());
        Assert.NotEqual(first, keys.SigningCredentials()[0].Kid);
        Assert.Equal(2, keys.EncryptingCredentials().Count);
        clock.Advance(TimeSpan.FromDays(80));
        keys.Refresh();
        Assert.DoesNotContain(first, keys.SigningCredentials().Select(c => c.Kid));
        Directory.Delete(folder, recursive: true);
    }

    private static IReadOnlyList<string> Values(JsonElement document, string name) => [.. document.GetProperty(name).EnumerateArray().Select(v => v.GetString()!).Order(StringComparer.Ordinal)];
}
