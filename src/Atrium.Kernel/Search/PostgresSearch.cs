using Atrium.Kernel.Data;
using Atrium.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Kernel.Search;

/// <summary>Search by tsvector; words are made in C#, so the configuration is <c>simple</c>.</summary>
internal sealed class PostgresSearch(KernelDb db, IEnumerable<ISearchVeil> veils) : HouseSearch(db, veils)
{
    protected override string From => "kernel_search s";

    protected override string Matches => "s.words @@ to_tsquery('simple', {0})";

    protected override string Rank => "-ts_rank(ARRAY[0.1, 0.1, 0.1, 0.8]::float4[], s.words, to_tsquery('simple', {0}), 1)::float8";

    protected override string Expression(SearchExpression expression) => expression.ForPostgres();

    protected override Task WriteAsync(ModuleDb db, SearchDocument document, string body, string facets, CancellationToken ct) => db.Database.ExecuteSqlRawAsync(
        """
        INSERT INTO kernel_search (kind, key, room, audience, title, body, href, updated_at, facets, words)
        VALUES ({0}, {1}, {2}, {3}, {4}, {5}, {6}, {7}, {8}, setweight(to_tsvector('simple', {9}), 'A') || setweight(to_tsvector('simple', {10}), 'D'))
        ON CONFLICT (kind, key) DO UPDATE SET room = excluded.room, audience = excluded.audience, title = excluded.title, body = excluded.body,
            href = excluded.href, updated_at = excluded.updated_at, facets = excluded.facets, words = excluded.words
        """,
        [
            document.Thing.Kind, document.Thing.Key, document.Room, document.Audience.Ref, document.Title.Replace("\0", ""), body.Replace("\0", ""), document.Href,
            Microseconds.Of(document.UpdatedAt), facets, SearchTerms.Line(document.Title), SearchTerms.Line(body),
        ],
        ct);

    protected override Task EraseAsync(ModuleDb db, Thing thing, CancellationToken ct) =>
        db.Database.ExecuteSqlRawAsync("DELETE FROM kernel_search WHERE kind = {0} AND key = {1}", [thing.Kind, thing.Key], ct);
}
