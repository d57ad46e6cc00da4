using Atrium.Testing;

namespace Atrium.Social.Tests.Federation;

/// <summary>What people of two houses do to each other, in words.</summary>
internal static class Peers
{
    /// <summary>Hands over all that is on its way, there and back, until nothing is.</summary>
    public static Task SettleAsync(this TwoHouses houses) => SettleAsync(houses.North, houses.South);

    public static async Task SettleAsync(TestHouse north, TestHouse south)
    {
        for (var i = 0; i < 3; i++)
        {
            await north.DrainAsync();
            await south.DrainAsync();
        }
    }

    public static string HandleAt(this Person person) => $"{person.Handle}@{new Uri(person.House.Url).Authority}";

    /// <summary>The id under which the caller's house knows somebody of another.</summary>
    public static async Task<string> FindAsync(this Caller caller, Person other)
    {
        await other.AccountIdAsync();
        var found = (await caller.GetAsync($"/api/v2/search?type=accounts&resolve=true&q=@{other.HandleAt()}")).Ok().Json.GetProperty("accounts");
        Assert.True(found.GetArrayLength() == 1, $"{other.HandleAt()} was not found");
        return found[0].GetProperty("id").GetString()!;
    }

    /// <summary>The id under which the caller's house knows a post of another.</summary>
    public static async Task<string> FindAsync(this Caller caller, Caller author, string id)
    {
        var uri = (await author.GetAsync($"/api/v1/statuses/{id}")).Ok()["uri"];
        var found = (await caller.GetAsync($"/api/v2/search?type=statuses&resolve=true&q={Uri.EscapeDataString(uri)}")).Ok().Json.GetProperty("statuses");
        Assert.True(found.GetArrayLength() == 1, $"{uri} was not found");
        return found[0].GetProperty("id").GetString()!;
    }

    /// <summary>Follows somebody of the other house, and waits for the answer.</summary>
    public static async Task<string> FollowAsync(this TwoHouses houses, Caller follower, Person followed)
    {
        var id = await follower.FindAsync(followed);
        (await follower.PostAsync($"/api/v1/accounts/{id}/follow")).Ok();
        await houses.SettleAsync();
        return id;
    }

    public static async Task<bool> RelationAsync(this Caller caller, string account, string what) =>
        (await caller.GetAsync($"/api/v1/accounts/relationships?id[]={account}")).Ok().Json[0].GetProperty(what).GetBoolean();
}
