using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Atrium.Contracts.Accounts;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

public sealed class PushTests(SocialHouse house)
{
    [Fact]
    public async Task An_app_is_woken_by_what_it_asked_for_and_by_nothing_else()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var port = Random.Shared.Next(20_000, 60_000);
        using var server = new HttpListener();
        server.Prefixes.Add($"http://127.0.0.1:{port}/");
        server.Start();
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var q = key.ExportParameters(false).Q;
        using var app = house.Stranger();
        var token = await house.InScopeAsync(s => s.GetRequiredService<IMemberRegistry>().AddTokenAsync(ada.Id, "phone", ["read", "write", "push"], CancellationToken.None));
        app.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var made = (await app.PostAsync("/api/v1/push/subscription", new
        {
            subscription = new { endpoint = $"http://127.0.0.1:{port}/wake", standard = true, keys = new { p256dh = Base64([4, .. q.X!, .. q.Y!]), auth = Base64(RandomNumberGenerator.GetBytes(16)) } },
            data = new { alerts = new { mention = true }, policy = "all" },
        })).Ok();
        Assert.Equal(["alerts", "endpoint", "id", "policy", "server_key", "standard"], made.Json.Keys());
        Assert.Equal(System.Text.Json.JsonValueKind.Number, made.Json.GetProperty("id").ValueKind);

        var id = await ada.TootAsync("hello");
        (await ben.PostAsync($"/api/v1/statuses/{id}/favourite")).Ok();
        await ben.TootAsync($"hello @{ada.Handle}");
        var waiting = server.GetContextAsync();
        var draining = house.DrainAsync();
        var woken = await waiting.WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal("aes128gcm", woken.Request.Headers["Content-Encoding"]);
        Assert.StartsWith("vapid t=", woken.Request.Headers["Authorization"], StringComparison.Ordinal);
        woken.Response.StatusCode = 410;
        woken.Response.Close();
        await draining;
        // Gone is gone, and the like woke nobody.
        for (var i = 0; i < 200 && (await app.GetAsync("/api/v1/push/subscription")).Status != HttpStatusCode.NotFound; i++) await house.DrainAsync();
        (await app.GetAsync("/api/v1/push/subscription")).Is(HttpStatusCode.NotFound);
        (await ben.GetAsync("/api/v1/push/subscription")).Is(HttpStatusCode.Unauthorized);
    }

    private static string Base64(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
