using System.Collections.Concurrent;
using System.Security.Cryptography;
using Atrium.Kernel.Http;
using Atrium.Kernel.Outbound;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Remembers signatures for as long as they would be taken: none counts twice.</summary>
internal sealed class SeenSignatures
{
    private const int Most = 100_000;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _seen = new();

    public bool IsNew(byte[] signature, DateTimeOffset now)
    {
        if (_seen.Count > Most)
            foreach (var (old, until) in _seen)
                if (until < now || _seen.Count > 2 * Most) _seen.TryRemove(old, out _);
        return _seen.TryAdd(Convert.ToBase64String(SHA256.HashData(signature)), now + SignatureCheck.Past + SignatureCheck.Future);
    }
}

/// <summary>Finds out which remote account signed a request, before anything of it is believed.</summary>
internal sealed class SignatureCheck(SocialDb db, FederationGate gate, RemoteAccounts accounts, SeenSignatures seen, HouseAddress house, TimeProvider clock)
{
    public static readonly TimeSpan Past = TimeSpan.FromHours(1);
    public static readonly TimeSpan Future = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Refetch = TimeSpan.FromMinutes(1);

    /// <param name="body">What the signature has to cover; null for a request without a body.</param>
    /// <returns>Null unless the signature is whole, fresh, new, covers what it must, and is by the key of an account that names the key its own.</returns>
    public async Task<Account?> SignerAsync(HttpRequest request, byte[]? body, CancellationToken ct)
    {
        var message = SignedMessage.Of(request, house.Root);
        if (HttpSignature.Read(message) is not { } signature || !IsFresh(signature) || !Covers(signature, message, body)) return null;
        if (!await gate.MayAsync(gate.DomainOf(signature.KeyId), ct)) return null;
        if (await SignedByAsync(signature, ct) is not { } account) return null;
        return body is null || seen.IsNew(signature.Value, clock.GetUtcNow()) ? account : null;
    }

    private bool IsFresh(HttpSignature signature) => signature.At is { } at && at > clock.GetUtcNow() - Past && at < clock.GetUtcNow() + Future;

    private static bool Covers(HttpSignature signature, SignedMessage message, byte[]? body)
    {
        var covered = signature.Covered;
        var where = covered.Contains("@method") && covered.Contains("@target-uri");
        var cavage = covered.Contains("(request-target)") && covered.Contains("host") && string.Equals(message.Header("Host"), message.Authority, StringComparison.OrdinalIgnoreCase);
        if (!where && !cavage) return false;
        if (body is null) return true;
        var digest = SHA256.HashData(body);
        return (covered.Contains("digest") && Digest(message.Header("Digest"), "sha-256=", "").AsSpan().SequenceEqual(digest))
            || (covered.Contains("content-digest") && Digest(message.Header("Content-Digest"), "sha-256=:", ":").AsSpan().SequenceEqual(digest));
    }

    private static byte[] Digest(string? header, string prefix, string suffix)
    {
        var part = (header ?? "").Split(',', StringSplitOptions.TrimEntries).FirstOrDefault(p => p.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
        return part is null || part.Length < prefix.Length + suffix.Length ? [] : HttpSignature.Base64(part[prefix.Length..^suffix.Length]) ?? [];
    }

    private async Task<Account?> SignedByAsync(HttpSignature signature, CancellationToken ct)
    {
        var known = await db.Accounts.FirstOrDefaultAsync(a => (a.PublicKeyId == signature.KeyId || a.Ed25519KeyId == signature.KeyId) && a.Domain != "", ct);
        if (known is { Standing: AccountStanding.Suspended or AccountStanding.Purged }) return null;
        if (known is not null && signature.IsBy(known)) return known;
        // A key may have been changed; it is asked for once, and not again at once.
        if (known?.FetchedAt > clock.GetUtcNow() - Refetch) return null;
        try
        {
            var fetched = await accounts.ByKeyAsync(signature.KeyId, ct);
            return fetched is { Standing: not (AccountStanding.Suspended or AccountStanding.Purged) } && signature.IsBy(fetched) ? fetched : null;
        }
        catch (OutboundFailure)
        {
            return null;
        }
    }
}
