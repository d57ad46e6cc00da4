using Atrium.Kernel;

namespace Atrium.Contracts.Accounts;

/// <summary>A group as those see it who may.</summary>
public sealed record GroupCard(Id<Group> Id, string Handle, string Name, int Members)
{
    public string Href => $"/groups/{Handle}";
}

/// <summary>Asks Accounts about groups. Who belongs to one is also kept by the platform, as <c>group:{id}</c>.</summary>
public interface IGroups
{
    Task<IReadOnlyDictionary<Id<Group>, GroupCard>> CardsAsync(IReadOnlyCollection<Id<Group>> ids, CancellationToken ct);

    /// <summary>Groups that <paramref name="actor"/> may see whose name begins with <paramref name="text"/>.</summary>
    Task<IReadOnlyList<GroupCard>> SearchAsync(string text, int limit, Actor actor, CancellationToken ct);

    Task<IReadOnlyList<GroupCard>> OfMemberAsync(Id<Member> member, CancellationToken ct);
}
