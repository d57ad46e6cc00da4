using System.Collections.Concurrent;
using Microsoft.Extensions.Configuration;

namespace Atrium.Kernel.Http;

/// <summary>What a caller has left of a class.</summary>
public readonly record struct Allowance(int Limit, int Left, TimeSpan Reset)
{
    public bool IsSpent => Left < 0;
}

/// <summary>Counts requests per caller and class in windows of one minute. Limits come from <c>RateLimits:{Class}</c>, per minute; 0 is no limit.</summary>
public sealed class RateLimiter(IConfiguration configuration, TimeProvider clock)
{
    private readonly int[] _limits = [.. Enum.GetValues<RateClass>().Select(c => configuration.GetValue($"RateLimits:{c}", Usual(c)))];
    private readonly ConcurrentDictionary<(string Caller, RateClass Class), Window> _windows = new();
    private long _swept;

    /// <summary>Counts one request and says what is left.</summary>
    public Allowance Count(string caller, RateClass rate)
    {
        var limit = _limits[(int)rate];
        if (limit == 0) return new(0, int.MaxValue, TimeSpan.Zero);
        var now = clock.GetUtcNow();
        var minute = now.ToUnixTimeSeconds() / 60;
        Sweep(minute);
        var window = _windows.AddOrUpdate((caller, rate), _ => new(minute, 1), (_, w) => w.Minute == minute ? w with { Count = w.Count + 1 } : new(minute, 1));
        return new(limit, limit - window.Count, TimeSpan.FromSeconds(60 - (now.ToUnixTimeSeconds() % 60)));
    }

    private void Sweep(long minute)
    {
        if (Interlocked.Exchange(ref _swept, minute) == minute) return;
        foreach (var (key, window) in _windows)
            if (window.Minute < minute)
                _windows.TryRemove(KeyValuePair.Create(key, window));
    }

    private static int Usual(RateClass rate) => rate switch
    {
        RateClass.Read => 1200,
        RateClass.Write => 300,
        RateClass.Heavy => 30,
        RateClass.Secret => 20,
        RateClass.Dav => 600,
        _ => 0,
    };

    private sealed record Window(long Minute, int Count);
}
