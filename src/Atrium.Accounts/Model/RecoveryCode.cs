using Atrium.Kernel;

namespace Atrium.Accounts.Model;

/// <summary>A code that stands in once for a lost authenticator. Using it removes the row.</summary>
internal sealed class RecoveryCode
{
    public Id<Member> MemberId { get; init; }

    /// <summary>See <see cref="RandomKey.Hash"/>: each code has 79 random bits.</summary>
    public required string Hash { get; init; }
}
