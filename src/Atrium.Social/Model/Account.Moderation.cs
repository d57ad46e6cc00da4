namespace Atrium.Social;

/// <summary>What moderators did about an account. Each is kept apart, so that taking one back leaves the others as they were.</summary>
internal sealed partial class Account
{
    public DateTimeOffset? LimitedAt { get; set; }

    public DateTimeOffset? SuspendedAt { get; set; }

    /// <summary>Kept in memory of its member since then.</summary>
    public DateTimeOffset? MemorialAt { get; set; }

    /// <summary>All its media count as sensitive since then.</summary>
    public DateTimeOffset? SensitizedAt { get; set; }

    /// <summary>False where it changes nothing, or nothing can be changed any more.</summary>
    public bool Suspend(DateTimeOffset? at) => Change((at is null) != (SuspendedAt is null), () => SuspendedAt = at);

    /// <inheritdoc cref="Suspend"/>
    public bool Limit(DateTimeOffset? at) => Change((at is null) != (LimitedAt is null), () => LimitedAt = at);

    /// <inheritdoc cref="Suspend"/>
    public bool Sensitize(DateTimeOffset? at) => Change((at is null) != (SensitizedAt is null), () => SensitizedAt = at);

    /// <inheritdoc cref="Suspend"/>
    public bool Remember(DateTimeOffset? at) => Change((at is null) != (MemorialAt is null), () => MemorialAt = at);

    private bool Change(bool differs, Action change)
    {
        if (!differs || Standing is AccountStanding.Purged or AccountStanding.Deleted) return false;
        change();
        Standing = SuspendedAt is not null ? AccountStanding.Suspended
            : MemorialAt is not null ? AccountStanding.Memorial
            : LimitedAt is not null ? AccountStanding.Limited : AccountStanding.Active;
        return true;
    }
}
