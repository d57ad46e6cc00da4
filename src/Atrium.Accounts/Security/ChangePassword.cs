using Atrium.Accounts.Data;
using Atrium.Accounts.Letters;
using Atrium.Accounts.Model;
using Atrium.Accounts.Passwords;
using Atrium.Accounts.SigningIn;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Security;

/// <summary>Changes the password of one who knows the old one; all other sessions end.</summary>
internal static class ChangePassword
{
    /// <param name="Current">The old one. May be left out by members who have none yet.</param>
    public sealed record Request(string? Current, string? Password);

    public static async Task HandleAsync(Request request, Actor actor, AccountsDb db, PasswordRules rules, PasswordBook passwords, CancellationToken ct)
    {
        var me = actor.Demand();
        var known = await db.Accounts.FirstAsync(a => a.Id == me, ct);
        if (known.PasswordHash is null) await Proof.DemandAsync(actor, db, ct);
        else await Proof.CheckPasswordAsync(known, request.Current, "current", db, passwords, ct);
        if (await rules.FaultAsync(request.Password, [known.Handle, known.Name, known.Email], ct) is { } fault) throw Refusal.Invalid([fault]);
        var hash = passwords.Hash(request.Password!);
        var mine = Id<Session>.TryParse(actor.SessionId, null, out var session) ? session : default;
        await db.WriteAsync(
            async token =>
            {
                var account = await db.Accounts.AsTracking().FirstAsync(a => a.Id == me, token);
                account.PasswordHash = hash;
                account.PasswordChangedAt = db.Now;
                await db.Sessions.Where(s => s.MemberId == me && s.Id != mine).ExecuteDeleteAsync(token);
                db.Publish(new LetterOwed(Letter.SecurityNotice, me, Text: "Your password was changed. You were signed out everywhere else."));
                db.Record(actor, "password.changed", Thing.Of("member", me));
                Standings.Changed(db);
            },
            ct);
    }
}
