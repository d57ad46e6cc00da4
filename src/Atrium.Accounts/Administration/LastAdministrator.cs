using Atrium.Accounts.Data;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Administration;

/// <summary>A house always keeps somebody who can run it.</summary>
internal static class LastAdministrator
{
    /// <summary>
    /// Does <paramref name="work"/>, saves it, and refuses if nobody runs the house then. Inside the caller's transaction; the
    /// administrators' rows are locked first, so that two who step down at once are seen one after the other on PostgreSQL as well.
    /// </summary>
    /// <exception cref="Refusal">Conflict <c>last_administrator</c>.</exception>
    public static async Task KeepAsync(AccountsDb db, Func<CancellationToken, Task> work, CancellationToken ct)
    {
        var active = db.Accounts.Where(a => a.Role == Role.Administrator && a.State == AccountState.Active);
        var before = await active.ExecuteUpdateAsync(set => set.SetProperty(a => a.Role, Role.Administrator), ct);
        await work(ct);
        await db.SaveChangesAsync(ct);
        if (before > 0 && !await active.AnyAsync(ct)) throw Refusal.Conflict("last_administrator", "The last administrator must stay one. Make somebody else an administrator first.");
    }
}
