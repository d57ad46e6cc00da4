using Atrium.Kernel;

namespace Atrium.Contracts.Social;

/// <summary>Who follows whom, and who wants nothing to do with whom. Many at once, so that nobody asks one by one.</summary>
public interface IRelations
{
    /// <summary>Those of <paramref name="others"/> with whom <paramref name="member"/> has a block, in either direction.</summary>
    Task<IReadOnlySet<Id<Member>>> BlocksAsync(Id<Member> member, IReadOnlyCollection<Id<Member>> others, CancellationToken ct);

    /// <summary>Everyone whose words <paramref name="member"/> does not want to meet: blocked in either direction, or muted.</summary>
    Task<IReadOnlySet<Id<Member>>> HiddenForAsync(Id<Member> member, CancellationToken ct);

    /// <summary>Those of <paramref name="readers"/> who want to be told nothing of <paramref name="author"/>: blocked in either direction, or muted with notifications.</summary>
    Task<IReadOnlySet<Id<Member>>> DeafToAsync(Id<Member> author, IReadOnlyCollection<Id<Member>> readers, CancellationToken ct);

    /// <summary>Those of <paramref name="others"/> that <paramref name="member"/> follows.</summary>
    Task<IReadOnlySet<Id<Member>>> FollowsAsync(Id<Member> member, IReadOnlyCollection<Id<Member>> others, CancellationToken ct);
}
