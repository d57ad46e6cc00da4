using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Removes what a remote account deleted: a post, or all of itself. The address stays as a tombstone, so that a late copy is not taken in.</summary>
internal sealed class RemoveRemote(SocialDb db, DeleteStatus deleting, FollowAccount follows)
{
    public async Task<bool> HandleAsync(ApNode activity, Account from, CancellationToken ct)
    {
        if (activity.Ref("object") is not { } uri) return false;
        if (uri == from.Uri) await AccountAsync(from, ct);
        else
            await db.WriteAsync(
                async token =>
                {
                    await EntombAsync(uri, token);
                    if (await db.Statuses.FirstOrDefaultAsync(s => s.Uri == uri && s.AccountId == from.Id && s.DeletedAt == null, token) is { } status) await deleting.RemoveAsync(status, token);
                },
                ct);
        return true;
    }

    private async Task AccountAsync(Account from, CancellationToken ct)
    {
        await db.WriteAsync(
            async token =>
            {
                await EntombAsync(from.Uri, token);
                await EndFollowsAsync(from, token);
                await db.TakeBackAsync(db.Notices.Where(n => n.FromId == from.Id), token);
                await db.Accounts.Where(a => a.Id == from.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.Standing, AccountStanding.Deleted), token);
            },
            ct);
    }

    /// <summary>Ends every follow with an account, in the transaction under way.</summary>
    public async Task EndFollowsAsync(Account account, CancellationToken ct)
    {
        var pairs = await db.Follows.Where(f => f.AccountId == account.Id || f.TargetId == account.Id).Select(f => new { f.AccountId, f.TargetId }).ToListAsync(ct);
        List<Id<Account>> others = [.. pairs.SelectMany(p => new[] { p.AccountId, p.TargetId }).Distinct()];
        var rows = await db.Accounts.Where(a => others.Contains(a.Id)).ToDictionaryAsync(a => a.Id, ct);
        foreach (var pair in pairs) await follows.EndAsync(rows[pair.AccountId], rows[pair.TargetId], "severed", ct);
    }

    private Task EntombAsync(string uri, CancellationToken ct) =>
        db.Database.ExecuteSqlRawAsync("INSERT INTO social_tombstone (uri, deleted_at) VALUES ({0}, {1}) ON CONFLICT DO NOTHING", [uri, db.Instant(db.Now)], ct);
}
