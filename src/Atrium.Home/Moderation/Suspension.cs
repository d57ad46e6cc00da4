using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Outbox;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>A member is to be suspended, or let in again, by what moderators decided.</summary>
[EventName("home.suspension_due")]
internal sealed record SuspensionDue(Id<Sanction> Sanction, bool Suspended);

/// <summary>Has Accounts suspend or restore the member, once the decision is written down. Repeating it changes nothing.</summary>
internal sealed class CarryOutSuspension(HomeDb db, IMemberAdministration members) : IEffect<SuspensionDue>
{
    public async Task HandleAsync(SuspensionDue happened, Delivery delivery, CancellationToken ct)
    {
        var sanction = await db.Sanctions.FirstOrDefaultAsync(s => s.Id == happened.Sanction, ct);
        // Lifted before it was carried out: there is nothing left to do.
        if (sanction is null || (happened.Suspended && sanction.LiftedAt is not null)) return;

        var state = (await members.GetAsync(sanction.MemberId, Actor.System, ct)).State;
        if (happened.Suspended && state == AccountState.Active) await members.SuspendAsync(sanction.MemberId, sanction.Reason, Actor.System, ct);
        if (!happened.Suspended && state == AccountState.Suspended) await members.RestoreAsync(sanction.MemberId, Actor.System, ct);
    }
}
