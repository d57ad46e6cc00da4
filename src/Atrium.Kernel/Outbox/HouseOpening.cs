using Microsoft.Extensions.Hosting;

namespace Atrium.Kernel.Outbox;

/// <summary>Lets workers wait until the house answers: the first visitor comes before the backlog.</summary>
internal static class HouseOpening
{
    /// <summary>Completes when the house listens, or stops.</summary>
    public static async Task OpenedAsync(this IHostApplicationLifetime house, CancellationToken ct)
    {
        var opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var started = house.ApplicationStarted.Register(opened.SetResult);
        await opened.Task.WaitAsync(ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
