using Atrium.Accounts.Data;
using Atrium.Accounts.Passwords;
using Atrium.Accounts.SigningUp;
using Atrium.Kernel;
using Atrium.Kernel.Settings;

namespace Atrium.Accounts.Doors;

/// <summary>Signs people up who come by an app.</summary>
internal sealed class SignUpDoor(AccountsDb db, PasswordRules rules, PasswordBook passwords, HouseSettings settings) : ISignUp
{
    public async Task<SignUpRules> RulesAsync(CancellationToken ct)
    {
        var mode = await settings.TextAsync(AccountSettings.SignUp, ct);
        return new(mode is AccountSettings.Open or AccountSettings.ByApproval, mode == AccountSettings.ByApproval);
    }

    public Task<Id<Member>> AskAsync(SignUpWish wish, CancellationToken ct) =>
        SignUp.HandleAsync(new(wish.Handle, null, wish.Email, wish.Password, wish.Invitation, wish.Reason), db, rules, passwords, settings, ct);
}
