using System.Collections.Concurrent;
using System.Net;
using Atrium.Kernel;

namespace Atrium.Accounts.AppPasswords;

/// <summary>Counts wrong app passwords per address and account, so that nobody tries them out: ten a minute.</summary>
internal sealed class FailedPasswords(TimeProvider clock)
{
    private const int Most = 10;

    private readonly ConcurrentDictionary<(IPAddress? Address, string Handle), (long Minute, int Count)> _failed = new();
    private long _swept;

    /// <exception cref="Refusal">TooMany, once the minute's tries are spent.</exception>
    public void Demand(IPAddress? address, string handle)
    {
        var (minute, left) = Now();
        if (_failed.TryGetValue((address, handle), out var failed) && failed.Minute == minute && failed.Count >= Most)
            throw Refusal.TooMany(left, "Too many wrong passwords. Wait a minute.");
    }

    public void Add(IPAddress? address, string handle)
    {
        var (minute, _) = Now();
        _failed.AddOrUpdate((address, handle), _ => (minute, 1), (_, held) => held.Minute == minute ? (minute, held.Count + 1) : (minute, 1));
        if (Interlocked.Exchange(ref _swept, minute) == minute) return;
        foreach (var entry in _failed)
            if (entry.Value.Minute < minute)
                _failed.TryRemove(entry);
    }

    private (long Minute, TimeSpan Left) Now()
    {
        var seconds = clock.GetUtcNow().ToUnixTimeSeconds();
        return (seconds / 60, TimeSpan.FromSeconds(60 - (seconds % 60)));
    }
}
