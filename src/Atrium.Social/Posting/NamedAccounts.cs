using Atrium.Contracts.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Finds the accounts that a text names.</summary>
internal sealed class NamedAccounts(SocialDb db, IMembers members, LocalAccounts locals, RemoteAccounts remote, FederationGate gate, Kernel.Http.HouseAddress house, TimeProvider clock)
{
    private const int MostAsked = 20;

    // How long an author waits for other servers: who is not found by then is looked for behind the scenes.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Accounts by name as written: <c>ada</c>, <c>ada@example.org</c>, in lower case. Those unknown are left out.</summary>
    /// <param name="patience">How long other servers may take in all.</param>
    public async Task<IReadOnlyDictionary<string, Account>> FindAsync(IReadOnlyCollection<string> names, CancellationToken ct, TimeSpan? patience = null)
    {
        if (names.Count == 0) return new Dictionary<string, Account>();
        var own = new Uri(house.Root).Authority;
        var wanted = names.Distinct().ToDictionary(n => n, n => n.Split('@', 2) is [var user, var host] && host != own ? (User: user, Domain: host) : (User: n.Split('@')[0], Domain: ""));
        List<string> users = [.. wanted.Values.Select(w => w.User).Distinct()];
        var rows = await db.Accounts.Where(a => users.Contains(a.UsernameFolded)).ToListAsync(ct);

        // A member who never came here has no account yet.
        List<string> strangers = [.. wanted.Values.Where(w => w.Domain.Length == 0 && !rows.Exists(r => r.IsLocal && r.UsernameFolded == w.User)).Select(w => w.User)];
        if (strangers.Count > 0 && await members.FindAsync(strangers, ct) is { Count: > 0 } found)
        {
            List<Kernel.Id<Account>> made = [.. (await locals.OfAsync([.. found.Values.Select(m => m.Id)], ct)).Values];
            rows.AddRange(await db.Accounts.Where(a => made.Contains(a.Id)).ToListAsync(ct));
        }

        // Nobody waits for another server inside a transaction.
        if (db.Database.CurrentTransaction is null)
            rows.AddRange(await MeetAsync([.. wanted.Where(w => w.Value.Domain.Length > 0 && !rows.Exists(r => r.UsernameFolded == w.Value.User && r.Domain == w.Value.Domain)).Take(MostAsked).Select(w => w.Key)], patience ?? Patience, ct));

        return wanted.Select(w => (w.Key, Account: rows.Find(r => r.UsernameFolded == w.Value.User && r.Domain == w.Value.Domain)))
            .Where(w => w.Account is { IsShown: true }).ToDictionary(w => w.Key, w => w.Account!);
    }

    /// <summary>How many names of other servers, with which posts are exchanged, stand for nobody who was found.</summary>
    public async Task<int> MissingAsync(IReadOnlyCollection<string> names, IReadOnlyDictionary<string, Account> found, CancellationToken ct)
    {
        var missing = 0;
        foreach (var name in names.Take(MostAsked))
            if (!found.ContainsKey(name) && name.Split('@', 2) is [_, var host] && host != new Uri(house.Root).Authority && await gate.MayAsync(host, ct)) missing++;
        return missing;
    }

    private async Task<List<Account>> MeetAsync(List<string> strangers, TimeSpan patience, CancellationToken ct)
    {
        List<Account> met = [];
        if (strangers.Count == 0) return met;
        using var limit = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, limit.Token);
        try
        {
            foreach (var name in strangers)
                if (await remote.ByHandleAsync(name, either.Token) is { } account) met.Add(account);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            db.ChangeTracker.Clear();
        }

        return met;
    }
}
