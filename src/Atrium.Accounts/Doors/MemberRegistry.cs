using Atrium.Accounts.Credentials;
using Atrium.Accounts.Data;
using Atrium.Accounts.Groups;
using Atrium.Accounts.Model;
using Atrium.Accounts.Passwords;
using Atrium.Accounts.Profiles;
using Atrium.Accounts.SigningUp;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Atrium.Kernel.Settings;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Doors;

/// <summary>Makes members for the house itself: the command line, the set-up page, the demo, tests.</summary>
internal sealed class MemberRegistry(AccountsDb db, HouseSettings settings, PasswordRules rules, PasswordBook passwords, ITokenIssuer? tokens = null, IAppPasswordIssuer? appPasswords = null) : IMemberRegistry
{
    public async Task<Id<Member>> AddAsync(NewMember member, CancellationToken ct) => await AddAsync(await DraftAsync(member, ct), onlyFirst: false, ct);

    /// <summary>The same, but refused once there is any member.</summary>
    public async Task<Id<Member>> AddFirstAsync(NewMember member, CancellationToken ct) => await AddAsync(await DraftAsync(member, ct), onlyFirst: true, ct);

    /// <summary>Adds a drafted account as an active, confirmed member.</summary>
    public async Task<Id<Member>> AddAsync(Account account, bool onlyFirst, CancellationToken ct)
    {
        try
        {
            await db.WriteAsync(
                async token =>
                {
                    if (onlyFirst) await DemandEmptyAsync(token);
                    db.UsedHandles.Add(new() { Handle = account.Handle });
                    account.Confirm(db.Now, approvalWanted: false);
                    db.Accounts.Add(account);
                    Joining.Welcome(account, db, Actor.System);
                },
                ct);
        }
        catch (UniqueViolation e)
        {
            db.ChangeTracker.Clear();
            throw e.Concerns("email") ? Refusal.Invalid("email", "That address has an account already.", "taken") : Refusal.Invalid([Handles.Taken]);
        }

        return account.Id;
    }

    public async Task<Id<Group>> AddGroupAsync(string handle, string name, IReadOnlyList<Id<Member>> members, CancellationToken ct) =>
        await AddGroupAsync(EditGroups.Draft(new(handle, name), db.Now), members, ct);

    public async Task<Id<Group>> AddGroupAsync(MemberGroup group, IReadOnlyList<Id<Member>> members, CancellationToken ct)
    {
        try
        {
            await db.WriteAsync(
                async token =>
                {
                    await EditGroups.AddAsync(group, db, token);
                    foreach (var member in members) GroupMembers.Add(group.Id, member, member == members[0] ? GroupRole.Owner : GroupRole.Member, db);
                },
                ct);
        }
        catch (UniqueViolation e) when (e.Concerns("handle"))
        {
            db.ChangeTracker.Clear();
            throw Refusal.Invalid([Handles.Taken]);
        }

        return group.Id;
    }

    public Task<string> AddTokenAsync(Id<Member> member, string name, IReadOnlyCollection<string> scopes, CancellationToken ct) =>
        (tokens ?? throw new InvalidOperationException("No token issuer is registered.")).IssueAsync(member, name, scopes, ct);

    public Task<string> AddAppPasswordAsync(Id<Member> member, string name, CancellationToken ct) =>
        (appPasswords ?? throw new InvalidOperationException("No app password issuer is registered.")).IssueAsync(member, name, ct);

    private async Task<Account> DraftAsync(NewMember member, CancellationToken ct)
    {
        var handle = Handles.Normal(member.Handle);
        var name = string.IsNullOrWhiteSpace(member.Name) ? handle : member.Name.Trim();
        FieldError?[] faults =
        [
            Handles.Fault(handle), Emails.Fault(member.Email), .. ProfileRules.Faults(await AccountSettings.ProfileAsync(settings, ct), name, null, null, null, member.Culture, member.TimeZone),
            member.Password is null ? null : await rules.FaultAsync(member.Password, [handle, name, member.Email], ct),
        ];
        if (faults.OfType<FieldError>().ToList() is { Count: > 0 } found) throw Refusal.Invalid(found);
        return Draft(member with { Handle = handle, Name = name }, member.Password is null ? null : passwords.Hash(member.Password));
    }

    /// <summary>An account of facts that were checked.</summary>
    public Account Draft(NewMember member, string? passwordHash)
    {
        var account = new Account
        {
            Handle = member.Handle,
            Name = member.Name,
            Email = member.Email.Trim(),
            EmailKey = Emails.Key(member.Email),
            CreatedAt = db.Now,
            PasswordHash = passwordHash,
            PasswordChangedAt = passwordHash is null ? null : db.Now,
            Role = member.Role,
            TimeZone = member.TimeZone,
            Culture = member.Culture,
        };
        account.Rename(member.Name);
        return account;
    }

    // The used handle of the first member is the lock: two first members would both need to see none.
    private async Task DemandEmptyAsync(CancellationToken ct)
    {
        db.UsedHandles.Add(new() { Handle = "-set-up-" });
        await db.SaveChangesAsync(ct);
        if (await db.Accounts.AnyAsync(ct)) throw Refusal.NotFound("The house has members already.");
    }
}
