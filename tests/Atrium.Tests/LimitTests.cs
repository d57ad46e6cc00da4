using Atrium.Kernel.Http;

namespace Atrium.Tests;

/// <summary>What a house says of the limits it is given.</summary>
[Collection(Alone.Name)]
public sealed class LimitTests
{
    [Theory]
    [InlineData("\"Token\": \"many\"", "RateLimits:Token is “many”. It is a number of requests, such as 300, or of requests and minutes, such as 300/15.")]
    [InlineData("\"Tokens\": \"300\"", "RateLimits:Tokens is no limit that is known.")]
    [InlineData("\"On\": \"perhaps\"", "RateLimits:On is “perhaps”. It is true or false.")]
    public async Task A_house_with_a_limit_that_is_none_does_not_start_and_says_why(string set, string why)
    {
        await using var house = await RealHouse.BuildAsync();
        Directory.CreateDirectory(house.DataFolder);
        await File.WriteAllTextAsync(Path.Combine(house.DataFolder, "atrium.json"), $$"""{ "RateLimits": { {{set}} } }""", TestContext.Current.CancellationToken);
        (await house.RunAsync("serve", "--urls", "http://127.0.0.1:0")).Refused(why);
    }

    [Fact]
    public void The_documentation_names_every_limit_with_what_is_usual()
    {
        var told = File.ReadLines(Path.Combine(RealHouse.Source, "docs", "operations", "install.md")).SkipWhile(l => !l.StartsWith("| Name | Usual |", StringComparison.Ordinal)).Skip(2)
            .TakeWhile(l => l.StartsWith('|')).Select(l => l.Split('|', StringSplitOptions.TrimEntries))
            .SelectMany(cells => cells[1].Split(", ").Select(n => n.Trim('`')).Zip(cells[2].Split(", ")));
        Assert.Equal(RateRule.All.Select(r => (r.Name, $"{r.Requests}/{r.Minutes}")).Order(), told.Order());
    }
}
