using Atrium.Kernel;

namespace Atrium.Contracts.Accounts;

/// <summary>How one becomes a member just now.</summary>
/// <param name="Open">Somebody without an invitation may ask.</param>
/// <param name="NeedsApproval">An administrator has to agree first.</param>
/// <param name="LeastAge">Years; null where the house asks nobody.</param>
public sealed record SignUpRules(bool Open, bool NeedsApproval, int? LeastAge = null);

/// <summary>What somebody says who wants to become a member from within an app.</summary>
/// <param name="Invitation">The key of an invitation, where they have one.</param>
/// <param name="Culture">BCP 47: in which tongue they are written to.</param>
/// <param name="Born">Their date of birth, ISO 8601, where the house has a least age; it is not kept.</param>
public sealed record SignUpWish(string? Handle, string? Email, string? Password, string? Reason, string? Invitation = null, string? Culture = null, string? Born = null);

/// <summary>Lets another room's protocol sign people up, by the same rules as the house's own page.</summary>
public interface ISignUp
{
    Task<SignUpRules> RulesAsync(CancellationToken ct);

    /// <summary>Asks to become a member. Nobody can sign in before the address is confirmed, which a letter asks for.</summary>
    /// <exception cref="Refusal">Forbidden <c>sign_up_closed</c>, <c>invitation_required</c>; gone <c>invitation_spent</c>; invalid, naming <c>handle</c>, <c>email</c>, <c>password</c>, <c>reason</c> or <c>date_of_birth</c>.</exception>
    Task<Id<Member>> AskAsync(SignUpWish wish, CancellationToken ct);

    /// <summary>Sends the letter that asks to confirm an address once more; to another one where <paramref name="email"/> says so.</summary>
    /// <exception cref="Refusal">Forbidden <c>confirmed</c>: there is nothing to confirm; invalid, naming <c>email</c>.</exception>
    Task RemindAsync(Id<Member> member, string? email, CancellationToken ct);
}
