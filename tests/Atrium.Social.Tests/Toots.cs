using System.Text.Json;
using Atrium.Testing;

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

    /// <summary>What stands in somebody's inbox, once there is as much as is awaited.</summary>
    public static async Task<IReadOnlyList<JsonElement>> InboxAsync(this Person who, int awaited = 0)
    {
        List<JsonElement> items = [];
        for (var i = 0; i < 50 && (i == 0 || items.Count < awaited); i++)
        {
            await who.House.SettledAsync();
            items = [.. (await who.GetAsync("/api/home/inbox")).Ok().Json.GetProperty("items").EnumerateArray()];
        }

        return items;
    }

    public static IReadOnlyList<string> Ids(this Answer answer) => [.. answer.Json.EnumerateArray().Select(e => e.GetProperty("id").GetString()!)];

    public static IReadOnlyList<string> Keys(this JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal)];
}
