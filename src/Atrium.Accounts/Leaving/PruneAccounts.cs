using Atrium.Accounts.Administration;
using Atrium.Accounts.Data;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Leaving;

/// <summary>Forgets sign-ups that were never confirmed, and whatever has expired.</summary>
internal sealed class PruneAccounts(AccountsDb db) : IRecurringWork
{
    private static readonly TimeSpan Unconfirmed = TimeSpan.FromDays(7);

    public async Task RunAsync(CancellationToken ct)
    {
        var now = db.Now;
        var (old, yesterday) = (now - Unconfirmed, now.AddDays(-1));
        await db.Sessions.Where(s => s.ExpiresAt < now).ExecuteDeleteAsync(ct);
        await db.MailedKeys.Where(k => k.ExpiresAt < now).ExecuteDeleteAsync(ct);
        await db.FailedTries.Where(t => t.LastAt < yesterday).ExecuteDeleteAsync(ct);
        foreach (var account in await db.Accounts.Where(a => a.State == AccountState.Unconfirmed && a.CreatedAt < old).ToListAsync(ct))
            await db.WriteAsync(token => ChangeStanding.ForgetApplicationAsync(account, db, token), ct);
    }
}
