using Atrium.Kernel;

namespace Atrium.Accounts.Model;

/// <summary>What a link in a mail is good for.</summary>
internal enum KeyPurpose
{
    ConfirmSignUp,
    ResetPassword,
    ChangeEmail,
}

/// <summary>A key sent by mail: works once, for a while. Using it removes the row.</summary>
internal sealed class MailedKey
{
    /// <summary>See <see cref="RandomKey.Hash"/>.</summary>
    public required string Hash { get; init; }

    public Id<Member> MemberId { get; init; }

    public KeyPurpose Purpose { get; init; }

    /// <summary>For a change of address: the new one.</summary>
    public string? Data { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }
}
