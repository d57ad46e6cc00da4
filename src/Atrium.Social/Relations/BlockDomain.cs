using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>There are follows yet to end between a member and a server they block.</summary>
[EventName("social.server_blocked")]
internal sealed record ServerBlocked(Id<Account> Account, string Domain);

/// <summary>
/// Wants nothing from a whole server, or no longer minds it. Its posts leave home, lists, search, streams and notifications of the member at once;
/// followers from there are sent away, and follows to there end: the first at once, the rest right after.
/// </summary>
internal sealed class BlockDomain(SocialDb db, FollowAccount follows) : IReaction<ServerBlocked>
{
    private const int Longest = 253;
    private const int Batch = 100;

    /// <exception cref="Refusal">Invalid: no name of a server.</exception>
    public Task HandleAsync(string? name, bool on, Viewer viewer, CancellationToken ct)
    {
        var (me, domain) = (viewer.Demand(), NameOf(name) ?? throw Refusal.Invalid("domain", "Domain is not a valid domain name", "unknown"));
        if (!on) return db.UserDomainBlocks.Where(b => b.AccountId == me && b.Domain == domain).ExecuteDeleteAsync(ct);
        return db.WriteAsync(
            async token =>
            {
                var sql = "INSERT INTO social_user_domain_block (id, account_id, domain) VALUES ({0}, {1}, {2}) ON CONFLICT DO NOTHING";
                if (await db.Database.ExecuteSqlRawAsync(sql, [Id<UserDomainBlock>.New().Value, me.Value, domain], token) == 0) return;
                await ForgetAsync(me, domain, token);
                if (viewer.Actor.MemberId is { } member) await db.SilenceCommentsAsync(db.Statuses.Where(s => db.Accounts.Any(a => a.Id == s.AccountId && a.Domain == domain)), member, token);
                await EndFollowsAsync(me, domain, token);
            },
            ct);
    }

    /// <summary>Ends the next follows, unless the member has thought better of it.</summary>
    public async Task HandleAsync(ServerBlocked happened, CancellationToken ct)
    {
        if (await db.UserDomainBlocks.AnyAsync(b => b.AccountId == happened.Account && b.Domain == happened.Domain, ct)) await EndFollowsAsync(happened.Account, happened.Domain, ct);
    }

    /// <summary>A server's name as it is kept; null where it is none.</summary>
    public static string? NameOf(string? name)
    {
        var domain = name?.Trim().ToLowerInvariant() ?? "";
        return domain.Length is 0 or > Longest || Uri.CheckHostName(domain.Split(':')[0]) == UriHostNameType.Unknown ? null : domain;
    }

    private async Task EndFollowsAsync(Id<Account> me, string domain, CancellationToken ct)
    {
        var there = db.Accounts.Where(a => a.Domain == domain).Select(a => a.Id);
        var pairs = await db.Follows.Where(f => (f.AccountId == me && there.Contains(f.TargetId)) || (f.TargetId == me && there.Contains(f.AccountId))).OrderBy(f => f.Id).Take(Batch)
            .Select(f => new { f.AccountId, f.TargetId }).ToListAsync(ct);
        if (pairs.Count == 0) return;
        List<Id<Account>> ids = [me, .. pairs.Select(p => p.AccountId == me ? p.TargetId : p.AccountId)];
        var people = await db.Accounts.Where(a => ids.Contains(a.Id)).ToDictionaryAsync(a => a.Id, ct);
        foreach (var pair in pairs)
        {
            await PairLock.TakeAsync(db, pair.AccountId, pair.TargetId, ct);
            await follows.EndAsync(people[pair.AccountId], people[pair.TargetId], pair.AccountId == me ? "ended" : "rejected", ct);
        }

        if (pairs.Count == Batch) db.Publish(new ServerBlocked(me, domain), me.ToString());
    }

    private async Task ForgetAsync(Id<Account> me, string domain, CancellationToken ct)
    {
        var there = db.Accounts.Where(a => a.Domain == domain).Select(a => a.Id);
        await db.TakeBackAsync(db.Notices.Where(n => n.AccountId == me && there.Contains(n.FromId)), ct);
        await db.NoticeRequests.Where(r => r.AccountId == me && there.Contains(r.FromId)).ExecuteDeleteAsync(ct);
        await db.HomeEntries.Where(h => h.OwnerId == me && there.Contains(h.ViaAccountId)).ExecuteDeleteAsync(ct);
    }
}
