using Atrium.Kernel;

namespace Atrium.Home;

/// <summary>That a member's digest of a local day was taken on. The primary key is what makes it once a day.</summary>
internal sealed class DigestSent
{
    public Id<Member> MemberId { get; init; }

    /// <summary>The member's local date, <c>2026-11-23</c>.</summary>
    public required string LocalDate { get; init; }

    public DateTimeOffset At { get; init; }
}
