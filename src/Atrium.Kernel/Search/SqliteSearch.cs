using Atrium.Kernel.Data;
using Atrium.Kernel.Time;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Kernel.Search;

/// <summary>Search by FTS5; a word in the title weighs eight times one in the body.</summary>
internal sealed class SqliteSearch(KernelDb db, IEnumerable<ISearchVeil> veils) : HouseSearch(db, veils)
{
    protected override string From => "kernel_search_words JOIN kernel_search s ON s.id = kernel_search_words.rowid";

    protected override string Matches => "kernel_search_words MATCH {0}";

    protected override string Rank => "bm25(kernel_search_words, 8.0, 1.0)";

    protected override string Expression(SearchExpression expression) => expression.ForSqlite();

    protected override async Task WriteAsync(ModuleDb db, SearchDocument document, string body, string facets, CancellationToken ct)
    {
        var ids = await db.Database.SqlQueryRaw<long>(
            """
            INSERT INTO kernel_search (kind, key, room, audience, title, body, href, updated_at, facets) VALUES ({0}, {1}, {2}, {3}, {4}, {5}, {6}, {7}, {8})
            ON CONFLICT (kind, key) DO UPDATE SET room = excluded.room, audience = excluded.audience, title = excluded.title, body = excluded.body,
                href = excluded.href, updated_at = excluded.updated_at, facets = excluded.facets
            RETURNING id AS value
            """,
            document.Thing.Kind, document.Thing.Key, document.Room, document.Audience.Ref, document.Title, body, document.Href, Microseconds.Of(document.UpdatedAt), facets).ToListAsync(ct);
        await db.Database.ExecuteSqlRawAsync(
            "INSERT OR REPLACE INTO kernel_search_words (rowid, title, body) VALUES ({0}, {1}, {2})", [ids[0], SearchTerms.Line(document.Title), SearchTerms.Line(body)], ct);
    }

    protected override async Task EraseAsync(ModuleDb db, Thing thing, CancellationToken ct)
    {
        await db.Database.ExecuteSqlRawAsync(
            "DELETE FROM kernel_search_words WHERE rowid IN (SELECT id FROM kernel_search WHERE kind = {0} AND key = {1})", [thing.Kind, thing.Key], ct);
        await db.Database.ExecuteSqlRawAsync("DELETE FROM kernel_search WHERE kind = {0} AND key = {1}", [thing.Kind, thing.Key], ct);
    }
}
