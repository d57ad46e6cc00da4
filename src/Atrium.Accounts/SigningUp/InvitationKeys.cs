using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.SigningUp;

/// <summary>Finds invitations by their key, and counts their uses.</summary>
internal static class InvitationKeys
{
    /// <summary>The invitation behind a key that still works, or null.</summary>
    public static Task<InvitationLink?> FindAsync(string key, AccountsDb db, CancellationToken ct)
    {
        var (hash, now) = (RandomKey.Hash(key), db.Now);
        return db.Invitations.FirstOrDefaultAsync(i => i.KeyHash == hash && i.WithdrawnAt == null && i.ExpiresAt > now && i.Uses < i.MostUses, ct);
    }

    /// <summary>Counts one use, inside the caller's transaction.</summary>
    /// <exception cref="Refusal">Gone <c>invitation_spent</c>: somebody else took the last.</exception>
    public static async Task UseAsync(Id<Invitation> id, AccountsDb db, CancellationToken ct)
    {
        var now = db.Now;
        if (await db.Invitations.Where(i => i.Id == id && i.WithdrawnAt == null && i.ExpiresAt > now && i.Uses < i.MostUses)
            .ExecuteUpdateAsync(set => set.SetProperty(i => i.Uses, i => i.Uses + 1), ct) == 0) throw Spent();
    }

    public static Refusal Spent() => Refusal.Gone("invitation_spent", "That invitation was used up, withdrawn or has expired. Ask for a new one.");
}
