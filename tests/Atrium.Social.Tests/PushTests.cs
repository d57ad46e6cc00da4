using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using Atrium.Contracts.Accounts;
using Atrium.Kernel.Outbox;
using Atrium.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

public sealed class PushTests(SocialHouse house)
{
    [Fact]
    public async Task An_app_is_woken_by_what_it_asked_for_and_by_nothing_else()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        await using var relay = await Receiver.StartAsync(410);
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var q = key.ExportParameters(false).Q;
        using var app = house.Stranger();
        var token = await house.InScopeAsync(s => s.GetRequiredService<IMemberRegistry>().AddTokenAsync(ada.Id, "phone", ["read", "write", "push"], CancellationToken.None));
        app.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var made = (await app.PostAsync("/api/v1/push/subscription", new
        {
            subscription = new { endpoint = relay.Url, standard = true, keys = new { p256dh = Base64([4, .. q.X!, .. q.Y!]), auth = Base64(RandomNumberGenerator.GetBytes(16)) } },
            data = new { alerts = new { mention = true }, policy = "all" },
        })).Ok();
        Assert.Equal(["alerts", "endpoint", "id", "policy", "server_key", "standard"], made.Json.Keys());
        Assert.Equal(System.Text.Json.JsonValueKind.Number, made.Json.GetProperty("id").ValueKind);

        var id = await ada.TootAsync("hello");
        (await ben.PostAsync($"/api/v1/statuses/{id}/favourite")).Ok();
        await ben.TootAsync($"hello @{ada.Handle}");
        await house.SettledAsync();
        // Gone is gone, and the like woke nobody.
        var woken = Assert.Single(relay.All);
        Assert.Equal("aes128gcm", woken.Headers["Content-Encoding"]);
        Assert.StartsWith("vapid t=", woken.Headers["Authorization"], StringComparison.Ordinal);
        (await app.GetAsync("/api/v1/push/subscription")).Is(HttpStatusCode.NotFound);
        (await ben.GetAsync("/api/v1/push/subscription")).Is(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_notification_told_again_and_again_wakes_an_app_once()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        await using var relay = await Receiver.StartAsync(201);
        using var app = await SubscribedAsync(ada, relay.Url);
        await ben.TootAsync($"hello @{ada.Handle}");
        await house.SettledAsync();
        Assert.Single(relay.All);
        var account = Kernel.Id<Account>.Parse(await ada.AccountIdAsync());
        var notice = await house.InScopeAsync(s => s.GetRequiredService<SocialDb>().Notices.Where(n => n.AccountId == account).Select(n => n.Id).SingleAsync());
        await Task.WhenAll(Enumerable.Range(0, 5).Select(i => house.InScopeAsync(async s =>
        {
            await ActivatorUtilities.CreateInstance<PushNotice>(s).HandleAsync(new NoticeMade(notice), new(Kernel.Id<OutboxMessage>.New(), i + 1, DateTimeOffset.UtcNow), CancellationToken.None);
            return true;
        })));
        Assert.Single(relay.All);
    }

    [Fact]
    public async Task A_busy_push_server_is_asked_again_when_it_says_and_another_failure_is_left_alone()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        var asked = 0;
        await using var relay = await FarEnd.StartAsync(http =>
        {
            var time = Interlocked.Increment(ref asked);
            http.Response.StatusCode = time switch { 1 => 429, 2 => 503, 3 => 201, _ => 500 };
            if (time < 3) http.Response.Headers.RetryAfter = "1";
            return Task.CompletedTask;
        });
        using var app = await SubscribedAsync(ada, relay.Address.AbsoluteUri);
        await ben.TootAsync($"hello @{ada.Handle}");
        for (var i = 0; i < 20 && asked < 3; i++) await house.SettledAsync();
        Assert.Equal(3, asked);
        await ben.TootAsync($"again @{ada.Handle}");
        await house.SettledAsync();
        Assert.Equal(4, asked);
    }

    private async Task<Caller> SubscribedAsync(Person person, string endpoint)
    {
        await person.AccountIdAsync();
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var q = key.ExportParameters(false).Q;
        var app = house.Stranger();
        var token = await house.InScopeAsync(s => s.GetRequiredService<IMemberRegistry>().AddTokenAsync(person.Id, "phone", ["read", "write", "push"], CancellationToken.None));
        app.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        (await app.PostAsync("/api/v1/push/subscription", new
        {
            subscription = new { endpoint, standard = true, keys = new { p256dh = Base64([4, .. q.X!, .. q.Y!]), auth = Base64(RandomNumberGenerator.GetBytes(16)) } },
            data = new { alerts = new { mention = true }, policy = "all" },
        })).Ok();
        return app;
    }

    [Fact]
    public async Task A_revoked_token_takes_its_subscription_along_and_is_woken_by_nothing()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        await using var relay = await Receiver.StartAsync(201);
        var account = Kernel.Id<Account>.Parse(await ada.AccountIdAsync());
        foreach (var name in (string[])["phone", "tablet", "watch"])
        {
            using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
            var q = key.ExportParameters(false).Q;
            using var app = house.Stranger();
            var token = await house.InScopeAsync(s => s.GetRequiredService<IMemberRegistry>().AddTokenAsync(ada.Id, name, ["read", "write", "push"], CancellationToken.None));
            app.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
            (await app.PostAsync("/api/v1/push/subscription", new
            {
                subscription = new { endpoint = relay.Url, standard = true, keys = new { p256dh = Base64([4, .. q.X!, .. q.Y!]), auth = Base64(RandomNumberGenerator.GetBytes(16)) } },
                data = new { alerts = new { mention = name != "watch" }, policy = "all" },
            })).Ok();
        }

        async Task<int> HeldAsync() => await house.InScopeAsync(s => s.GetRequiredService<SocialDb>().ClientPushes.CountAsync(p => p.AccountId == account));
        async Task RevokeAsync(string name)
        {
            var id = (await ada.GetAsync("/api/accounts/tokens")).Ok().Json.GetProperty("items").EnumerateArray().Single(t => t.GetProperty("name").GetString() == name).GetProperty("id").GetString();
            (await ada.DeleteAsync($"/api/accounts/tokens/{id}")).Ok();
        }

        await RevokeAsync("phone");
        await house.SettledAsync();
        Assert.Equal(2, await HeldAsync());
        await ben.TootAsync($"hello @{ada.Handle}");
        await house.SettledAsync();
        Assert.Single(relay.All);
        Assert.Equal(2, await HeldAsync());
        // One that nothing would have woken goes as well.
        await RevokeAsync("watch");
        await house.SettledAsync();
        Assert.Equal(1, await HeldAsync());
    }

    [Fact]
    public async Task An_older_app_is_woken_in_the_older_encoding_and_can_read_it()
    {
        var (ada, ben) = (await house.PersonAsync("ada"), await house.PersonAsync("ben"));
        await using var relay = await Receiver.StartAsync(201);
        using var key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var q = key.ExportParameters(false).Q;
        byte[] point = [4, .. q.X!, .. q.Y!];
        var secret = RandomNumberGenerator.GetBytes(16);
        using var app = house.Stranger();
        var token = await house.InScopeAsync(s => s.GetRequiredService<IMemberRegistry>().AddTokenAsync(ada.Id, "old phone", ["read", "write", "push"], CancellationToken.None));
        app.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var made = (await app.PostAsync("/api/v1/push/subscription", new
        {
            subscription = new { endpoint = relay.Url, keys = new { p256dh = Base64(point), auth = Base64(secret) } },
            data = new { alerts = new { mention = true } },
        })).Ok();
        Assert.False(made.Json.GetProperty("standard").GetBoolean());
        await ada.AccountIdAsync();
        await ben.TootAsync($"hello @{ada.Handle}");
        await house.SettledAsync();

        var woken = Assert.Single(relay.All);
        var headers = woken.Headers;
        Assert.Equal("aesgcm", headers["Content-Encoding"]);
        Assert.StartsWith("WebPush ", headers["Authorization"], StringComparison.Ordinal);
        var crypto = headers["Crypto-Key"]!.Split(';').ToDictionary(p => p.Split('=', 2)[0], p => p.Split('=', 2)[1]);
        Assert.Equal(made["server_key"], crypto["p256ecdsa"]);
        var said = System.Text.Encoding.UTF8.GetString(ReadDraft(woken.Bytes, key, point, secret, Bytes(headers["Encryption"]!["salt=".Length..]), Bytes(crypto["dh"])));
        Assert.Contains("\"notification_type\":\"mention\"", said, StringComparison.Ordinal);
        Assert.Contains(token, said, StringComparison.Ordinal);
    }

    // draft-ietf-webpush-encryption-04 by HMAC alone, where the house uses HKDF.
    private static byte[] ReadDraft(byte[] body, ECDiffieHellman me, byte[] mine, byte[] secret, byte[] salt, byte[] sender)
    {
        using var theirs = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = sender[1..33], Y = sender[33..65] } });
        byte[] Expand(byte[] prk, byte[] info, int length) => HMACSHA256.HashData(prk, (byte[])[.. info, 1])[..length];
        var input = Expand(HMACSHA256.HashData(secret, me.DeriveRawSecretAgreement(theirs.PublicKey)), [.. "Content-Encoding: auth"u8, 0], 32);
        byte[] context = [.. "P-256"u8, 0, 0, 65, .. mine, 0, 65, .. sender];
        var prk = HMACSHA256.HashData(salt, input);
        var plain = new byte[body.Length - 16];
        using var aes = new AesGcm(Expand(prk, [.. "Content-Encoding: aesgcm"u8, 0, .. context], 16), 16);
        aes.Decrypt(Expand(prk, [.. "Content-Encoding: nonce"u8, 0, .. context], 12), body.AsSpan(0, plain.Length), body.AsSpan(plain.Length), plain);
        Assert.Equal([0, 0], plain[..2]);
        return plain[2..];
    }

    private static byte[] Bytes(string base64) => System.Buffers.Text.Base64Url.DecodeFromChars(base64);

    private static string Base64(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
}
