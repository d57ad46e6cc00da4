namespace Atrium.Accounts.Model;

/// <summary>What proves that it is them.</summary>
internal sealed partial class Account
{
    /// <summary>Identity's hash; null when no password was set yet.</summary>
    public string? PasswordHash { get; set; }

    public DateTimeOffset? PasswordChangedAt { get; set; }

    /// <summary>The shared secret of the authenticator app, under Data Protection.</summary>
    public string? TotpSecret { get; set; }

    /// <summary>Null while it is being set up.</summary>
    public DateTimeOffset? TotpConfirmedAt { get; set; }

    /// <summary>The last 30-second step whose code was used: no code is taken twice.</summary>
    public long TotpStep { get; set; }

    public bool HasSecondFactor => TotpConfirmedAt is not null;
}
