using Atrium.Accounts.Data;
using Atrium.Accounts.Letters;
using Atrium.Accounts.Model;
using Atrium.Accounts.Passwords;
using Atrium.Accounts.SigningUp;
using Atrium.Kernel;
using Atrium.Kernel.Settings;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Doors;

/// <summary>Signs people up who come by an app.</summary>
internal sealed class SignUpDoor(AccountsDb db, PasswordRules rules, PasswordBook passwords, HouseSettings settings) : ISignUp
{
    public async Task<SignUpRules> RulesAsync(CancellationToken ct)
    {
        var mode = await settings.TextAsync(AccountSettings.SignUp, ct);
        var age = (int)await settings.NumberAsync(AccountSettings.LeastAge, ct);
        return new(mode is AccountSettings.Open or AccountSettings.ByApproval, mode == AccountSettings.ByApproval, age > 0 ? age : null);
    }

    public Task<Id<Member>> AskAsync(SignUpWish wish, CancellationToken ct) =>
        SignUp.HandleAsync(new(wish.Handle, null, wish.Email, wish.Password, wish.Invitation, wish.Reason, Culture: wish.Culture, Born: wish.Born), db, rules, passwords, settings, ct);

    public Task RemindAsync(Id<Member> member, string? email, CancellationToken ct)
    {
        var address = string.IsNullOrWhiteSpace(email) ? null : email.Trim();
        if (address is not null && Emails.Fault(address) is { } fault) throw Refusal.Invalid([fault]);
        return db.WriteAsync(
            async token =>
            {
                var account = await db.Accounts.AsTracking().FirstOrDefaultAsync(a => a.Id == member && a.State == AccountState.Unconfirmed, token)
                    ?? throw Refusal.Forbidden("Your address is confirmed already.", "confirmed");
                if (address is not null) (account.Email, account.EmailKey) = (address, Emails.Key(address));
                // Whoever reads letters to the former address confirms nothing any more.
                if (address is not null) await db.MailedKeys.Where(k => k.MemberId == member && k.Purpose == KeyPurpose.ConfirmSignUp).ExecuteDeleteAsync(token);
                db.Publish(new LetterOwed(Letter.ConfirmSignUp, member));
            },
            ct);
    }
}
