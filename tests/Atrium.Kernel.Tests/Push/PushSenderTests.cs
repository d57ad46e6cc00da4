using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Atrium.Kernel.Push;
using Atrium.Kernel.Tests.Outbound;
using Atrium.Testing;
using Microsoft.AspNetCore.Http;

namespace Atrium.Kernel.Tests.Push;

public sealed class PushSenderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("atrium-push").FullName;
    private readonly ECDiffieHellman _browser = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _secret = RandomNumberGenerator.GetBytes(16);

    [Fact]
    public async Task A_push_arrives_signed_encrypted_and_readable_by_its_browser_alone()
    {
        Dictionary<string, string> headers = [];
        byte[]? body = null;
        await using var server = await FarEnd.StartAsync(async c =>
        {
            headers = c.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            var copy = new MemoryStream();
            await c.Request.Body.CopyToAsync(copy);
            body = copy.ToArray();
            c.Response.StatusCode = 201;
        });
        using var key = VapidKey.Open(Path.Combine(_folder, "keys", "vapid.pem"));
        var result = await Sender(key).SendAsync(Subscription(server, "/p/1"), Encoding.UTF8.GetBytes("{\"n\":1}"), TimeSpan.FromHours(4), PushUrgency.High, "task-1");

        Assert.Equal(PushOutcome.Sent, result.Outcome);
        Assert.Equal("aes128gcm", headers["Content-Encoding"]);
        Assert.Equal("14400", headers["TTL"]);
        Assert.Equal("high", headers["Urgency"]);
        Assert.Equal("task-1", headers["Topic"]);
        Assert.Equal("{\"n\":1}", Encoding.UTF8.GetString(PushReader.Read(body!, _browser, _secret)));
        Verify(headers["Authorization"], key.PublicKey, server.Address.GetLeftPart(UriPartial.Authority));
    }

    [Theory]
    [InlineData(404, PushOutcome.Gone)]
    [InlineData(410, PushOutcome.Gone)]
    [InlineData(413, PushOutcome.TooLarge)]
    [InlineData(429, PushOutcome.Failed)]
    [InlineData(500, PushOutcome.Failed)]
    [InlineData(200, PushOutcome.Sent)]
    public async Task What_the_push_server_says_is_understood(int status, PushOutcome outcome)
    {
        await using var server = await FarEnd.StartAsync(c =>
        {
            c.Response.StatusCode = status;
            c.Response.Headers.RetryAfter = "120";
            return Task.CompletedTask;
        });
        using var key = VapidKey.Open(Path.Combine(_folder, "vapid.pem"));
        var result = await Sender(key).SendAsync(Subscription(server, "/"), "x"u8.ToArray(), TimeSpan.Zero);
        Assert.Equal(outcome, result.Outcome);
        if (outcome == PushOutcome.Failed) Assert.Equal(TimeSpan.FromSeconds(120), result.RetryAfter);
    }

    [Fact]
    public async Task An_endpoint_inside_the_house_or_with_broken_keys_is_gone()
    {
        using var key = VapidKey.Open(Path.Combine(_folder, "vapid.pem"));
        var guarded = new PushSender(OutboundHttpTests.Client(), key, TimeProvider.System, "mailto:a@b.example");
        Assert.Equal(PushOutcome.Gone, (await guarded.SendAsync(PushEncryptionTests.SubscriptionOf(_browser, _secret, "http://127.0.0.1:9/"), "x"u8.ToArray(), TimeSpan.Zero)).Outcome);
        Assert.Equal(PushOutcome.Gone, (await guarded.SendAsync(new("https://push.example/", "AAAA", "AAAA"), "x"u8.ToArray(), TimeSpan.Zero)).Outcome);
        Assert.Equal(PushOutcome.TooLarge, (await guarded.SendAsync(PushEncryptionTests.SubscriptionOf(_browser, _secret), new byte[5000], TimeSpan.Zero)).Outcome);
    }

    [Fact]
    public void The_key_is_made_once_and_only_the_server_may_read_it()
    {
        var path = Path.Combine(_folder, "keys", "vapid.pem");
        var made = new string[8];
        Parallel.For(0, made.Length, i =>
        {
            using var key = VapidKey.Open(path);
            made[i] = key.PublicKey;
        });
        Assert.Single(made.Distinct());
        Assert.Equal(65, Base64Url.DecodeFromChars(made[0]).Length);
        Assert.Equal(["vapid.pem", "vapid.pem.lock"], Directory.GetFiles(Path.GetDirectoryName(path)!).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    public void Dispose()
    {
        _browser.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private PushSubscription Subscription(FarEnd server, string path) => PushEncryptionTests.SubscriptionOf(_browser, _secret, new Uri(server.Address, path).AbsoluteUri);

    private static PushSender Sender(VapidKey key) => new(OutboundHttpTests.Client(allowPrivate: true), key, TimeProvider.System, "mailto:house@example.org");

    private static void Verify(string authorization, string publicKey, string audience)
    {
        Assert.StartsWith("vapid t=", authorization, StringComparison.Ordinal);
        var parts = authorization["vapid t=".Length..].Split(", k=");
        Assert.Equal(publicKey, parts[1]);
        var jwt = parts[0].Split('.');
        var point = Base64Url.DecodeFromChars(publicKey);
        using var key = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new() { X = point[1..33], Y = point[33..] } });
        Assert.True(key.VerifyData(Encoding.ASCII.GetBytes($"{jwt[0]}.{jwt[1]}"), Base64Url.DecodeFromChars(jwt[2]), HashAlgorithmName.SHA256));
        var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(jwt[1])).RootElement;
        Assert.Equal(audience, claims.GetProperty("aud").GetString());
        Assert.Equal("mailto:house@example.org", claims.GetProperty("sub").GetString());
        Assert.InRange(claims.GetProperty("exp").GetInt64() - TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), 1, 24 * 3600);
    }
}
