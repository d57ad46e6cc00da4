using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Accounts.SigningUp;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Atrium.Kernel.Mail;
using Atrium.Kernel.Modules;
using Atrium.Kernel.Outbox;
using Atrium.Kernel.Settings;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Letters;

/// <summary>Writes the letters of sign-up and sign-in, and sends them.</summary>
internal sealed class WriteLetter(AccountsDb db, IMailSender mail, HouseSettings settings, HouseAddress address) : IEffect<LetterOwed>
{
    public async Task HandleAsync(LetterOwed owed, Delivery delivery, CancellationToken ct)
    {
        var house = await settings.TextAsync(KernelModule.HouseName, ct);
        var account = owed.Member is { } member ? await db.Accounts.FirstOrDefaultAsync(a => a.Id == member, ct)
            : await db.Accounts.FirstOrDefaultAsync(a => a.EmailKey == owed.Email && a.EmailConfirmedAt != null, ct);
        var (letter, to) = owed.Letter switch
        {
            Letter.ConfirmSignUp => (await ConfirmAsync(account, house, ct), account?.Email),
            Letter.ResetPassword => (await ResetAsync(account, house, ct), account?.Email),
            Letter.ChangeEmail => (await ChangeAsync(account, owed.Email!, house, ct), owed.Email),
            Letter.Invitation => (await InviteAsync(account, owed.Invitation!.Value, house, ct), owed.Email),
            Letter.Approved => (Approved(account, house), account?.Email),
            _ => (Notice(account, owed.Text!, house), owed.Email ?? account?.Email),
        };
        if (letter is not null && to is not null)
            await mail.SendAsync(letter.To(new(to, owed.Letter == Letter.Invitation ? null : account?.Name)) with { Key = delivery.Id.ToString() }, ct);
    }

    private async Task<MailTemplate?> ConfirmAsync(Account? account, string house, CancellationToken ct)
    {
        if (account is not { State: AccountState.Unconfirmed }) return null;
        var key = account.EmailKey;
        if (await db.Accounts.AnyAsync(a => a.EmailKey == key && a.EmailConfirmedAt != null, ct))
            return new(house, "You have an account already")
            {
                Paragraphs = [$"Somebody, perhaps you, signed up at {house} with this address. It has an account already, so nothing was made. Sign in, or reset your password."],
                Button = new("Sign in", address.Of("/sign-in")),
                Reason = "If it was not you, there is nothing to do.",
            };
        return new(house, "Confirm your address")
        {
            Paragraphs = [$"Welcome to {house}. Confirm that this address is yours, and your account @{account.Handle} is ready. The link works for three days."],
            Button = new("Confirm address", address.Of($"/confirm/{await MailedKeys.MakeAsync(account.Id, KeyPurpose.ConfirmSignUp, null, db, ct)}")),
            Reason = "If you did not sign up, ignore this letter: the account is forgotten after seven days.",
        };
    }

    private async Task<MailTemplate?> ResetAsync(Account? account, string house, CancellationToken ct) => account is not { State: AccountState.Active or AccountState.Leaving } ? null : new(house, "Reset your password")
    {
        Paragraphs = ["Choose a new password by this link. It works once, for an hour. You will be signed out everywhere, and apps must be connected again."],
        Button = new("Choose a new password", address.Of($"/reset-password/{await MailedKeys.MakeAsync(account.Id, KeyPurpose.ResetPassword, null, db, ct)}")),
        Reason = "If you did not ask for this, ignore it: nothing changes.",
    };

    private async Task<MailTemplate?> ChangeAsync(Account? account, string email, string house, CancellationToken ct) => account is not { State: AccountState.Active } ? null : new(house, "Confirm your new address")
    {
        Paragraphs = [$"Letters for @{account.Handle} will come here once you confirm. The link works for three days."],
        Button = new("Confirm new address", address.Of($"/confirm-email/{await MailedKeys.MakeAsync(account.Id, KeyPurpose.ChangeEmail, email, db, ct)}")),
        Reason = "If you did not ask for this, ignore it: nothing changes.",
    };

    private async Task<MailTemplate?> InviteAsync(Account? by, Id<Invitation> id, string house, CancellationToken ct)
    {
        var key = RandomKey.New();
        var hash = RandomKey.Hash(key);
        if (await db.Invitations.Where(i => i.Id == id && i.WithdrawnAt == null).ExecuteUpdateAsync(set => set.SetProperty(i => i.KeyHash, hash), ct) == 0) return null;
        return new(house, $"You are invited to {house}")
        {
            Paragraphs = [by is null ? $"You are invited to join {house}." : $"{by.Name} invites you to join {house}."],
            Button = new("Join", address.Of($"/sign-up?invitation={key}")),
            Reason = "You get this because somebody entered your address. Nothing is kept if you ignore it.",
        };
    }

    private MailTemplate? Approved(Account? account, string house) => account is null ? null : new(house, $"You are in: welcome to {house}")
    {
        Paragraphs = [$"Your account @{account.Handle} was approved."],
        Button = new("Sign in", address.Of("/sign-in")),
    };

    private MailTemplate? Notice(Account? account, string text, string house) => account is null ? null : new(house, "Your sign-in was changed")
    {
        Paragraphs = [text, "If it was not you, reset your password now and look through your sessions."],
        Button = new("Security settings", address.Of("/settings/security")),
        Reason = "Letters about how you sign in cannot be turned off.",
    };
}
