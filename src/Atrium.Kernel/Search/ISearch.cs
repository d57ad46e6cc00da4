using Atrium.Kernel.Data;

namespace Atrium.Kernel.Search;

/// <summary>
/// One search over the whole house: SQLite FTS5 or PostgreSQL full text. Only what the caller may see is found. Two databases, two
/// implementations.
/// </summary>
public interface ISearch
{
    Task<SearchPage> FindAsync(SearchQuery query, Actor actor, CancellationToken ct);

    /// <summary>
    /// The keys of things of one kind that match, best first, for a module that joins them with filters of its own.
    /// </summary>
    Task<IReadOnlyList<long>> RankAsync(string text, string kind, int most, Actor actor, CancellationToken ct);

    /// <summary>Writes documents inside <paramref name="db"/>'s transaction: found as soon as the change itself is committed.</summary>
    Task IndexAsync(ModuleDb db, IReadOnlyCollection<SearchDocument> documents, CancellationToken ct);

    /// <summary>Takes things out, inside <paramref name="db"/>'s transaction.</summary>
    Task RemoveAsync(ModuleDb db, IReadOnlyCollection<Thing> things, CancellationToken ct);
}

/// <summary>What one reader is not to meet although they are in its audience: a room that keeps blocks says so, by facets.</summary>
public interface ISearchVeil
{
    Task<IReadOnlyList<string>> HiddenFromAsync(Actor actor, CancellationToken ct);
}

/// <summary>All documents of a module, for a new index.</summary>
public interface ISearchSource
{
    string Kind { get; }

    IAsyncEnumerable<SearchDocument> AllAsync(CancellationToken ct);
}
