using System.Security.Cryptography;
using Atrium.Accounts.Data;
using Atrium.Accounts.Model;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Accounts.Security;

/// <summary>Ten codes for the day the authenticator is lost. Shown once; each works once.</summary>
internal static class RecoveryCodes
{
    public const int Count = 10;
    private const int Length = 16;

    // Without what is misread: i, l, o, 0, 1. 31 signs in 16 places are 79 bits.
    private const string Alphabet = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>Replaces all codes of a member. Save afterwards.</summary>
    public static async Task<IReadOnlyList<string>> RenewAsync(Id<Member> member, AccountsDb db, CancellationToken ct)
    {
        await db.RecoveryCodes.Where(c => c.MemberId == member).ExecuteDeleteAsync(ct);
        string[] codes = [.. Enumerable.Range(0, Count).Select(_ => RandomNumberGenerator.GetString(Alphabet, Length))];
        db.RecoveryCodes.AddRange(codes.Select(c => new RecoveryCode { MemberId = member, Hash = RandomKey.Hash(c) }));
        return [.. codes.Select(c => $"{c[..4]}-{c[4..8]}-{c[8..12]}-{c[12..]}")];
    }

    /// <summary>Uses up a code; false when it is none of theirs. <paramref name="typed"/> without dashes, lower case.</summary>
    public static async Task<bool> TakeAsync(Id<Member> member, string typed, AccountsDb db, CancellationToken ct)
    {
        var hash = RandomKey.Hash(typed);
        return await db.RecoveryCodes.Where(c => c.MemberId == member && c.Hash == hash).ExecuteDeleteAsync(ct) == 1;
    }
}
