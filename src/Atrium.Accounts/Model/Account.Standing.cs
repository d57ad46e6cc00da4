using Atrium.Kernel;

namespace Atrium.Accounts.Model;

/// <summary>How an account comes, is stopped, and goes.</summary>
internal sealed partial class Account
{
    public static readonly TimeSpan Grace = TimeSpan.FromDays(30);

    /// <summary>The invitation that let them in.</summary>
    public Id<Invitation>? InvitationId { get; init; }

    /// <summary>What they wrote to those who decide.</summary>
    public string? Application { get; set; }

    public string? SuspensionReason { get; set; }

    /// <summary>When a leaving account is erased.</summary>
    public DateTimeOffset? EraseAt { get; set; }

    public void Confirm(DateTimeOffset now, bool approvalWanted)
    {
        EmailConfirmedAt = now;
        if (approvalWanted) State = AccountState.Waiting;
        else Activate(now);
    }

    public void Activate(DateTimeOffset now)
    {
        State = AccountState.Active;
        JoinedAt ??= now;
        Application = null;
    }

    public void Suspend(string? reason)
    {
        State = AccountState.Suspended;
        SuspensionReason = reason;
        EraseAt = null;
    }

    /// <summary>Back from suspension or from leaving.</summary>
    public void Restore()
    {
        State = AccountState.Active;
        SuspensionReason = null;
        EraseAt = null;
    }

    public void Leave(DateTimeOffset now)
    {
        State = AccountState.Leaving;
        SuspensionReason = null;
        EraseAt = now + Grace;
    }
}
