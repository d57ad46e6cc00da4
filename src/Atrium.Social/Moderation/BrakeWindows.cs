using System.Collections.Concurrent;
using Atrium.Kernel;

namespace Atrium.Social;

/// <summary>How often each account did what is braked, in the window under way. Each process counts for itself.</summary>
internal sealed class BrakeWindows(TimeProvider clock)
{
    private readonly ConcurrentDictionary<(Id<Account> Account, string Brake), Window> _windows = new();
    private long _swept;

    /// <summary>Counts, and answers how many there were and when the window ends.</summary>
    public (int Count, TimeSpan Reset) Add(Id<Account> account, Brake brake, int many)
    {
        var now = clock.GetUtcNow();
        Sweep(now);
        var window = _windows.AddOrUpdate(
            (account, brake.Setting.Key), _ => new(now + brake.Span, many), (_, w) => w.Ends <= now ? new(now + brake.Span, many) : w with { Count = w.Count + many });
        return (window.Count, window.Ends - now);
    }

    private void Sweep(DateTimeOffset now)
    {
        var hour = now.ToUnixTimeSeconds() / 3600;
        if (Interlocked.Exchange(ref _swept, hour) == hour) return;
        foreach (var held in _windows)
            if (held.Value.Ends <= now)
                _windows.TryRemove(held);
    }

    private sealed record Window(DateTimeOffset Ends, int Count);
}
