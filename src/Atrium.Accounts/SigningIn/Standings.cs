using System.Collections.Concurrent;
using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Kernel;
using Atrium.Kernel.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Atrium.Accounts.SigningIn;

/// <summary>
/// Who is active and which sessions live, remembered for seconds so that not every request asks the database. A change is announced
/// on the live bus of all nodes and forgets what was remembered, so that revoking and suspending act at once.
/// </summary>
internal sealed class Standings : IDisposable
{
    public const string Topic = "accounts.standings";
    private const int Most = 50_000;
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<long, Held<MemberStanding>> _members = new();
    private readonly ConcurrentDictionary<long, Held<SessionStanding>> _sessions = new();
    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _clock;
    private readonly IDisposable _subscription;
    private long _forgotten;

    public Standings(IServiceScopeFactory scopes, ILiveBus bus, TimeProvider clock)
    {
        (_scopes, _clock) = (scopes, clock);
        _subscription = bus.Subscribe(Topic, _ => Forget());
    }

    /// <summary>Call it in every write that ends sessions or changes what a standing says: all nodes forget once it is committed.</summary>
    public static void Changed(AccountsDb db) => db.Announce(Topic, 0);

    /// <summary>Null when there is no such account.</summary>
    public ValueTask<MemberStanding?> OfAsync(Id<Member> member, CancellationToken ct) => GetAsync(
        _members, member.Value,
        db => db.Accounts.Where(a => a.Id == member)
            .Select(a => new MemberStanding(a.Id, a.Handle, a.Role, a.State, a.TimeZone, a.Culture)).FirstOrDefaultAsync(ct));

    /// <summary>Null when the session was ended or never was.</summary>
    public ValueTask<SessionStanding?> OfSessionAsync(Id<Session> session, CancellationToken ct) => GetAsync(
        _sessions, session.Value,
        db => (from s in db.Sessions
               where s.Id == session
               join a in db.Accounts on s.MemberId equals a.Id
               select new SessionStanding(
                   s.Id, new MemberStanding(a.Id, a.Handle, a.Role, a.State, a.TimeZone, a.Culture), s.ExpiresAt, s.LastSeenAt)).FirstOrDefaultAsync(ct));

    public void Dispose() => _subscription.Dispose();

    private async ValueTask<T?> GetAsync<T>(ConcurrentDictionary<long, Held<T>> held, long key, Func<AccountsDb, Task<T?>> read) where T : class
    {
        if (held.TryGetValue(key, out var known) && _clock.GetElapsedTime(known.ReadAt) < Fresh) return known.Value;

        // What was read before a change was announced must not be remembered after it.
        var forgotten = Interlocked.Read(ref _forgotten);
        var readAt = _clock.GetTimestamp();
        await using var scope = _scopes.CreateAsyncScope();
        var value = await read(scope.ServiceProvider.GetRequiredService<AccountsDb>());
        if (held.Count >= Most) held.Clear();
        held[key] = new(value, readAt);
        if (Interlocked.Read(ref _forgotten) != forgotten) held.TryRemove(key, out _);
        return value;
    }

    private void Forget()
    {
        Interlocked.Increment(ref _forgotten);
        _members.Clear();
        _sessions.Clear();
    }

    private sealed record Held<T>(T? Value, long ReadAt);
}
