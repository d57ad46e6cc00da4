using Atrium.Kernel;

namespace Atrium.Accounts.AppPasswords;

/// <summary>
/// A password for one app that only knows user name and password. The row does not hold it: it is derived from the row's id and the
/// house's key. Removing the row ends it at once.
/// </summary>
public sealed class AppPassword
{
    public Id<AppPassword> Id { get; init; } = Id<AppPassword>.New();

    public Id<Member> MemberId { get; init; }

    /// <summary>What it is for, in the member's words: “Calendar on my phone”.</summary>
    public required string Name { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>To the minute.</summary>
    public DateTimeOffset? LastUsedAt { get; set; }

    public string? LastUserAgent { get; set; }

    public string? LastAddress { get; set; }
}
