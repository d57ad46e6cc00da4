using Atrium.Kernel.Outbox;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Home.Tests;

internal static class Settling
{
    /// <summary>Waits until nothing is due any more, whoever handles it: the house's own worker may hold a message while the test drains.</summary>
    public static async Task SettledAsync(this HomeHouse house)
    {
        var desk = house.Services.GetRequiredService<OutboxDesk>();
        var until = TimeProvider.System.GetUtcNow().AddSeconds(30);
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
