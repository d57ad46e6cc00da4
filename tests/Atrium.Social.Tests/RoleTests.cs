using System.Text.Json;
using Atrium.Kernel;
using Atrium.Testing;

namespace Atrium.Social.Tests;

/// <summary>What apps are told of who runs the house, and of what the reader may do in it.</summary>
public sealed class RoleTests(RoleHouse house) : IClassFixture<RoleHouse>
{
    [Fact]
    public async Task Who_runs_or_moderates_the_house_is_marked_so_to_everyone_and_to_nobody_once_they_do_not()
    {
        var (ada, mod, boss) = (await house.PersonAsync("ada"), await house.PersonAsync("mod", Role.Moderator), await house.PersonAsync("boss", Role.Administrator));
        using var stranger = house.Stranger();
        Assert.Empty(await RolesAsync(stranger, ada));
        Assert.Equal(["Moderator"], await RolesAsync(stranger, mod));
        Assert.Equal(["Administrator"], await RolesAsync(stranger, boss));
        var post = (await mod.PostAsync("/api/v1/statuses", new { status = "Mind the rules" })).Ok();
        var shown = Assert.Single((await ada.GetAsync($"/api/v1/statuses/{post["id"]}")).Ok().Json.GetProperty("account").GetProperty("roles").EnumerateArray());
        Assert.Equal(["color", "id", "name"], shown.Keys());
        Assert.Equal(shown.GetProperty("id").GetString(), (await RoleAsync(mod)).GetProperty("id").GetString());
        await ada.FollowAsync(mod);
        Assert.Equal("Moderator", (await ada.GetAsync("/api/v1/timelines/home")).Ok().Json[0].GetProperty("account").GetProperty("roles")[0].GetProperty("name").GetString());
        Assert.Contains("Moderator", (await stranger.PageAsync($"/@{mod.Handle}")).Ok().Body, StringComparison.Ordinal);

        (await boss.PutAsync($"/api/accounts/admin/members/{mod.Id}/role", new { role = "member" })).Is(System.Net.HttpStatusCode.NoContent);
        await house.SettledAsync();
        Assert.Empty(await RolesAsync(stranger, mod));
    }

    [Fact]
    public async Task One_s_own_role_has_the_bits_of_what_one_may_do()
    {
        var (guest, ada, mod, boss) = (await house.PersonAsync("guest", Role.Guest), await house.PersonAsync("ada"), await house.PersonAsync("mod", Role.Moderator), await house.PersonAsync("boss", Role.Administrator));
        async Task<string?> BitsAsync(Caller who)
        {
            var role = await RoleAsync(who);
            Assert.Equal(["collection_limit", "color", "highlighted", "id", "name", "permissions"], role.Keys());
            return role.GetProperty("permissions").GetString();
        }

        await SocialHouse.SetAsync(house, "permission.accounts.invite", "Moderator");
        Assert.Equal(["0", "0", "1308", "1"], [await BitsAsync(guest), await BitsAsync(ada), await BitsAsync(mod), await BitsAsync(boss)]);
        Assert.Equal((false, true), ((await RoleAsync(ada)).GetProperty("highlighted").GetBoolean(), (await RoleAsync(mod)).GetProperty("highlighted").GetBoolean()));

        // Where members may invite, apps offer it.
        await SocialHouse.SetAsync(house, "permission.accounts.invite", "Member");
        Assert.Equal(["0", "65536", "1308", "1"], [await BitsAsync(guest), await BitsAsync(ada), await BitsAsync(mod), await BitsAsync(boss)]);
    }

    private static async Task<JsonElement> RoleAsync(Caller who) => (await who.GetAsync("/api/v1/accounts/verify_credentials")).Ok().Json.GetProperty("role");

    private static async Task<IEnumerable<string?>> RolesAsync(Caller reader, Person whose) =>
        (await reader.GetAsync($"/api/v1/accounts/{await whose.AccountIdAsync()}")).Ok().Json.GetProperty("roles").EnumerateArray().Select(r => r.GetProperty("name").GetString());
}

/// <summary>A house of its own, whose rights are changed.</summary>
public sealed class RoleHouse() : TestHouse(new SocialModule());
