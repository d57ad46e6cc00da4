using System.Security.Cryptography;
using Atrium.Kernel;
using Atrium.Kernel.Data;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>The key with which a local account signs, and its name.</summary>
internal sealed record SigningKey(string KeyId, string PrivatePem);

/// <summary>Keeps the keys of local accounts, made when first needed, and the house's own actor that signs what is fetched.</summary>
internal sealed class AccountKeys(SocialDb db, IDataProtectionProvider protection, FederationGate gate)
{
    public const string InstancePath = "/actor";

    // No member may be called so.
    private const string InstanceName = "actor";
    private const int Bits = 2048;
    private readonly IDataProtector _protector = protection.CreateProtector("Atrium.Social.Keys");

    public async Task<SigningKey> OfAsync(Account account, CancellationToken ct)
    {
        var held = account.ProtectedRsaKey ?? await MakeAsync(account.Id, ct);
        return new(gate.Absolute(account.Uri) + "#main-key", _protector.Unprotect(held));
    }

    /// <summary>An account with its public keys in place.</summary>
    public async Task<Account> KeyedAsync(Account account, CancellationToken ct)
    {
        if (account.PublicKeyPem is not null && account.Ed25519PublicKey is not null) return account;
        if (account.PublicKeyPem is null) await MakeAsync(account.Id, ct);
        var (secret, multibase) = Ed25519.New();
        var kept = _protector.Protect(secret);
        await db.Accounts.Where(a => a.Id == account.Id && a.ProtectedEd25519Key == null)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.ProtectedEd25519Key, kept).SetProperty(a => a.Ed25519PublicKey, multibase), ct);
        return await db.Accounts.FirstAsync(a => a.Id == account.Id, ct);
    }

    /// <summary>The house's own actor.</summary>
    public async Task<Account> InstanceAsync(CancellationToken ct)
    {
        if (await FindInstanceAsync(ct) is { } there) return await KeyedAsync(there, ct);
        var account = new Account
        {
            Username = InstanceName, UsernameFolded = InstanceName, Uri = InstancePath, Url = "/", Kind = AccountKind.Application, Bot = true, DisplayName = gate.Domain, CreatedAt = db.Now,
            Discoverable = false, Indexable = false, HideCollections = true, Locked = true,
        };
        try
        {
            await db.WriteAsync(
                async token =>
                {
                    db.Accounts.Add(account);
                    db.AccountStats.Add(new() { AccountId = account.Id });
                    await Audiences.OpenFollowersAsync(db, account, token);
                },
                ct);
        }
        catch (UniqueViolation)
        {
            db.ChangeTracker.Clear();
        }

        return await KeyedAsync(await FindInstanceAsync(ct) ?? throw Refusal.Unavailable(), ct);
    }

    private Task<Account?> FindInstanceAsync(CancellationToken ct) => db.Accounts.FirstOrDefaultAsync(a => a.Uri == InstancePath, ct);

    private async Task<string> MakeAsync(Id<Account> id, CancellationToken ct)
    {
        using var rsa = RSA.Create(Bits);
        var (secret, pem) = (_protector.Protect(rsa.ExportPkcs8PrivateKeyPem()), rsa.ExportSubjectPublicKeyInfoPem());
        await db.Accounts.Where(a => a.Id == id && a.ProtectedRsaKey == null)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.ProtectedRsaKey, secret).SetProperty(a => a.PublicKeyPem, pem), ct);
        return await db.Accounts.Where(a => a.Id == id).Select(a => a.ProtectedRsaKey).FirstAsync(ct) ?? throw Refusal.Unavailable();
    }
}
