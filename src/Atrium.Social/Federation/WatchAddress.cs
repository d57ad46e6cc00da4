using Atrium.Kernel.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atrium.Social;

/// <summary>Says at the start that the house has another address than the one by which other servers know it.</summary>
internal sealed partial class WatchAddress(IHostApplicationLifetime lifetime, IServiceScopeFactory scopes, HouseAddress house, ILogger<WatchAddress> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() => _ = LookAsync(lifetime.ApplicationStopping));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task LookAsync(CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            if (await scope.ServiceProvider.GetRequiredService<FederationGate>().MovedFromAsync(ct) is { } known) Moved(known, house.Root);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The house closes before it was open.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Other servers know this house as {Known}, but its address is {Now}: nothing is exchanged with them until House:Address is {Known} again.")]
    private partial void Moved(string known, string now);
}
