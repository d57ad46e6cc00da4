using Atrium.Accounts.Data;
using Atrium.Accounts.Letters;
using Atrium.Accounts.Model;
using Atrium.Accounts.Passwords;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Settings;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.SigningUp;

/// <summary>
/// Asks to become a member. An address that has an account already is treated like any other, so the answer tells nothing; its owner
/// gets a letter that says so.
/// </summary>
internal static class SignUp
{
    private const int LongestReason = 2000;

    /// <param name="Invitation">The key of an invitation, if there is one.</param>
    /// <param name="Reason">To those who decide, where sign-up needs approval.</param>
    /// <param name="Born">Date of birth, where the house has a least age.</param>
    public sealed record Request(string? Handle, string? Name, string? Email, string? Password, string? Invitation, string? Reason, string? TimeZone = null, string? Culture = null, string? Born = null);

    /// <exception cref="Refusal">Forbidden <c>sign_up_closed</c>, <c>invitation_required</c>; Gone <c>invitation_spent</c>; Invalid.</exception>
    /// <returns>Who they will be, once they confirm their address.</returns>
    public static async Task<Id<Member>> HandleAsync(Request request, AccountsDb db, PasswordRules rules, PasswordBook passwords, HouseSettings settings, CancellationToken ct)
    {
        var mode = await settings.TextAsync(AccountSettings.SignUp, ct);
        if (mode == AccountSettings.Closed) throw Refusal.Forbidden("This house takes no new members just now.", "sign_up_closed");
        var key = string.IsNullOrWhiteSpace(request.Invitation) ? null : request.Invitation.Trim();
        if (mode == AccountSettings.ByInvitation && key is null) throw Refusal.Forbidden("One joins this house by invitation.", "invitation_required");

        var handle = Handles.Normal(request.Handle);
        var name = string.IsNullOrWhiteSpace(request.Name) ? handle : request.Name.Trim();
        await CheckAsync(request, handle, name, (int)await settings.NumberAsync(AccountSettings.Name, ct), rules, AgeFault(request.Born, (int)await settings.NumberAsync(AccountSettings.LeastAge, ct), db.Now), ct);
        var invitation = key is null ? null : await InvitationKeys.FindAsync(key, db, ct) ?? throw InvitationKeys.Spent();
        var account = new Account
        {
            Handle = handle,
            Name = name,
            Email = request.Email!.Trim(),
            EmailKey = Emails.Key(request.Email),
            CreatedAt = db.Now,
            PasswordHash = passwords.Hash(request.Password!),
            PasswordChangedAt = db.Now,
            Role = invitation?.Role ?? Role.Member,
            InvitationId = invitation?.Id,
            Application = request.Reason?.Trim(),
            TimeZone = Profiles.ProfileRules.KnownZone(request.TimeZone) ?? "Etc/UTC",
            Culture = Profiles.ProfileRules.KnownCulture(request.Culture) ?? "en",
        };
        account.Rename(name);
        await AddAsync(account, db, ct);
        return account.Id;
    }

    private static async Task AddAsync(Account account, AccountsDb db, CancellationToken ct)
    {
        try
        {
            await db.WriteAsync(
                async token =>
                {
                    if (account.InvitationId is { } invitation) await InvitationKeys.UseAsync(invitation, db, token);
                    db.UsedHandles.Add(new() { Handle = account.Handle });
                    db.Accounts.Add(account);
                    db.Publish(new LetterOwed(Letter.ConfirmSignUp, account.Id));
                },
                ct);
        }
        catch (UniqueViolation e) when (e.Concerns("handle"))
        {
            throw Refusal.Invalid([Handles.Taken]);
        }
    }

    private static FieldError? AgeFault(string? born, int least, DateTimeOffset now)
    {
        if (least == 0) return null;
        if (string.IsNullOrWhiteSpace(born)) return new("date_of_birth", "Enter your date of birth.", "required");
        if (!DateOnly.TryParse(born, System.Globalization.CultureInfo.InvariantCulture, out var day)) return new("date_of_birth", "That is no date.", "unreadable_date");
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        // A day to come is asked for first: years added to the last ones of the calendar lead out of it.
        return day > today || day.AddYears(least) > today ? new("date_of_birth", $"One has to be at least {least} to join this house.", "too_young") : null;
    }

    private static async Task CheckAsync(Request request, string handle, string name, int longestName, PasswordRules rules, FieldError? age, CancellationToken ct)
    {
        FieldError?[] faults =
        [
            Handles.Fault(handle),
            name.Length > longestName ? new("name", $"A name has at most {longestName} characters.", "too_long") : null,
            Emails.Fault(request.Email),
            await rules.FaultAsync(request.Password, [handle, name, request.Email], ct),
            age,
            request.Reason?.Length > LongestReason ? new("reason", $"At most {LongestReason} characters.", "too_long") : null,
        ];
        if (faults.OfType<FieldError>().ToList() is { Count: > 0 } found) throw Refusal.Invalid(found);
    }
}
