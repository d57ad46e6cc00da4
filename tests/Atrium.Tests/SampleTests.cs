using System.Diagnostics;

namespace Atrium.Tests;

/// <summary>The samples of <c>docs/samples</c>, run as a reader runs them.</summary>
[Collection(Alone.Name)]
public sealed class SampleTests
{
    [Fact]
    public async Task The_sample_of_tasks_makes_assigns_moves_and_pages()
    {
        await using var house = await RealHouse.BuildAsync();
        await using var life = await house.ServeAsync("--demo");
        var token = (await house.RunAsync("token", "add", "ada", "--scope", "tasks:admin", "profile:read")).Done().Out.Trim();
        var said = await RunAsync(life.Url, token, "ben");
        Assert.Equal(0, said.Code);
        Assert.Contains("-1 is for ben", said.Out, StringComparison.Ordinal);
        Assert.Contains("-1 is doing", said.Out, StringComparison.Ordinal);
        Assert.Contains("Page 1: ", said.Out, StringComparison.Ordinal);
        Assert.Contains("Page 3: ", said.Out, StringComparison.Ordinal);
        Assert.Contains("Book the hall (Doing, ben)", said.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("Page 4: ", said.Out, StringComparison.Ordinal);

        Assert.NotEqual(0, (await RunAsync(life.Url, "atr_worthless", "ben")).Code);
        Assert.Contains("Nobody here is called nobody", (await RunAsync(life.Url, token, "nobody")).Error, StringComparison.Ordinal);
    }

    private static async Task<Said> RunAsync(string url, string token, string friend)
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(RealHouse.Source, "docs", "samples", "tasks.sh")]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        (start.Environment["HOUSE"], start.Environment["TOKEN"], start.Environment["FRIEND"]) = (url, token, friend);
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return new(process.ExitCode, await output, await error);
    }
}
