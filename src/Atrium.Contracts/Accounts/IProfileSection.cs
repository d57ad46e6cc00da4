using Atrium.Contracts.Home;
using Atrium.Kernel;

namespace Atrium.Contracts.Accounts;

/// <summary>Brings what a member did in a room to their profile page, <c>/@handle</c>. Registered as scoped.</summary>
public interface IProfileSection
{
    int Order { get; }

    /// <summary>Null when there is nothing that <paramref name="actor"/> may see.</summary>
    Task<DashboardContent?> LoadAsync(MemberCard member, Actor actor, CancellationToken ct);
}
