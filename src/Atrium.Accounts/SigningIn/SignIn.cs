using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Accounts.Passwords;
using Atrium.Contracts.Accounts;
using Atrium.Kernel;
using Atrium.Kernel.Diagnostics;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.SigningIn;

/// <summary>Signs in by handle or e-mail address and password. The answer never tells whether an account exists.</summary>
internal static class SignIn
{
    /// <param name="Login">Handle or e-mail address.</param>
    /// <param name="Stay">Take back the wish to leave.</param>
    public sealed record Request(string? Login, string? Password, bool Remember, string? Next, bool Stay = false);

    /// <summary>True when the member is signed in; false when a second factor is wanted first.</summary>
    public static async Task<bool> HandleAsync(Request request, HttpContext http, AccountsDb db, PasswordBook passwords, IDataProtectionProvider protection, CancellationToken ct)
    {
        var account = await ProveAsync(request.Login, request.Password, db, passwords, ct);
        await AdmitAsync(account, request.Stay, db, ct);

        if (account.HasSecondFactor)
        {
            new PendingSignIn(account.Id, request.Remember, request.Next).Keep(http, protection);
            return false;
        }

        await OpenSession.HandleAsync(account.Id, "password", request.Remember, http, db, ct);
        return true;
    }

    /// <summary>Whose handle or address, and password, these are. Wrong ones shut the door for a growing while.</summary>
    /// <exception cref="Refusal">Invalid: something is missing or wrong. TooMany: the door is shut.</exception>
    public static async Task<Account> ProveAsync(string? login, string? password, AccountsDb db, PasswordBook passwords, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(login)) throw Refusal.Invalid("login", "Enter your handle or e-mail address.", "required");
        if (string.IsNullOrEmpty(password)) throw Refusal.Invalid("password", "Enter your password.", "required");
        if (password.Length > PasswordRules.Longest) throw Wrong();

        var account = await FindAsync(db, login, ct);
        var counter = account is null ? TryCounter.PasswordOf(Emails.Key(login)) : TryCounter.PasswordOf(account.Id);
        await TryCounter.CountAsync(db, counter, ct);
        if (!passwords.Verify(account, password, out var newer)) throw Wrong();

        await TryCounter.ForgetAsync(db, counter, ct);
        if (newer is not null) await db.Accounts.Where(a => a.Id == account!.Id).ExecuteUpdateAsync(set => set.SetProperty(a => a.PasswordHash, newer), ct);
        return account!;
    }

    /// <summary>The account behind a handle or a confirmed address, or null.</summary>
    public static Task<Account?> FindAsync(AccountsDb db, string login, CancellationToken ct)
    {
        var handle = Handles.Normal(login);
        var key = Emails.Key(login);
        return key.IndexOf('@') > 0
            ? db.Accounts.Where(a => a.EmailKey == key).OrderByDescending(a => a.EmailConfirmedAt != null).FirstOrDefaultAsync(ct)
            : db.Accounts.FirstOrDefaultAsync(a => a.Handle == handle, ct);
    }

    /// <summary>Refuses those who proved who they are but may not come in, saying why.</summary>
    public static async Task AdmitAsync(Account account, bool stay, AccountsDb db, CancellationToken ct)
    {
        switch (account.State)
        {
            case AccountState.Active:
                return;
            case AccountState.Leaving when stay:
                await ComeBackAsync(account.Id, db, ct);
                return;
            case AccountState.Leaving:
                throw Refusal.Forbidden("This account is being deleted. Sign in again with “Keep my account” to stay.", "leaving").With("erase_at", account.EraseAt);
            case AccountState.Unconfirmed:
                throw Refusal.Forbidden("Confirm your e-mail address first: follow the link in the letter we sent.", "unconfirmed");
            case AccountState.Waiting:
                throw Refusal.Forbidden("An administrator has not let you in yet. You will get a letter.", "waiting");
            default:
                throw Refusal.Forbidden("This account is suspended. Write to the people who run the house.", "suspended");
        }
    }

    private static Task ComeBackAsync(Id<Member> member, AccountsDb db, CancellationToken ct) => db.WriteAsync(
        async token =>
        {
            var account = await db.Accounts.AsTracking().FirstOrDefaultAsync(a => a.Id == member && a.State == AccountState.Leaving, token);
            if (account is null) return;
            account.Restore();
            db.Publish(new MemberRestored(member), member.ToString());
            db.Record(new Actor { Kind = ActorKind.Member, MemberId = member }, "member.came_back", Thing.Of("member", member));
            Standings.Changed(db);
        },
        ct);

    private static Refusal Wrong() => Refusal.Invalid("password", "Handle or password is wrong.", "wrong_credentials");
}
