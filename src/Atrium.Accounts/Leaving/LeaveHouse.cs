using Atrium.Accounts.Administration;
using Atrium.Accounts.Data;
using Atrium.Accounts.Security;
using Atrium.Accounts.SigningIn;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Leaving;

/// <summary>Deletes one's own account: signed out everywhere at once, erased after 30 days unless one signs in again and stays.</summary>
internal static class LeaveHouse
{
    public static async Task HandleAsync(Actor actor, AccountsDb db, CancellationToken ct)
    {
        var me = actor.Demand();
        await Proof.DemandAsync(actor, db, ct);
        await db.WriteAsync(
            async token =>
            {
                await LastAdministrator.KeepAsync(
                    db, async inner => await ChangeStanding.BeginLeavingAsync(await db.Accounts.AsTracking().FirstAsync(a => a.Id == me, inner), actor, db, inner), token);
                Standings.Changed(db);
            },
            ct);
    }
}
