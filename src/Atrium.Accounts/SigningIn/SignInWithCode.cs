using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Accounts.Security;
using Atrium.Kernel;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.SigningIn;

/// <summary>The second half of a sign-in: a code of the authenticator app, or a recovery code.</summary>
internal static class SignInWithCode
{
    /// <summary>Signs in and answers where the member wanted to go.</summary>
    public static async Task<string?> HandleAsync(string? code, HttpContext http, AccountsDb db, Totp totp, IDataProtectionProvider protection, CancellationToken ct)
    {
        var pending = PendingSignIn.Read(http, protection) ?? throw Refusal.Gone("sign_in_expired", "That took more than ten minutes. Sign in again.");
        var account = await db.Accounts.FirstOrDefaultAsync(a => a.Id == pending.Member && a.State == AccountState.Active, ct) ?? throw Refusal.SignIn();
        await CheckAsync(account, code, db, totp, ct);
        PendingSignIn.Forget(http);
        await OpenSession.HandleAsync(account.Id, "password and code", pending.Remember, http, db, ct);
        return pending.Next;
    }

    /// <summary>Takes a code of either kind, once.</summary>
    /// <exception cref="Refusal">Invalid (<c>wrong_code</c>), or TooMany.</exception>
    public static async Task CheckAsync(Account account, string? code, AccountsDb db, Totp totp, CancellationToken ct)
    {
        var typed = (code ?? "").Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        if (typed.Length == 0) throw Refusal.Invalid("code", "Enter the code.", "required");
        var counter = TryCounter.CodeOf(account.Id);
        await TryCounter.CountAsync(db, counter, ct);
        var right = typed.Length == Totp.Digits ? await TakeTotpAsync(account, typed, db, totp, ct) : await RecoveryCodes.TakeAsync(account.Id, typed, db, ct);
        if (!right) throw Refusal.Invalid("code", "That code is wrong or was used already.", "wrong_code");
        await TryCounter.ForgetAsync(db, counter, ct);
    }

    private static async Task<bool> TakeTotpAsync(Account account, string typed, AccountsDb db, Totp totp, CancellationToken ct)
    {
        if (account is not { TotpSecret: { } secret, TotpConfirmedAt: not null } || totp.StepOf(secret, typed) is not { } step) return false;
        return await db.Accounts.Where(a => a.Id == account.Id && a.TotpStep < step).ExecuteUpdateAsync(set => set.SetProperty(a => a.TotpStep, step), ct) == 1;
    }
}
