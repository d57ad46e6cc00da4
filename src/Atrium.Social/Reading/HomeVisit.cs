using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Notes that a member reads their home, and builds it anew for one who was away for so long that nothing was put there.</summary>
internal sealed class HomeVisit(SocialDb db, HomeVisits known)
{
    private static readonly TimeSpan NotedEvery = TimeSpan.FromHours(12);

    public async ValueTask SeenAsync(Viewer viewer, CancellationToken ct)
    {
        var (me, now) = (viewer.Demand(), db.Now);
        if (known.NotedAt.TryGetValue(me, out var noted) && now - noted < NotedEvery) return;
        var before = await db.Accounts.Where(a => a.Id == me).Select(a => a.HomeReadAt).FirstOrDefaultAsync(ct);
        if (before is null || now - before > NotedEvery)
        {
            // What takes long is done while others write.
            var home = before is { } last && now - last > SocialLimits.HomeAway ? await HomeMerge.FindAsync(db, me, ct) : null;
            await db.WriteAsync(
                async token =>
                {
                    await db.Accounts.Where(a => a.Id == me).ExecuteUpdateAsync(set => set.SetProperty(a => a.HomeReadAt, now), token);
                    if (home is not null) await HomeMerge.RebuildAsync(db, me, home, token);
                },
                ct);
        }

        known.NotedAt[me] = now;
    }
}

/// <summary>When each home was last noted as read, so that not every request writes.</summary>
internal sealed class HomeVisits
{
    public System.Collections.Concurrent.ConcurrentDictionary<Kernel.Id<Account>, DateTimeOffset> NotedAt { get; } = new();
}
