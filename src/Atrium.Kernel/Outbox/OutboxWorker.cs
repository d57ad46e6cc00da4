using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Atrium.Kernel.Outbox;

/// <summary>Keeps both lanes moving: reactions in one, effects, which may be slow, in the other.</summary>
internal sealed partial class OutboxWorker(OutboxDispatcher dispatcher, OutboxSignal signal, IHostApplicationLifetime house, TimeProvider clock, ILogger<OutboxWorker> log) : BackgroundService
{
    // Picks up what a crash, or another node, left.
    private static readonly TimeSpan SlowPoll = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await house.OpenedAsync(stoppingToken);
        await Task.WhenAll(RunAsync(outside: false, stoppingToken), RunAsync(outside: true, stoppingToken));
    }

    private async Task RunAsync(bool outside, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var rung = signal.Next;
            try
            {
                var wait = SlowPoll;
                var (handled, next) = await dispatcher.RunOnceAsync(outside, ct);
                if (handled > 0) continue;
                if (next is { } due)
                    wait = TimeSpan.FromMilliseconds(Math.Clamp((due - clock.GetUtcNow()).TotalMilliseconds, 100, SlowPoll.TotalMilliseconds));
                await Task.WhenAny(rung, Task.Delay(wait, clock, ct));
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                LogStumbled(e);
                await Task.Delay(SlowPoll, clock, CancellationToken.None);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox worker stumbled")]
    private partial void LogStumbled(Exception e);
}
