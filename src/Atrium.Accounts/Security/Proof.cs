using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Accounts.Passwords;
using Atrium.Accounts.SigningIn;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Security;

/// <summary>Dangerous acts want to see password, code or passkey again unless one was shown in the last ten minutes in this session.</summary>
internal static class Proof
{
    public const string Wanted = "prove_again";

    /// <exception cref="Refusal">Forbidden: <c>prove_again</c>, or <c>session_required</c> for callers without one (tokens).</exception>
    public static async Task DemandAsync(Actor actor, AccountsDb db, CancellationToken ct)
    {
        var me = actor.Demand();
        var now = db.Now;
        if (!Id<Session>.TryParse(actor.SessionId, null, out var id)) throw Refusal.Forbidden("That can only be done signed in at the page itself.", "session_required");
        var proved = await db.Sessions.Where(s => s.Id == id && s.MemberId == me).Select(s => (DateTimeOffset?)s.ProvedAt).FirstOrDefaultAsync(ct);
        if (proved is null || now - proved > SessionLife.Proof) throw Refusal.Forbidden("Show that it is you first.", Wanted);
    }

    /// <summary>Shows it by password; with a second factor, by its code as well.</summary>
    public static async Task ByPasswordAsync(string? password, string? code, Actor actor, AccountsDb db, PasswordBook passwords, Totp totp, CancellationToken ct)
    {
        var me = actor.Demand();
        var account = await db.Accounts.FirstAsync(a => a.Id == me, ct);
        await CheckPasswordAsync(account, password, "password", db, passwords, ct);
        if (account.HasSecondFactor) await SignInWithCode.CheckAsync(account, code, db, totp, ct);
        await DoneAsync(actor, db, ct);
    }

    public static async Task CheckPasswordAsync(Account account, string? password, string field, AccountsDb db, PasswordBook passwords, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(password)) throw Refusal.Invalid(field, "Enter your password.", "required");
        var counter = TryCounter.PasswordOf(account.Id);
        await TryCounter.CountAsync(db, counter, ct);
        if (password.Length > PasswordRules.Longest || !passwords.Verify(account, password, out _)) throw Refusal.Invalid(field, "That is not your password.", "wrong_password");
        await TryCounter.ForgetAsync(db, counter, ct);
    }

    /// <summary>Notes that this session's member has just shown who they are.</summary>
    public static async Task DoneAsync(Actor actor, AccountsDb db, CancellationToken ct)
    {
        var now = db.Now;
        if (Id<Session>.TryParse(actor.SessionId, null, out var id))
            await db.Sessions.Where(s => s.Id == id).ExecuteUpdateAsync(set => set.SetProperty(s => s.ProvedAt, now), ct);
    }
}
