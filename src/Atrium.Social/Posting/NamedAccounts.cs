using Atrium.Contracts.Accounts;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Finds the accounts that a text names.</summary>
internal sealed class NamedAccounts(SocialDb db, IMembers members, LocalAccounts locals, RemoteAccounts remote, Kernel.Http.HouseAddress house)
{
    private const int MostAsked = 20;

    /// <summary>Accounts by name as written: <c>ada</c>, <c>ada@example.org</c>, in lower case. Those unknown are left out.</summary>
    public async Task<IReadOnlyDictionary<string, Account>> FindAsync(IReadOnlyCollection<string> names, CancellationToken ct)
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
            foreach (var (name, _) in wanted.Where(w => w.Value.Domain.Length > 0 && !rows.Exists(r => r.UsernameFolded == w.Value.User && r.Domain == w.Value.Domain)).Take(MostAsked))
                if (await remote.ByHandleAsync(name, ct) is { } account) rows.Add(account);

        return wanted.Select(w => (w.Key, Account: rows.Find(r => r.UsernameFolded == w.Value.User && r.Domain == w.Value.Domain)))
            .Where(w => w.Account is { IsShown: true }).ToDictionary(w => w.Key, w => w.Account!);
    }
}
