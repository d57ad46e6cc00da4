using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Testing;

namespace Atrium.Home.Tests;

public sealed class DigestTests(HomeHouse house)
{
    [Fact]
    public async Task A_digest_is_sent_once_a_day_though_several_workers_look()
    {
        var ada = await DigestReaderAsync();
        await house.TellAsync([ada], "Bread");
        house.Sample.Dates[ada.Id] = new(new("sample", 1), "sample", "Bake bread", null, "/sample/1", TimeProvider.System.GetUtcNow().AddSeconds(1), false);
        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => house.RunRecurringAsync("SendDigests")));
        await house.RunRecurringAsync("SendDigests");
        await house.SettledAsync();

        var mail = Assert.Single(await DigestsAsync(ada));
        Assert.Contains("Bread", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_digest_is_not_sent()
    {
        var ada = await DigestReaderAsync();
        await house.RunRecurringAsync("SendDigests");
        await house.SettledAsync();
        Assert.Empty(await DigestsAsync(ada));
    }

    [Fact]
    public async Task Who_did_not_ask_for_a_digest_gets_none()
    {
        var ada = await house.PersonAsync();
        await house.TellAsync([ada]);
        await house.RunRecurringAsync("SendDigests");
        await house.SettledAsync();
        Assert.Empty(await DigestsAsync(ada));
    }

    [Theory]
    [InlineData(22, 7, 23, 8)]
    [InlineData(22, 7, 6, 1)]
    [InlineData(22, 7, 12, null)]
    [InlineData(1, 5, 3, 2)]
    [InlineData(5, 5, 5, null)]
    public void Quiet_hours_end_when_they_say(int from, int until, int hour, int? after)
    {
        var now = new DateTimeOffset(2026, 11, 23, hour, 0, 0, TimeSpan.Zero);
        var ends = new Reader { QuietFrom = from, QuietUntil = until }.QuietEnds(now, TimeZoneInfo.Utc);
        Assert.Equal(after is { } hours ? now.AddHours(hours) : null, ends);
    }

    private async Task<Person> DigestReaderAsync()
    {
        var ada = await house.PersonAsync();
        (await ada.PutAsync("/api/home/preferences", new { digest_hour = 0 })).Ok();
        return ada;
    }

    private async Task<IReadOnlyList<MimeKit.MimeMessage>> DigestsAsync(Person person) =>
        [.. (await house.MailToAsync($"{person.Handle}@example.org")).Where(m => m.Subject!.StartsWith("Your day", StringComparison.Ordinal))];
}
