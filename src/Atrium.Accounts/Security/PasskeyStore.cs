using System.Buffers.Text;
using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Kernel;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Security;

/// <summary>What Identity's passkey ceremony needs to read. It writes nothing: <see cref="Passkeys"/> does.</summary>
internal sealed class PasskeyStore(AccountsDb db) : IUserPasskeyStore<Account>
{
    public Task<string> GetUserIdAsync(Account user, CancellationToken cancellationToken) => Task.FromResult(user.Id.ToString());

    public Task<string?> GetUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Handle);

    public Task<string?> GetNormalizedUserNameAsync(Account user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Handle);

    public Task<Account?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Id<Member>.TryParse(userId, null, out var id)
        ? db.Accounts.FirstOrDefaultAsync(a => a.Id == id, cancellationToken)
        : Task.FromResult<Account?>(null);

    public Task<Account?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) =>
        db.Accounts.FirstOrDefaultAsync(a => a.Handle == normalizedUserName, cancellationToken);

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Account user, CancellationToken cancellationToken) =>
        [.. (await db.Passkeys.Where(p => p.MemberId == user.Id).ToListAsync(cancellationToken)).Select(p => p.ToInfo())];

    public async Task<Account?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken)
    {
        var key = Base64Url.EncodeToString(credentialId);
        return await db.Accounts.FirstOrDefaultAsync(a => db.Passkeys.Any(p => p.CredentialId == key && p.MemberId == a.Id), cancellationToken);
    }

    public async Task<UserPasskeyInfo?> FindPasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken)
    {
        var key = Base64Url.EncodeToString(credentialId);
        return (await db.Passkeys.FirstOrDefaultAsync(p => p.CredentialId == key && p.MemberId == user.Id, cancellationToken))?.ToInfo();
    }

    public Task AddOrUpdatePasskeyAsync(Account user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => throw Reads();

    public Task RemovePasskeyAsync(Account user, byte[] credentialId, CancellationToken cancellationToken) => throw Reads();

    public Task SetUserNameAsync(Account user, string? userName, CancellationToken cancellationToken) => throw Reads();

    public Task SetNormalizedUserNameAsync(Account user, string? normalizedName, CancellationToken cancellationToken) => throw Reads();

    public Task<IdentityResult> CreateAsync(Account user, CancellationToken cancellationToken) => throw Reads();

    public Task<IdentityResult> UpdateAsync(Account user, CancellationToken cancellationToken) => throw Reads();

    public Task<IdentityResult> DeleteAsync(Account user, CancellationToken cancellationToken) => throw Reads();

    public void Dispose()
    {
        // The context belongs to the scope.
    }

    private static NotSupportedException Reads() => new("Accounts are changed by their use cases.");
}
