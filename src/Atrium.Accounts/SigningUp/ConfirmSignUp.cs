using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Accounts.SigningIn;
using Atrium.Contracts.Home;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Settings;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.SigningUp;

/// <summary>Confirms a new account's address by the key in the letter: the member is in, or waits for approval.</summary>
internal static class ConfirmSignUp
{
    /// <summary>The state the account is in now.</summary>
    public static async Task<AccountState> HandleAsync(string key, AccountsDb db, HouseSettings settings, CancellationToken ct)
    {
        var approvalWanted = await settings.TextAsync(AccountSettings.SignUp, ct) == AccountSettings.ByApproval;
        try
        {
            return await db.WriteAsync(
                async token =>
                {
                    var mailed = await MailedKeys.TakeAsync(key, KeyPurpose.ConfirmSignUp, db, token);
                    var account = await db.Accounts.AsTracking().FirstOrDefaultAsync(a => a.Id == mailed.MemberId, token) ?? throw Refusal.NotFound();
                    if (account.State != AccountState.Unconfirmed) return account.State;
                    account.Confirm(db.Now, approvalWanted && account.InvitationId is null);
                    Standings.Changed(db);
                    if (account.State == AccountState.Active) Joining.Welcome(account, db);
                    else await TellAdministratorsAsync(account, db, token);
                    return account.State;
                },
                ct);
        }
        catch (UniqueViolation e) when (e.Concerns("email_key"))
        {
            throw Refusal.Conflict("address_taken", "That address belongs to another account by now. Sign in with it, or reset its password.");
        }
    }

    private static async Task TellAdministratorsAsync(Account account, AccountsDb db, CancellationToken ct)
    {
        var administrators = await db.Accounts.Where(a => a.Role == Role.Administrator && a.State == AccountState.Active).Select(a => a.Id).ToListAsync(ct);
        db.Publish(new NotificationRaised(
            Notifications.Waiting, administrators, Thing.Of("member", account.Id), account.Id, $"{account.Name} would like to join", Href: "/admin/members?state=waiting"));
    }
}
