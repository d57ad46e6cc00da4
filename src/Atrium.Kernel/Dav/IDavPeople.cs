namespace Atrium.Kernel.Dav;

/// <summary>A member as a principal.</summary>
public sealed record DavPerson(string Handle, string Name, string? Email);

/// <summary>Asks who members are, for principals and their search. Accounts implements it.</summary>
public interface IDavPeople
{
    Task<DavPerson?> SelfAsync(Actor actor, CancellationToken ct);

    /// <summary>Members the caller may know, whose handle or name has a word beginning with <paramref name="text"/>.</summary>
    Task<IReadOnlyList<DavPerson>> SearchAsync(string text, int limit, Actor actor, CancellationToken ct);
}
