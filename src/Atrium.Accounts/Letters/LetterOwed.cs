using Atrium.Kernel;
using Atrium.Kernel.Outbox;

namespace Atrium.Accounts.Letters;

internal enum Letter
{
    /// <summary>The link that confirms an address; to one that has an account already, a reminder of it.</summary>
    ConfirmSignUp,

    /// <summary>The link that resets a password; nothing when nobody has that address.</summary>
    ResetPassword,

    /// <summary>The link that confirms a new address.</summary>
    ChangeEmail,

    /// <summary>A link to sign up with.</summary>
    Invitation,

    /// <summary>“You are in.”</summary>
    Approved,

    /// <summary>Something about how they sign in was changed.</summary>
    SecurityNotice,
}

/// <summary>
/// A letter is to be written. Keys are made when it is written, so that none lies in the outbox, and who it concerns is looked up then,
/// so that asking takes the same time for every address.
/// </summary>
/// <param name="Email">Where to, when it is not the member's own address.</param>
/// <param name="Text">For a notice: what happened.</param>
[EventName("accounts.letter_owed")]
internal sealed record LetterOwed(Letter Letter, Id<Member>? Member = null, string? Email = null, string? Text = null, Id<Invitation>? Invitation = null);
