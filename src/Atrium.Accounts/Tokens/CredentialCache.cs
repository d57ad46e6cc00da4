using System.Collections.Concurrent;
using Atrium.Accounts.Data;
using Atrium.Accounts.SigningIn;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Live;

namespace Atrium.Accounts.Tokens;

/// <summary>
/// Keys that were found good a moment ago, by their hash, so that not every request asks the database. Whatever ends a key, or changes
/// its member's standing, is announced on the live bus of all nodes and empties it: revoking and suspending act at once.
/// </summary>
internal sealed class CredentialCache : IDisposable
{
    private const string Topic = "accounts.credentials";
    private const int Most = 50_000;

    private readonly ConcurrentDictionary<string, Held> _held = new();
    private readonly ILiveBus _bus;
    private readonly TimeProvider _clock;
    private readonly IDisposable[] _subscriptions;
    private long _forgotten;

    public CredentialCache(ILiveBus bus, TimeProvider clock)
    {
        (_bus, _clock) = (bus, clock);
        _subscriptions = [bus.Subscribe(Topic, _ => Forget()), bus.Subscribe(Standings.Topic, _ => Forget())];
    }

    /// <summary>Call it in every write that ends keys: all nodes forget once it is committed, and what lives by them ends.</summary>
    public static void Changed(AccountsDb db, params IReadOnlyCollection<Id<Member>> members)
    {
        db.Announce(Topic, 0);
        foreach (var member in members) db.Publish(new KeysEnded(member));
    }

    /// <summary>Keys were ended, and that is committed already.</summary>
    public void Changed() => _bus.Publish(new(Topic, 0, "change"));

    /// <summary>The key whose plain text is <paramref name="secret"/>: remembered, or read and remembered when it is good.</summary>
    /// <param name="fresh">How long it may be remembered.</param>
    public async ValueTask<Credential?> GetAsync(string secret, TimeSpan fresh, Func<Task<Credential?>> read)
    {
        var key = RandomKey.Hash(secret);
        if (!_held.TryGetValue(key, out var held) || _clock.GetElapsedTime(held.ReadAt) >= fresh)
        {
            // What was read before a change was announced must not be remembered after it.
            var forgotten = Interlocked.Read(ref _forgotten);
            var readAt = _clock.GetTimestamp();
            if (await read() is not { } found) return null;
            held = new(found, readAt);
            if (_held.Count >= Most) _held.Clear();
            _held[key] = held;
            if (Interlocked.Read(ref _forgotten) != forgotten) _held.TryRemove(key, out _);
        }

        return held.Credential.ExpiresAt <= _clock.GetUtcNow() ? null : held.Credential;
    }

    public void Dispose()
    {
        foreach (var subscription in _subscriptions) subscription.Dispose();
    }

    private void Forget()
    {
        Interlocked.Increment(ref _forgotten);
        _held.Clear();
    }

    private sealed record Held(Credential Credential, long ReadAt);
}
