using Atrium.Accounts.Credentials;
using Atrium.Accounts.Data;
using Atrium.Accounts.Letters;
using Atrium.Accounts.Model;
using Atrium.Accounts.Passwords;
using Atrium.Accounts.SigningIn;
using Atrium.Accounts.SigningUp;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Security;

/// <summary>A new password by a key sent to the member's address.</summary>
internal static class ResetPassword
{
    /// <summary>Asks for the letter. The answer and its time are the same whether the address is known or not.</summary>
    public static async Task AskAsync(string? email, AccountsDb db, CancellationToken ct)
    {
        if (Emails.Fault(email) is { } fault) throw Refusal.Invalid([fault]);
        db.Publish(new LetterOwed(Letter.ResetPassword, Email: Emails.Key(email)));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Sets the password; ends every session and takes back every token and app password.</summary>
    public static async Task HandleAsync(
        string key, string? password, AccountsDb db, PasswordRules rules, PasswordBook passwords, IEnumerable<ICredentialStore> credentials, CancellationToken ct)
    {
        var mailed = await MailedKeys.PeekAsync(key, KeyPurpose.ResetPassword, db, ct);
        var known = await db.Accounts.FirstOrDefaultAsync(a => a.Id == mailed.MemberId, ct) ?? throw Refusal.NotFound();
        if (await rules.FaultAsync(password, [known.Handle, known.Name, known.Email], ct) is { } fault) throw Refusal.Invalid([fault]);
        var hash = passwords.Hash(password!);
        var me = known.Id;
        await db.WriteAsync(
            async token =>
            {
                await MailedKeys.TakeAsync(key, KeyPurpose.ResetPassword, db, token);
                var account = await db.Accounts.AsTracking().FirstAsync(a => a.Id == me, token);
                account.PasswordHash = hash;
                account.PasswordChangedAt = db.Now;
                await db.MailedKeys.Where(k => k.MemberId == me && k.Purpose == KeyPurpose.ResetPassword).ExecuteDeleteAsync(token);
                await db.Sessions.Where(s => s.MemberId == me).ExecuteDeleteAsync(token);
                foreach (var store in credentials) await store.RevokeAllAsync(me, token);
                var counter = TryCounter.PasswordOf(me);
                await db.FailedTries.Where(t => t.Key == counter).ExecuteDeleteAsync(token);
                db.Publish(new LetterOwed(Letter.SecurityNotice, me, Text: "Your password was reset. You are signed out everywhere, and apps must be connected again."));
                db.Record(new Actor { Kind = ActorKind.Member, MemberId = me }, "password.reset", Thing.Of("member", me));
                Standings.Changed(db);
            },
            ct);
    }
}
