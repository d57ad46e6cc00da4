using Atrium.Accounts.Data;
using Atrium.Accounts.Letters;
using Atrium.Accounts.Model;
using Atrium.Accounts.SigningUp;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Diagnostics;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Security;

/// <summary>Changes the address: first asked for, then confirmed by the key sent to the new one.</summary>
internal static class ChangeEmail
{
    public static async Task AskAsync(string? email, Actor actor, AccountsDb db, CancellationToken ct)
    {
        var me = actor.Demand();
        await Proof.DemandAsync(actor, db, ct);
        if (Emails.Fault(email) is { } fault) throw Refusal.Invalid([fault]);
        db.Publish(new LetterOwed(Letter.ChangeEmail, me, email!.Trim()));
        await db.SaveChangesAsync(ct);
    }

    public static async Task ConfirmAsync(string key, AccountsDb db, CancellationToken ct)
    {
        try
        {
            await db.WriteAsync(
                async token =>
                {
                    var mailed = await MailedKeys.TakeAsync(key, KeyPurpose.ChangeEmail, db, token);
                    var account = await db.Accounts.AsTracking().FirstOrDefaultAsync(a => a.Id == mailed.MemberId, token) ?? throw Refusal.NotFound();
                    var old = account.Email;
                    account.Email = mailed.Data!;
                    account.EmailKey = Emails.Key(mailed.Data);
                    account.EmailConfirmedAt = db.Now;
                    db.Publish(new LetterOwed(Letter.SecurityNotice, account.Id, old, $"Your e-mail address was changed to {mailed.Data}. Letters go there from now on."));
                    db.Publish(new MemberProfileChanged(account.Id), account.Id.ToString());
                    db.Record(new Actor { Kind = ActorKind.Member, MemberId = account.Id }, "email.changed", Thing.Of("member", account.Id));
                },
                ct);
        }
        catch (UniqueViolation e) when (e.Concerns("email_key"))
        {
            throw Refusal.Conflict("address_taken", "That address belongs to another account.");
        }
    }
}
