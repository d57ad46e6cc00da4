using Atrium.Accounts.Data;
using Atrium.Kernel;
using Atrium.Web;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Profiles;

/// <summary>Tells the frame who looks, and how they like it.</summary>
internal sealed class AccountShell(AccountsDb db) : IShellPart
{
    public async ValueTask<ShellModel> AddAsync(ShellModel shell, Actor actor, CancellationToken ct)
    {
        if (actor.MemberId is not { } me) return shell;
        var account = await db.Accounts.Where(a => a.Id == me).Select(a => new { a.Handle, a.Name, a.AvatarFile, a.Theme }).FirstOrDefaultAsync(ct);
        return account is null ? shell : shell with { Person = new(me.Value, account.Name, account.Handle, Portraits.SmallUrlOf(account.AvatarFile)), Theme = account.Theme };
    }
}
