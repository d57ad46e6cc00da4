using Atrium.Accounts.Data;
using Atrium.Contracts.Accounts;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.OAuth.Apps;

/// <summary>Nobody answers any more for the apps of a member who was erased: they go with them.</summary>
internal sealed class RemoveApps(AccountsDb db) : IReaction<MemberErased>
{
    public async Task HandleAsync(MemberErased happened, CancellationToken ct)
    {
        var ids = await db.Apps.Where(a => a.OwnerId == happened.Member).Select(a => a.Id).ToListAsync(ct);
        if (ids.Count > 0) await MyApps.EraseAsync(db, ids, ct);
    }
}
