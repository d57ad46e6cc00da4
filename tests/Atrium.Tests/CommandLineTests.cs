using System.Net;
using System.Net.Http.Json;

namespace Atrium.Tests;

/// <summary>The command line on a house of its own, with nobody at home and while a server runs on it.</summary>
[Collection(Alone.Name)]
public sealed class CommandLineTests
{
    private const string Password = "correct horse battery staple";

    [Fact]
    public async Task Members_are_made_listed_suspended_brought_back_and_deleted_without_a_server()
    {
        await using var house = await RealHouse.BuildAsync();
        Assert.Contains("Made @ada", (await house.RunAsync("user", "add", "ada", "--email", "ada@example.org", "--password", Password, "--name", "Ada Lovelace", "--admin")).Done().Out, StringComparison.Ordinal);
        (await house.RunAsync("user", "add", "ben", "--email", "ben@example.org", "--password", Password)).Done();

        var listed = (await house.RunAsync("user", "list")).Done().Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["@ben", "@ada"], listed.Select(l => l.Split(' ')[0]));
        Assert.Contains("administrator", listed[1], StringComparison.Ordinal);
        Assert.EndsWith("Ada Lovelace", listed[1], StringComparison.Ordinal);

        (await house.RunAsync("user", "suspend", "ben", "--reason", "Sold the hall")).Done();
        Assert.StartsWith("@ben", (await house.RunAsync("user", "list", "--state", "suspended")).Done().Out, StringComparison.Ordinal);
        (await house.RunAsync("user", "unsuspend", "@ben")).Done();
        Assert.Empty((await house.RunAsync("user", "list", "--state", "suspended")).Done().Out);
        (await house.RunAsync("user", "delete", "ben")).Done();
        Assert.StartsWith("@ben", (await house.RunAsync("user", "list", "--state", "leaving", "be")).Done().Out, StringComparison.Ordinal);

        (await house.RunAsync("user", "suspend", "nobody")).Refused("Nobody here is called @nobody.");
        (await house.RunAsync("user", "delete", "ada")).Refused("The last administrator must stay one.");
        (await house.RunAsync("user", "add", "ada", "--email", "other@example.org", "--password", Password)).Refused("That handle is taken.");
        (await house.RunAsync("user", "list", "--state", "asleep")).Refused("asleep");
        (await house.RunAsync("user", "suspend")).Refused("Required argument missing");
    }

    [Fact]
    public async Task What_the_command_line_does_counts_in_a_house_that_is_open()
    {
        await using var house = await RealHouse.BuildAsync();
        await using var life = await house.ServeAsync();
        (await house.RunAsync("user", "add", "ada", "--email", "ada@example.org", "--password", Password, "--admin")).Done();
        (await house.RunAsync("user", "add", "ben", "--email", "ben@example.org", "--password", Password)).Done();
        var token = (await house.RunAsync("token", "add", "ben", "--scope", "profile:read")).Done().Out.Trim();
        using var ben = life.Caller(token);
        Assert.Equal("ben", (await ben.GetFromJsonAsync<System.Text.Json.JsonElement>("/api/accounts/me", TestContext.Current.CancellationToken)).GetProperty("handle").GetString());

        (await house.RunAsync("user", "suspend", "ben")).Done();
        await UntilAsync(ben, HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("--help", "user")]
    [InlineData("user --help", "unsuspend <HANDLE>")]
    [InlineData("user list --help", "--state")]
    [InlineData("user suspend --help", "--reason")]
    [InlineData("user delete --help", "30 days")]
    public async Task Every_verb_says_what_it_does(string verb, string words)
    {
        await using var house = await RealHouse.BuildAsync();
        Assert.Contains(words, (await house.RunAsync(verb.Split(' '))).Done().Out, StringComparison.Ordinal);
    }

    // A server remembers a caller's standing for ten seconds when another process changed it.
    private static async Task UntilAsync(HttpClient caller, HttpStatusCode wanted)
    {
        var until = TimeProvider.System.GetUtcNow().AddSeconds(30);
        HttpStatusCode got;
        do
        {
            using var answer = await caller.GetAsync("/api/accounts/me", TestContext.Current.CancellationToken);
            got = answer.StatusCode;
        }
        while (got != wanted && TimeProvider.System.GetUtcNow() < until);
        Assert.Equal(wanted, got);
    }
}
