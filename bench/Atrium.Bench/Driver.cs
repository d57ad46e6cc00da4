using System.Collections.Concurrent;
using System.Diagnostics;

namespace Atrium.Bench;

/// <summary>Asks over and over from several callers at once, each waiting for its answer before it asks again.</summary>
internal static class Driver
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    /// <param name="ask">One request of caller number n; throws when the answer is not the expected one.</param>
    public static async Task<Figures> RunAsync(TimeSpan time, int callers, Func<int, CancellationToken, Task> ask, CancellationToken ct)
    {
        await LoopAsync(WarmUp, callers, ask, ct);
        GC.Collect();
        var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        var latencies = await LoopAsync(time, callers, ask, ct);
        watch.Stop();
        process.Refresh();
        return new(latencies, watch.Elapsed, process.TotalProcessorTime - before);
    }

    private static async Task<double[]> LoopAsync(TimeSpan time, int callers, Func<int, CancellationToken, Task> ask, CancellationToken ct)
    {
        var all = new ConcurrentBag<List<double>>();
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(
            async () =>
            {
                var mine = new List<double>();
                while (Stopwatch.GetElapsedTime(start) < time)
                {
                    var asked = Stopwatch.GetTimestamp();
                    await ask(caller, ct);
                    mine.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
                }

                all.Add(mine);
            },
            ct)));
        return [.. all.SelectMany(l => l).Order()];
    }
}
