using Atrium.Kernel;
using Microsoft.AspNetCore.Identity;

namespace Atrium.Accounts.Model;

/// <summary>A passkey (WebAuthn credential) of a member.</summary>
public sealed class Passkey
{
    public Id<Passkey> Id { get; init; } = Id<Passkey>.New();

    public Id<Member> MemberId { get; init; }

    /// <summary>The authenticator's own name for it, base64url. Unique.</summary>
    public required string CredentialId { get; init; }

    public required byte[] PublicKey { get; init; }

    public required string Name { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? LastUsedAt { get; set; }

    public long SignCount { get; set; }

    public List<string> Transports { get; init; } = [];

    public bool IsUserVerified { get; set; }

    public bool IsBackupEligible { get; init; }

    public bool IsBackedUp { get; set; }

    public required byte[] AttestationObject { get; init; }

    public required byte[] ClientDataJson { get; init; }

    public UserPasskeyInfo ToInfo() => new(
        System.Buffers.Text.Base64Url.DecodeFromChars(CredentialId), PublicKey, CreatedAt, (uint)SignCount, [.. Transports], IsUserVerified, IsBackupEligible, IsBackedUp,
        AttestationObject, ClientDataJson) { Name = Name };

    public static Passkey Of(Id<Member> member, UserPasskeyInfo info, string name) => new()
    {
        MemberId = member,
        CredentialId = System.Buffers.Text.Base64Url.EncodeToString(info.CredentialId),
        PublicKey = info.PublicKey,
        Name = name,
        CreatedAt = info.CreatedAt,
        SignCount = info.SignCount,
        Transports = [.. info.Transports ?? []],
        IsUserVerified = info.IsUserVerified,
        IsBackupEligible = info.IsBackupEligible,
        IsBackedUp = info.IsBackedUp,
        AttestationObject = info.AttestationObject,
        ClientDataJson = info.ClientDataJson,
    };
}
