using Atrium.Kernel;
using Atrium.Testing;

namespace Atrium.Social.Tests;

/// <summary>Who is found by a handle or a name, and in which order.</summary>
public sealed class PeopleSearchTests(SocialHouse house)
{
    [Fact]
    public async Task Exactly_the_handle_comes_first_then_whom_one_follows_then_others_and_whoever_hides_is_found_by_handle_alone()
    {
        // A beginning that nobody else has: digits of an id.
        var stem = "q" + Id<Account>.New();
        var reader = await house.PersonAsync("reader");
        var (zoe, ann, hidden) = (await house.PersonAsync(stem + "c"), await house.PersonAsync(stem + "b"), await house.PersonAsync(stem + "a"));
        foreach (var person in (Person[])[zoe, ann, hidden]) await person.AccountIdAsync();
        await reader.FollowAsync(zoe);
        (await hidden.PatchAsync("/api/v1/accounts/update_credentials", new { discoverable = false })).Ok();
        Assert.Equal([zoe.Handle, ann.Handle], await FindAsync(reader, stem));
        Assert.Equal([zoe.Handle], await FindAsync(reader, stem + "&following=true"));
        Assert.Equal([hidden.Handle], await FindAsync(reader, hidden.Handle));
        Assert.Equal([hidden.Handle, ann.Handle, zoe.Handle], await FindAsync(hidden, stem));
        await reader.FollowAsync(hidden);
        Assert.Equal([hidden.Handle, zoe.Handle, ann.Handle], await FindAsync(reader, stem));
        Assert.Equal([zoe.Handle], await FindAsync(reader, stem + "&limit=1&offset=1"));

        // Of one whose whole handle begins another's, the exact one is first, whoever is followed.
        var whole = ann.Handle;
        Assert.Equal(ann.Handle, (await FindAsync(reader, whole))[0]);
    }

    [Fact]
    public async Task A_name_is_found_in_any_case_and_without_its_accents()
    {
        var (ada, reader) = (await house.PersonAsync("ada"), await house.PersonAsync("reader"));
        var mark = Id<Account>.New().ToString();
        (await ada.PatchAsync("/api/v1/accounts/update_credentials", new { display_name = $"Ärzte ÉMINE {mark}" })).Ok();
        await house.SettledAsync();
        foreach (var asked in (string[])[$"ärzte émine {mark}", $"ARZTE EMINE {mark}", $"emine {mark}", mark[3..]])
            Assert.Equal([ada.Handle], await FindAsync(reader, Uri.EscapeDataString(asked)));
        (await ada.PatchAsync("/api/v1/accounts/update_credentials", new { display_name = "Ada" })).Ok();
        await house.SettledAsync();
        Assert.Empty(await FindAsync(reader, mark));
    }

    [Fact]
    public async Task However_many_are_found_it_costs_the_same_statements()
    {
        var (stem, reader) = ("s" + Id<Account>.New(), await house.PersonAsync("reader"));
        async Task<int> CostAsync()
        {
            await FindAsync(reader, stem);
            return (await reader.GetAsync($"/api/v1/accounts/search?q={stem}")).Ok().Statements;
        }

        await (await house.PersonAsync(stem)).AccountIdAsync();
        var one = await CostAsync();
        for (var i = 0; i < 6; i++) await (await house.PersonAsync(stem + "x")).AccountIdAsync();
        Assert.Equal(one, await CostAsync());
    }

    private static async Task<IReadOnlyList<string>> FindAsync(Caller reader, string query) =>
        [.. (await reader.GetAsync($"/api/v1/accounts/search?q={query}")).Ok().Json.EnumerateArray().Select(a => a.GetProperty("username").GetString()!)];
}
