using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Accounts.Passwords;
using Atrium.Kernel;
using Atrium.Kernel.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Security;

/// <summary>Password, passkeys and second factor for programs: the same acts as the page's. What wants proof wants a session, which no token has.</summary>
internal static class SecurityApi
{
    /// <param name="On">Signing in by password asks for a code as well.</param>
    public sealed record SecondFactorView(bool On, int RecoveryCodesLeft);

    /// <param name="Name">1 to 60 characters.</param>
    public sealed record Naming(string? Name);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPut("me/password", async (ChangePassword.Request request, Actor actor, AccountsDb db, PasswordRules rules, PasswordBook passwords, CancellationToken ct) =>
                await DoneAsync(ChangePassword.HandleAsync(request, actor, db, rules, passwords, ct)))
            .Operation("changePassword", "Changes your password, if you know the old one; you are signed out everywhere else", "profile:write", RateClass.Secret, "wrong_password", "too_short", "breached", "too_easy");
        api.MapGet("me/passkeys", Passkeys.ListAsync).Operation("listPasskeys", "Lists your passkeys", "profile:read", RateClass.Read);
        api.MapPut("me/passkeys/{id}/name", (Id<Passkey> id, Naming naming, Actor actor, AccountsDb db, CancellationToken ct) => DoneAsync(Passkeys.RenameAsync(id, naming.Name, actor, db, ct)))
            .Operation("namePasskey", "Renames a passkey", "profile:write", RateClass.Write, "not_found");
        api.MapDelete("me/passkeys/{id}", (Id<Passkey> id, Actor actor, AccountsDb db, CancellationToken ct) => DoneAsync(Passkeys.RemoveAsync(id, actor, db, ct)))
            .Operation("removePasskey", "Removes a passkey; wants a session that has just proved itself", "profile:write", RateClass.Write, "not_found", "session_required", Proof.Wanted);
        api.MapGet("me/second-factor", SecondFactorAsync).Operation("getSecondFactor", "Says whether a second factor is on, and how many recovery codes are left", "profile:read", RateClass.Read);
        api.MapDelete("me/second-factor", (Actor actor, AccountsDb db, CancellationToken ct) => DoneAsync(SecondFactor.RemoveAsync(actor, db, ct)))
            .Operation("removeSecondFactor", "Removes the authenticator app; wants a session that has just proved itself", "profile:write", RateClass.Write, "session_required", Proof.Wanted);
    }

    public static async Task<SecondFactorView> SecondFactorAsync(Actor actor, AccountsDb db, CancellationToken ct)
    {
        var me = actor.Demand();
        return new(await db.Accounts.AnyAsync(a => a.Id == me && a.TotpConfirmedAt != null, ct), await db.RecoveryCodes.CountAsync(c => c.MemberId == me, ct));
    }

    private static async Task<NoContent> DoneAsync(Task work)
    {
        await work;
        return TypedResults.NoContent();
    }
}
