namespace Atrium.CommandLine;

/// <summary>What the console says to whoever opens an empty house.</summary>
internal static class Greeting
{
    public static Task SayAsync(WebApplication app, CancellationToken ct) => Task.CompletedTask;
}
