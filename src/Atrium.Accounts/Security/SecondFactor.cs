using Atrium.Accounts.Data;
using Atrium.Accounts.Letters;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Settings;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Security;

/// <summary>Sets up, renews and removes the authenticator app as a second factor.</summary>
public static class SecondFactor
{
    /// <param name="Secret">For typing into the app.</param>
    /// <param name="Uri">For the QR code.</param>
    public sealed record Begun(string Secret, string Uri);

    /// <summary>Begins: a secret to be shown. Asked again before it is confirmed, it is the same.</summary>
    internal static async Task<Begun> BeginAsync(Actor actor, AccountsDb db, Totp totp, HouseSettings settings, CancellationToken ct)
    {
        var me = actor.Demand();
        await Proof.DemandAsync(actor, db, ct);
        var account = await db.Accounts.AsTracking().FirstAsync(a => a.Id == me, ct);
        if (account.HasSecondFactor) throw Refusal.Conflict("already_on", "An authenticator app is set up already.");
        if (account.TotpSecret is null)
        {
            account.TotpSecret = totp.NewSecret();
            await db.SaveChangesAsync(ct);
        }

        return new(totp.Readable(account.TotpSecret), totp.Uri(account.TotpSecret, await settings.TextAsync(KernelModule.HouseName, ct), account.Handle));
    }

    /// <summary>Confirms with a first code, and answers the recovery codes, the only time they can be read.</summary>
    internal static async Task<IReadOnlyList<string>> ConfirmAsync(string? code, Actor actor, AccountsDb db, Totp totp, CancellationToken ct)
    {
        var me = actor.Demand();
        await Proof.DemandAsync(actor, db, ct);
        return await db.WriteAsync(
            async token =>
            {
                var account = await db.Accounts.AsTracking().FirstAsync(a => a.Id == me, token);
                if (account.HasSecondFactor || account.TotpSecret is null) throw Refusal.Conflict("not_begun", "Begin again: there is nothing to confirm.");
                if (totp.StepOf(account.TotpSecret, (code ?? "").Replace(" ", "", StringComparison.Ordinal)) is not { } step)
                    throw Refusal.Invalid("code", "That code is wrong. Is the clock of your device right?", "wrong_code");
                account.TotpConfirmedAt = db.Now;
                account.TotpStep = step;
                db.Publish(new LetterOwed(Letter.SecurityNotice, me, Text: "An authenticator app was set up. From now on signing in by password asks for its code."));
                db.Record(actor, "second_factor.set_up", Thing.Of("member", me));
                return await RecoveryCodes.RenewAsync(me, db, token);
            },
            ct);
    }

    /// <summary>Ten new recovery codes; the old ones are worthless.</summary>
    internal static async Task<IReadOnlyList<string>> RenewCodesAsync(Actor actor, AccountsDb db, CancellationToken ct)
    {
        var me = actor.Demand();
        await Proof.DemandAsync(actor, db, ct);
        return await db.WriteAsync(
            async token =>
            {
                if (!await db.Accounts.AnyAsync(a => a.Id == me && a.TotpConfirmedAt != null, token)) throw Refusal.Conflict("not_on", "Set up an authenticator app first.");
                db.Record(actor, "recovery_codes.renewed", Thing.Of("member", me));
                return await RecoveryCodes.RenewAsync(me, db, token);
            },
            ct);
    }

    internal static async Task RemoveAsync(Actor actor, AccountsDb db, CancellationToken ct)
    {
        var me = actor.Demand();
        await Proof.DemandAsync(actor, db, ct);
        await db.WriteAsync(
            async token =>
            {
                var account = await db.Accounts.AsTracking().FirstAsync(a => a.Id == me, token);
                if (account.TotpSecret is null) return;
                var was = account.HasSecondFactor;
                (account.TotpSecret, account.TotpConfirmedAt) = (null, null);
                await db.RecoveryCodes.Where(c => c.MemberId == me).ExecuteDeleteAsync(token);
                if (was) db.Publish(new LetterOwed(Letter.SecurityNotice, me, Text: "The authenticator app was removed. Your password alone signs you in."));
                db.Record(actor, "second_factor.removed", Thing.Of("member", me));
            },
            ct);
    }
}
