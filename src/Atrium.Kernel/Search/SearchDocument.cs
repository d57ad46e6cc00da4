namespace Atrium.Kernel.Search;

/// <summary>A thing as search knows it.</summary>
/// <param name="Room">The module's name: the first facet of every result page.</param>
/// <param name="Title">Weighs most; may hold keys such as CLUB-123.</param>
/// <param name="Body">Plain text, at most the first 64 KiB are kept.</param>
/// <param name="Facets">Such as <c>project:739…</c>, <c>label:garden</c>: exact words to narrow by.</param>
public sealed record SearchDocument(
    Thing Thing, string Room, Audience Audience, string Title, string Body, string Href, DateTimeOffset UpdatedAt, IReadOnlyList<string> Facets);

/// <summary>What to look for.</summary>
/// <param name="Text">Words; the last may be unfinished. Quotes make a phrase.</param>
public sealed record SearchQuery(string Text, IReadOnlyList<string>? Rooms = null, IReadOnlyList<string>? Kinds = null, IReadOnlyList<string>? Facets = null, int? Limit = null, string? Cursor = null);

/// <summary>One hit.</summary>
/// <param name="Snippet">Plain text around the hit, each match between U+0002 and U+0003.</param>
public sealed record SearchHit(Thing Thing, string Room, string Title, string Snippet, string Href, DateTimeOffset UpdatedAt, double Rank);

/// <summary>A page of hits, best first, and how many there are per room (counted up to 1,000).</summary>
public sealed record SearchPage(Slice<SearchHit> Hits, IReadOnlyDictionary<string, int> Rooms);
