using System.Globalization;
using Atrium.Kernel.Data;
using Atrium.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Kernel.Search;

/// <summary>What both databases' searches share; they differ in how words are matched, ranked and stored.</summary>
internal abstract class HouseSearch(KernelDb db, IEnumerable<ISearchVeil> veils) : ISearch
{
    private const int MostBody = 64 * 1024;
    private const int MostCounted = 1000;

    /// <summary>The FROM clause, with the table of things as <c>s</c>; parameter 0 is the query.</summary>
    protected abstract string From { get; }

    /// <summary>The condition that the words match.</summary>
    protected abstract string Matches { get; }

    /// <summary>The rank as a number that is smaller the better.</summary>
    protected abstract string Rank { get; }

    protected abstract string Expression(SearchExpression expression);

    protected abstract Task WriteAsync(ModuleDb db, SearchDocument document, string body, string facets, CancellationToken ct);

    protected abstract Task EraseAsync(ModuleDb db, Thing thing, CancellationToken ct);

    public async Task<SearchPage> FindAsync(SearchQuery query, Actor actor, CancellationToken ct)
    {
        var expression = SearchExpression.Read(query.Text);
        if (expression.IsEmpty) return new(new([], null), new Dictionary<string, int>());
        var page = new Page(query.Limit ?? 20, query.Cursor);

        var parameters = new List<object> { Expression(expression) };
        var common = $"{Matches} AND {AudienceSql.VisibleTo(actor, "s.audience", parameters)}{Narrow(query, parameters)}{await VeiledAsync(actor, parameters, ct)}";
        var counting = $"SELECT room, COUNT(*) AS count FROM (SELECT s.room FROM {From} WHERE {common} LIMIT {MostCounted}) AS found GROUP BY room";
        var rooms = await db.Database.SqlQueryRaw<RoomCount>(counting, [.. parameters]).ToListAsync(ct);

        var narrowed = common + In("s.room", query.Rooms, parameters);
        var after = "";
        if (Cursor.Read<Place>(query.Cursor) is { } place)
        {
            after = $"WHERE rank > {{{parameters.Count}}} OR (rank = {{{parameters.Count}}} AND id > {{{parameters.Count + 1}}})";
            parameters.Add(place.Rank);
            parameters.Add(place.Id);
        }

        var sql = $"""
            SELECT * FROM (SELECT s.id, s.kind, s.key, s.room, s.title, s.body, s.href, s.updated_at, {Rank} AS rank FROM {From} WHERE {narrowed}) AS found
            {after} ORDER BY rank, id LIMIT {page.Size + 1}
            """;
        var rows = await db.Database.SqlQueryRaw<Row>(sql, [.. parameters]).ToListAsync(ct);
        var slice = Slice<Row>.Cut(rows, page.Size, r => Cursor.Of(new Place(r.Rank, r.Id)))
            .Select(r => new SearchHit(new(r.Kind, r.Key), r.Room, r.Title, SearchSnippet.Cut(r.Body, expression), r.Href, Microseconds.ToInstant(r.UpdatedAt), r.Rank));
        return new(slice, rooms.ToDictionary(r => r.Room, r => r.Count));
    }

    public async Task<IReadOnlyList<long>> RankAsync(string text, string kind, int most, Actor actor, CancellationToken ct)
    {
        var expression = SearchExpression.Read(text);
        if (expression.IsEmpty) return [];
        var parameters = new List<object> { Expression(expression) };
        var visible = AudienceSql.VisibleTo(actor, "s.audience", parameters);
        var sql = $"SELECT s.key AS value FROM {From} WHERE {Matches} AND {visible}{In("s.kind", [kind], parameters)} ORDER BY {Rank}, s.id LIMIT {most.ToString(CultureInfo.InvariantCulture)}";
        return await db.Database.SqlQueryRaw<long>(sql, [.. parameters]).ToListAsync(ct);
    }

    public async Task IndexAsync(ModuleDb db, IReadOnlyCollection<SearchDocument> documents, CancellationToken ct)
    {
        foreach (var document in documents)
        {
            var body = document.Body.Length > MostBody ? document.Body[..MostBody] : document.Body;
            await WriteAsync(db, document, body, $" {string.Join(' ', document.Facets.Select(f => f.Replace(' ', '_')))} ", ct);
        }
    }

    public async Task RemoveAsync(ModuleDb db, IReadOnlyCollection<Thing> things, CancellationToken ct)
    {
        foreach (var thing in things) await EraseAsync(db, thing, ct);
    }

    private static string Narrow(SearchQuery query, List<object> parameters)
    {
        var sql = In("s.kind", query.Kinds, parameters);
        foreach (var facet in query.Facets ?? []) sql += $" AND s.facets LIKE {Has(facet, parameters)}";
        return sql;
    }

    // What hangs on the reader alone, such as whom they blocked, is no audience.
    private async Task<string> VeiledAsync(Actor actor, List<object> parameters, CancellationToken ct)
    {
        var sql = "";
        foreach (var veil in veils)
            foreach (var facet in await veil.HiddenFromAsync(actor, ct)) sql += $" AND s.facets NOT LIKE {Has(facet, parameters)}";
        return sql;
    }

    private static string Has(string facet, List<object> parameters)
    {
        parameters.Add($"% {facet.Replace(' ', '_').Replace("!", "!!").Replace("%", "!%").Replace("_", "!_")} %");
        return $"{{{parameters.Count - 1}}} ESCAPE '!'";
    }

    private static string In(string column, IReadOnlyList<string>? values, List<object> parameters)
    {
        if (values is not { Count: > 0 }) return "";
        var places = string.Join(", ", values.Select((_, i) => $"{{{parameters.Count + i}}}"));
        parameters.AddRange(values);
        return $" AND {column} IN ({places})";
    }

    private sealed record Place(double Rank, long Id);

    private sealed record RoomCount(string Room, int Count);

    private sealed class Row
    {
        public long Id { get; init; }
        public required string Kind { get; init; }
        public long Key { get; init; }
        public required string Room { get; init; }
        public required string Title { get; init; }
        public required string Body { get; init; }
        public required string Href { get; init; }
        public long UpdatedAt { get; init; }
        public double Rank { get; init; }
    }
}
