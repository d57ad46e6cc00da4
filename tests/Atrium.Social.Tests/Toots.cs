using System.Text.Json;
using Atrium.Kernel.Outbox;
using Atrium.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Social.Tests;

/// <summary>What people do by Mastodon's API, in words.</summary>
internal static class Toots
{
    public static async Task<string> TootAsync(this Caller caller, string text, string? visibility = null, string? inReplyTo = null, string? audience = null) =>
        (await caller.PostAsync("/api/v1/statuses", new { status = text, visibility, in_reply_to_id = inReplyTo, audience })).Ok()["id"];

    public static async Task<string> AccountIdAsync(this Caller caller) => (await caller.GetAsync("/api/v1/accounts/verify_credentials")).Ok()["id"];

    public static async Task FollowAsync(this Caller caller, Caller other) =>
        (await caller.PostAsync($"/api/v1/accounts/{await other.AccountIdAsync()}/follow")).Ok();

    public static async Task<IReadOnlyList<string>> IdsAsync(this Caller caller, string path) =>
        [.. (await caller.GetAsync(path)).Ok().Json.EnumerateArray().Select(e => e.GetProperty("id").GetString()!)];

    public static IReadOnlyList<string> Ids(this Answer answer) => [.. answer.Json.EnumerateArray().Select(e => e.GetProperty("id").GetString()!)];

    public static IReadOnlyList<string> Keys(this JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal)];

    /// <summary>Waits until nothing is due any more, whoever handles it: the house's own worker may hold a message while the test drains.</summary>
    public static async Task SettledAsync(this TestHouse house)
    {
        var desk = house.Services.GetRequiredService<OutboxDesk>();
        var until = TimeProvider.System.GetUtcNow().AddSeconds(60);
        while (true)
        {
            await house.DrainAsync();
            var now = TimeProvider.System.GetUtcNow();
            if ((await desk.StandingAsync(CancellationToken.None)).All(s => s.OldestDueAt is null || s.OldestDueAt > now)) return;
            Assert.True(now < until, "The outbox did not settle.");
            await Task.Yield();
        }
    }
}
