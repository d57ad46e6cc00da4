using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>An account kept in memory of its member.</summary>
internal sealed record MemorialView(Id<Account> Id, string Handle, string Name, string Href, DateTimeOffset Since);

/// <summary>
/// Keeps an account in memory of its member, as an administrator says: all of it stays as it was left, nobody signs in to it, nobody new follows
/// it and it does nothing any more. It can be taken back, and then all is as before.
/// </summary>
internal sealed class RememberAccount(SocialDb db, IMemberAdministration members)
{
    /// <summary>All of them, newest first.</summary>
    /// <exception cref="Refusal">Not found: no administrator.</exception>
    public async Task<IReadOnlyList<MemorialView>> AllAsync(Actor actor, CancellationToken ct)
    {
        Demand(actor);
        return [.. (await db.Accounts.Where(a => a.MemorialAt != null).OrderByDescending(a => a.MemorialAt).ToListAsync(ct)).Select(View)];
    }

    /// <exception cref="Refusal">Not found; invalid: <c>own_account</c>; a conflict: the last administrator.</exception>
    public async Task<MemorialView> HandleAsync(Id<Account> id, Actor actor, CancellationToken ct)
    {
        Demand(actor);
        var member = await MemberAsync(id, ct);
        if (actor.Is(member)) throw Refusal.Invalid("handle", "That is your own account.", "own_account");
        if ((await members.GetAsync(member, actor, ct)).State is AccountState.Active or AccountState.Leaving) await members.SuspendAsync(member, null, actor, ct);
        return View(await ChangeAsync(id, db.Now, "social.account_remembered", actor, ct));
    }

    /// <exception cref="Refusal">Not found.</exception>
    public async Task UndoAsync(Id<Account> id, Actor actor, CancellationToken ct)
    {
        Demand(actor);
        var member = await MemberAsync(id, ct);
        await ChangeAsync(id, null, "social.account_remembered_no_more", actor, ct);
        if ((await members.GetAsync(member, actor, ct)).State == AccountState.Suspended) await members.RestoreAsync(member, actor, ct);
    }

    /// <summary>The account of a handle as it is typed.</summary>
    public async Task<Id<Account>> NamedAsync(string handle, CancellationToken ct)
    {
        var name = handle.Trim().TrimStart('@').ToLowerInvariant();
        return await db.Accounts.Where(a => a.UsernameFolded == name && a.Domain == "" && a.MemberId != null).Select(a => (Id<Account>?)a.Id).FirstOrDefaultAsync(ct)
            ?? throw Refusal.Invalid("handle", "No member of the house has that handle.", "unknown");
    }

    private Task<Account> ChangeAsync(Id<Account> id, DateTimeOffset? at, string act, Actor actor, CancellationToken ct) => db.AmendAsync(
        async token =>
        {
            var account = await db.Accounts.AsTracking().FirstAsync(a => a.Id == id, token);
            if (!account.Remember(at)) return account;
            db.Record(actor, act, Thing.Of("account", id), account.Username);
            db.Publish(new SightChanged(Account: id), id.ToString());
            db.Publish(new AccountChanged(id), id.ToString());
            return account;
        },
        ct);

    private async Task<Id<Member>> MemberAsync(Id<Account> id, CancellationToken ct) =>
        await db.Accounts.Where(a => a.Id == id && a.Standing != AccountStanding.Purged && a.Standing != AccountStanding.Deleted).Select(a => a.MemberId).FirstOrDefaultAsync(ct) ?? throw Refusal.NotFound();

    private static MemorialView View(Account account) => new(account.Id, account.Username, account.DisplayName.Length > 0 ? account.DisplayName : account.Username, account.Url, account.MemorialAt ?? default);

    private static void Demand(Actor actor)
    {
        if (!actor.IsAdministrator) throw actor.IsMember ? Refusal.NotFound() : Refusal.SignIn();
    }
}
