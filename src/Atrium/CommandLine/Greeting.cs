using Atrium.Accounts;

namespace Atrium.CommandLine;

/// <summary>What the console says to whoever opens an empty house.</summary>
internal static class Greeting
{
    public static async Task SayAsync(WebApplication app, CancellationToken ct)
    {
        if (await AccountsModule.SetupLinkAsync(app.Services, ct) is { } link)
            Console.WriteLine($"Nobody lives here yet. Make the first administrator at {link} (once).");
    }
}
