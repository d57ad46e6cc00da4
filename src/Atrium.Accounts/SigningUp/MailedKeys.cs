using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.SigningUp;

/// <summary>Keys sent by mail: made with the letter, taken once.</summary>
internal static class MailedKeys
{
    /// <summary>Makes a key and keeps its hash.</summary>
    public static async Task<string> MakeAsync(Id<Member> member, KeyPurpose purpose, string? data, AccountsDb db, CancellationToken ct)
    {
        var key = RandomKey.New();
        db.MailedKeys.Add(new() { Hash = RandomKey.Hash(key), MemberId = member, Purpose = purpose, Data = data, ExpiresAt = db.Now + LifeOf(purpose) });
        await db.SaveChangesAsync(ct);
        return key;
    }

    /// <summary>What a key is good for, without using it up.</summary>
    /// <exception cref="Refusal">Gone <c>link_expired</c>.</exception>
    public static async Task<MailedKey> PeekAsync(string key, KeyPurpose purpose, AccountsDb db, CancellationToken ct)
    {
        var (hash, now) = (RandomKey.Hash(key), db.Now);
        return await db.MailedKeys.FirstOrDefaultAsync(k => k.Hash == hash && k.Purpose == purpose && k.ExpiresAt > now, ct) ?? throw Expired();
    }

    /// <summary>Uses up a key inside the caller's transaction.</summary>
    /// <exception cref="Refusal">Gone <c>link_expired</c>, also when another request took it first.</exception>
    public static async Task<MailedKey> TakeAsync(string key, KeyPurpose purpose, AccountsDb db, CancellationToken ct)
    {
        var found = await PeekAsync(key, purpose, db, ct);
        return await db.MailedKeys.Where(k => k.Hash == found.Hash).ExecuteDeleteAsync(ct) == 1 ? found : throw Expired();
    }

    public static TimeSpan LifeOf(KeyPurpose purpose) => purpose == KeyPurpose.ResetPassword ? TimeSpan.FromHours(1) : TimeSpan.FromDays(3);

    private static Refusal Expired() => Refusal.Gone("link_expired", "That link was used already or has expired. Ask for a new one.");
}
