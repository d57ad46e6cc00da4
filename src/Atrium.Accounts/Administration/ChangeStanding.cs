using Atrium.Accounts.Data;
using Atrium.Accounts.Letters;
using Atrium.Accounts.Model;
using Atrium.Accounts.SigningIn;
using Atrium.Accounts.SigningUp;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Administration;

/// <summary>Lets in, turns away, promotes, suspends, restores and deletes members.</summary>
internal static class ChangeStanding
{
    public static Task ApproveAsync(Id<Member> member, Actor actor, AccountsDb db, CancellationToken ct) => ChangeAsync(
        member, actor, db,
        account =>
        {
            if (account.State != AccountState.Waiting) throw NotWaiting();
            account.Activate(db.Now);
            Joining.Welcome(account, db, actor);
            db.Publish(new LetterOwed(Letter.Approved, member));
        },
        ct);

    public static Task RejectAsync(Id<Member> member, Actor actor, AccountsDb db, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            Administrators.Demand(actor);
            var account = await db.Accounts.FirstOrDefaultAsync(a => a.Id == member, token) ?? throw Refusal.NotFound();
            if (account.State is not (AccountState.Waiting or AccountState.Unconfirmed)) throw NotWaiting();
            await ForgetApplicationAsync(account, db, token);
            db.Record(actor, "member.rejected", Thing.Of("member", member), account.Handle);
        },
        ct);

    public static Task SetRoleAsync(Id<Member> member, Role role, Actor actor, AccountsDb db, CancellationToken ct) => LastAdministratorKeptAsync(
        member, actor, db,
        account =>
        {
            if (account.Role == role) return;
            db.Record(actor, "role.changed", Thing.Of("member", member), $"{account.Role} to {role}");
            account.Role = role;
            db.Publish(new MemberProfileChanged(member), member.ToString());
        },
        ct);

    public static Task SuspendAsync(Id<Member> member, string? reason, Actor actor, AccountsDb db, CancellationToken ct) => LastAdministratorKeptAsync(
        member, actor, db,
        async (account, token) =>
        {
            if (account.State == AccountState.Suspended) return;
            if (account.State is not (AccountState.Active or AccountState.Leaving)) throw Refusal.Conflict("not_active", "Only somebody who is in can be suspended.");
            account.Suspend(string.IsNullOrWhiteSpace(reason) ? null : reason.Trim());
            await EndAsync(account, "member.suspended", actor, db, token);
        },
        ct);

    public static Task RestoreAsync(Id<Member> member, Actor actor, AccountsDb db, CancellationToken ct) => ChangeAsync(
        member, actor, db,
        account =>
        {
            if (account.State == AccountState.Active) return;
            if (account.State is not (AccountState.Suspended or AccountState.Leaving)) throw Refusal.Conflict("not_suspended", "They were neither suspended nor leaving.");
            account.Restore();
            db.Publish(new MemberRestored(member), member.ToString());
            db.Record(actor, "member.restored", Thing.Of("member", member));
        },
        ct);

    public static Task DeleteAsync(Id<Member> member, Actor actor, AccountsDb db, CancellationToken ct) => LastAdministratorKeptAsync(
        member, actor, db, (account, token) => BeginLeavingAsync(account, actor, db, token), ct);

    /// <summary>Begins the days of grace. Inside the caller's transaction.</summary>
    public static async Task BeginLeavingAsync(Account account, Actor actor, AccountsDb db, CancellationToken ct)
    {
        if (account.State == AccountState.Leaving) return;
        if (account.State is AccountState.Waiting or AccountState.Unconfirmed) throw Refusal.Conflict("not_active", "They are not in yet: turn them away instead.");
        account.Leave(db.Now);
        await EndAsync(account, "member.leaving", actor, db, ct);
    }

    /// <summary>Removes somebody who never was in; handle and invitation are free again.</summary>
    public static async Task ForgetApplicationAsync(Account account, AccountsDb db, CancellationToken ct)
    {
        await db.MailedKeys.Where(k => k.MemberId == account.Id).ExecuteDeleteAsync(ct);
        await db.UsedHandles.Where(h => h.Handle == account.Handle).ExecuteDeleteAsync(ct);
        if (account.InvitationId is { } invitation)
            await db.Invitations.Where(i => i.Id == invitation && i.Uses > 0).ExecuteUpdateAsync(set => set.SetProperty(i => i.Uses, i => i.Uses - 1), ct);
        await db.Accounts.Where(a => a.Id == account.Id).ExecuteDeleteAsync(ct);
    }

    private static async Task EndAsync(Account account, string act, Actor actor, AccountsDb db, CancellationToken ct)
    {
        await db.Sessions.Where(s => s.MemberId == account.Id).ExecuteDeleteAsync(ct);
        db.Publish(new MemberSuspended(account.Id), account.Id.ToString());
        db.Record(actor, act, Thing.Of("member", account.Id), account.SuspensionReason);
    }

    private static Task ChangeAsync(Id<Member> member, Actor actor, AccountsDb db, Action<Account> change, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            Administrators.Demand(actor);
            change(await db.Accounts.AsTracking().FirstOrDefaultAsync(a => a.Id == member, token) ?? throw Refusal.NotFound());
            Standings.Changed(db);
        },
        ct);

    private static Task LastAdministratorKeptAsync(Id<Member> member, Actor actor, AccountsDb db, Action<Account> change, CancellationToken ct) => LastAdministratorKeptAsync(
        member, actor, db,
        (account, _) =>
        {
            change(account);
            return Task.CompletedTask;
        },
        ct);

    private static Task LastAdministratorKeptAsync(Id<Member> member, Actor actor, AccountsDb db, Func<Account, CancellationToken, Task> change, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            Administrators.Demand(actor);
            await LastAdministrator.KeepAsync(
                db, async inner => await change(await db.Accounts.AsTracking().FirstOrDefaultAsync(a => a.Id == member, inner) ?? throw Refusal.NotFound(), inner), token);
            Standings.Changed(db);
        },
        ct);

    private static Refusal NotWaiting() => Refusal.Conflict("not_waiting", "They do not wait to be let in.");
}
