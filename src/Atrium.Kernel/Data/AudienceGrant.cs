namespace Atrium.Kernel.Data;

/// <summary>One principal that a stored audience lists.</summary>
public sealed class AudienceGrant
{
    public Audience Audience { get; init; }

    /// <summary>See <see cref="Kernel.Principal"/>.</summary>
    public required string Principal { get; init; }
}

/// <summary>One member of a principal (a group, a room, somebody's followers).</summary>
public sealed class PrincipalMember
{
    public Id<Member> MemberId { get; init; }

    /// <summary>See <see cref="Kernel.Principal"/>.</summary>
    public required string Principal { get; init; }
}
