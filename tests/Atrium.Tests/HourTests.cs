using System.Net.Http.Json;
using System.Text.Json;

namespace Atrium.Tests;

/// <summary>Posts whose hour comes while the house dies.</summary>
[Collection(Alone.Name)]
public sealed class HourTests
{
    private const int Posts = 8;
    private const int Kills = 3;

    [Fact]
    public async Task Killed_at_the_hour_of_scheduled_posts_the_house_posts_each_once()
    {
        await using var house = await RealHouse.BuildAsync();
        (await house.RunAsync("user", "add", "ada", "--email", "ada@example.org", "--password", "correct horse battery staple")).Done();
        var token = (await house.RunAsync("token", "add", "ada", "--scope", "read", "write")).Done().Out.Trim();
        await using (var first = await house.ServeAsync())
        {
            using var ada = first.Caller(token);
            for (var i = 0; i < Posts; i++)
                (await ada.PostAsJsonAsync("/api/v1/statuses", new { status = $"Post {i}", scheduled_at = TimeProvider.System.GetUtcNow().AddMinutes(6) })).EnsureSuccessStatusCode();
            await first.KillAsync();
        }

        // Six minutes later.
        var (hour, due) = house.Postgres is null ? ("run_at - 360000000", "0") : ("run_at - interval '6 minutes'", "to_timestamp(0)");
        await house.WriteAsync([$"UPDATE social_scheduled_status SET run_at = {hour}", $"UPDATE social_outbox SET due_at = {due} WHERE event = 'social.schedule_due'"]);
        var random = new Random(7);
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var life = await house.ServeAsync();
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 300)), TestContext.Current.CancellationToken);
            await life.KillAsync();
            await house.WriteAsync(house.Released("kernel", "accounts", "home", "social"));
        }

        await using var last = await house.ServeAsync();
        using var reader = last.Caller(token);
        var account = (await reader.GetFromJsonAsync<JsonElement>("/api/v1/accounts/verify_credentials")).GetProperty("id").GetString();
        List<string> said = [];
        // Once they are all there, the outbox has time for one too many.
        for (var (tries, there) = (0, 0); tries < 200 && there < 5; tries++)
        {
            said = [.. (await reader.GetFromJsonAsync<JsonElement>($"/api/v1/accounts/{account}/statuses?limit=40")).EnumerateArray().Select(s => s.GetProperty("content").GetString()!)];
            if (said.Count >= Posts) there++;
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Equal(Enumerable.Range(0, Posts).Select(i => $"<p>Post {i}</p>"), said.Order(StringComparer.Ordinal));
        Assert.Empty((await reader.GetFromJsonAsync<JsonElement>("/api/v1/scheduled_statuses")).EnumerateArray());
    }
}
