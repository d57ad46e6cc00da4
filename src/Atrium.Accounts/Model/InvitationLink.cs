using Atrium.Kernel;

namespace Atrium.Accounts.Model;

/// <summary>A link that lets people sign up, so many times, until then.</summary>
internal sealed class InvitationLink
{
    public Id<Invitation> Id { get; init; } = Id<Invitation>.New();

    /// <summary>See <see cref="RandomKey.Hash"/>; null until the letter that carries the key was written.</summary>
    public string? KeyHash { get; set; }

    public Role Role { get; init; } = Role.Member;

    public int MostUses { get; init; } = 1;

    /// <summary>Changed only by a conditional update.</summary>
    public int Uses { get; set; }

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? WithdrawnAt { get; set; }

    public Id<Member>? InvitedBy { get; init; }

    /// <summary>To whom it was mailed, if it was.</summary>
    public string? Email { get; init; }

    /// <summary>For those who look through the list.</summary>
    public string? Note { get; init; }
}
