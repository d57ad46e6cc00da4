using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Atrium.Testing;

namespace Atrium.Home.Tests;

/// <summary>What hours do: the digest by mail, quiet, and the ring of a browser far away. These run one after the other, so each may move the clock.</summary>
public sealed class ClockTests(ClockHouse house) : IClassFixture<ClockHouse>
{
    [Fact]
    public async Task A_digest_comes_at_its_hour_once_a_day_and_only_with_something_to_say()
    {
        house.GoTo(6);
        var ada = await house.PersonAsync();
        (await ada.PutAsync("/api/home/preferences", new { digest_hour = 7 })).Ok();
        await house.TellAsync([ada], "Bread");
        await house.RunRecurringAsync("SendDigests");
        Assert.Empty(await DigestsAsync(ada));

        house.GoTo(7, 10);
        house.Sample.Dates[ada.Id] = new(new("sample", 1), "sample", "Bake the bread", null, "/sample/1", house.Time.GetUtcNow().AddHours(2), false);
        for (var look = 0; look < 3; look++)
        {
            await house.RunRecurringAsync("SendDigests");
            house.Time.Advance(TimeSpan.FromMinutes(15));
        }

        var mail = Assert.Single(await DigestsAsync(ada));
        Assert.Contains("Bake the bread", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("09:10", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Something about Bread", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("/settings/notifications", mail.TextBody, StringComparison.Ordinal);

        house.GoTo(7, 5);
        await house.TellAsync([ada], "Milk");
        await house.RunRecurringAsync("SendDigests");
        Assert.Equal(2, (await DigestsAsync(ada)).Count);

        (await ada.PutAsync("/api/home/inbox/read", new { })).Ok();
        house.GoTo(7, 5);
        await house.RunRecurringAsync("SendDigests");
        Assert.Equal(2, (await DigestsAsync(ada)).Count);
    }

    [Fact]
    public async Task A_push_waits_until_quiet_is_over_and_only_its_browser_can_read_it()
    {
        await using var far = await Receiver.StartAsync(201);
        using var phone = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var secret = RandomNumberGenerator.GetBytes(16);
        house.GoTo(12);
        var ada = await SubscribedAsync(far, phone, secret);
        (await ada.PutAsync("/api/home/preferences", new { quiet_from = 22, quiet_until = 7 })).Ok();

        await house.TellAsync([ada], "Bread at noon", kind: SampleRoom.Rung);
        var rung = Assert.Single(far.All);
        Assert.Equal("aes128gcm", rung.Headers["Content-Encoding"]);
        Assert.StartsWith("vapid t=", rung.Headers["Authorization"], StringComparison.Ordinal);
        var said = JsonDocument.Parse(PushReader.Read(rung.Bytes, phone, secret)).RootElement;
        Assert.Equal("Bread at noon", said.GetProperty("title").GetString());
        Assert.Equal("Something about Bread at noon", said.GetProperty("body").GetString());
        Assert.StartsWith("/sample/", said.GetProperty("href").GetString(), StringComparison.Ordinal);

        house.GoTo(23, 30);
        await house.TellAsync([ada], "Bread at night", kind: SampleRoom.Rung);
        var read = await house.TellAsync([ada], "Read at night", kind: SampleRoom.Rung);
        house.GoTo(6, 59);
        await house.DrainAsync();
        Assert.Single(far.All);
        Assert.Equal(3, (await ada.GetAsync("/api/home/inbox")).Json.GetProperty("items").GetArrayLength());
        var notice = (await ada.GetAsync("/api/home/inbox")).Json.GetProperty("items").EnumerateArray().Single(n => n.GetProperty("subject").GetString() == read.ToString());
        (await ada.PutAsync($"/api/home/inbox/{notice.GetProperty("id").GetString()}/read")).Ok();

        house.GoTo(7);
        await house.DrainAsync();
        Assert.Equal(2, far.All.Count);
        Assert.Contains("Bread at night", System.Text.Encoding.UTF8.GetString(PushReader.Read(far.All[1].Bytes, phone, secret)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_browser_that_is_gone_is_forgotten()
    {
        await using var far = await Receiver.StartAsync(410);
        using var phone = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var ada = await SubscribedAsync(far, phone, RandomNumberGenerator.GetBytes(16));
        Assert.Single((await ada.GetAsync("/api/home/push")).Json.EnumerateArray());
        await house.TellAsync([ada], "Into the void", kind: SampleRoom.Rung);
        Assert.Single(far.All);
        Assert.Empty((await ada.GetAsync("/api/home/push")).Json.EnumerateArray());
    }

    [Fact]
    public async Task An_address_that_no_browser_gives_is_refused()
    {
        var ada = await house.PersonAsync();
        (await ada.PostAsync("/api/home/push", new { endpoint = "ftp://push.example/1", keys = new { p256dh = new string('A', 87), auth = new string('A', 22) } })).Is(HttpStatusCode.UnprocessableEntity);
        (await ada.PostAsync("/api/home/push", new { endpoint = "https://push.example/1", keys = new { p256dh = "", auth = "" } })).Is(HttpStatusCode.UnprocessableEntity);
    }

    private async Task<Person> SubscribedAsync(Receiver far, ECDiffieHellman phone, byte[] secret)
    {
        var ada = await house.PersonAsync();
        var point = phone.ExportParameters(false).Q;
        (await ada.PostAsync("/api/home/push", new { endpoint = far.Url, keys = new { p256dh = Base64Url.EncodeToString([4, .. point.X!, .. point.Y!]), auth = Base64Url.EncodeToString(secret) } })).Ok();
        return ada;
    }

    private async Task<IReadOnlyList<MimeKit.MimeMessage>> DigestsAsync(Person person) =>
        [.. (await house.MailToAsync($"{person.Handle}@example.org")).Where(m => m.Subject!.StartsWith("Your day", StringComparison.Ordinal))];
}
