using Atrium.Kernel;
using Atrium.Kernel.Data;

namespace Atrium.Accounts.Model;

/// <summary>A member's account: who they are to the house, and how they prove it.</summary>
internal sealed partial class Account : IRevised
{
    public Id<Member> Id { get; init; } = Id<Member>.New();

    /// <summary>Without @; immutable, never given to another.</summary>
    public required string Handle { get; init; }

    public required string Email { get; set; }

    /// <summary>The address as it is compared. Unique among confirmed accounts.</summary>
    public required string EmailKey { get; set; }

    public DateTimeOffset? EmailConfirmedAt { get; set; }

    public Role Role { get; set; } = Role.Member;

    public AccountState State { get; set; } = AccountState.Unconfirmed;

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When they could first sign in.</summary>
    public DateTimeOffset? JoinedAt { get; set; }

    public long Revision { get; set; } = 1;
}
