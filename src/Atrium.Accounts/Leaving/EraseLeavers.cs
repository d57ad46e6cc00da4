using Atrium.Accounts.Credentials;
using Atrium.Accounts.Data;
using Atrium.Accounts.Groups;
using Atrium.Accounts.Model;
using Atrium.Accounts.SigningIn;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Leaving;

/// <summary>Erases those whose days of grace are over, and tells every module to do the same. Their handles stay taken.</summary>
internal sealed class EraseLeavers(AccountsDb db, IEnumerable<ICredentialStore> credentials) : IRecurringWork
{
    public async Task RunAsync(CancellationToken ct)
    {
        var now = db.Now;
        foreach (var id in await db.Accounts.Where(a => a.State == AccountState.Leaving && a.EraseAt <= now).Select(a => a.Id).ToListAsync(ct))
        {
            await db.WriteAsync(token => EraseAsync(id, token), ct);
            db.ChangeTracker.Clear();
        }
    }

    private async Task EraseAsync(Id<Member> id, CancellationToken ct)
    {
        var now = db.Now;
        var account = await db.Accounts.FirstOrDefaultAsync(a => a.Id == id && a.State == AccountState.Leaving && a.EraseAt <= now, ct);
        if (account is null) return;
        await GroupMembers.RemoveEverywhereAsync(id, db, ct);
        await db.Sessions.Where(s => s.MemberId == id).ExecuteDeleteAsync(ct);
        await db.Passkeys.Where(p => p.MemberId == id).ExecuteDeleteAsync(ct);
        await db.RecoveryCodes.Where(c => c.MemberId == id).ExecuteDeleteAsync(ct);
        await db.MailedKeys.Where(k => k.MemberId == id).ExecuteDeleteAsync(ct);
        var counters = new[] { TryCounter.PasswordOf(id), TryCounter.CodeOf(id) };
        await db.FailedTries.Where(t => counters.Contains(t.Key)).ExecuteDeleteAsync(ct);
        foreach (var store in credentials) await store.RevokeAllAsync(id, ct);
        await db.Accounts.Where(a => a.Id == id).ExecuteDeleteAsync(ct);
        db.Publish(new MemberErased(id, account.Handle), id.ToString());
        db.Record(Actor.System, "member.erased", Thing.Of("member", id));
        Standings.Changed(db);
    }
}
