using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>A page of a home, by hand: it is what is read most, and composing the rule of sight anew for each request costs more than the rows.</summary>
internal static class HomeRows
{
    public static Task<PageOf<StatusRef>> PageAsync(SocialDb db, Paging paging, Viewer viewer, CancellationToken ct)
    {
        List<object> parameters = [viewer.Demand().Value, paging.Limit + 1];
        var bounds = "";
        foreach (var (bound, how) in new[] { (paging.Max, "<"), (paging.Since, ">"), (paging.Min, ">") })
        {
            if (bound is not { } id) continue;
            bounds += $" AND h.status_id {how} {{{parameters.Count}}}";
            parameters.Add(id);
        }

        var sql = $$"""
            SELECT h.status_id AS id, s.boost_of, (SELECT q.quoted_id FROM social_quote q WHERE q.quoting_id = COALESCE(s.boost_of, s.id)) AS quoted
            FROM social_home_entry h JOIN social_status s ON s.id = h.status_id
            WHERE h.owner_id = {0} AND h.in_home{{bounds}} AND {{SightSql.VisibleTo(viewer, "s", parameters)}} AND {{SightSql.NotMutedBy(viewer, "s", db, parameters)}}
            ORDER BY h.status_id {{(paging.Min is null ? "DESC" : "ASC")}} LIMIT {1}
            """;
        return paging.CutAsync(async token => (await db.Database.SqlQueryRaw<Row>(sql, [.. parameters]).ToListAsync(token)).ConvertAll(r => r.Place), r => r.Id.Value, ct);
    }

    private sealed class Row
    {
        public long Id { get; init; }

        public long? BoostOf { get; init; }

        public long? Quoted { get; init; }

        public StatusRef Place => new() { Id = new(Id), BoostOf = BoostOf is { } boosted ? new(boosted) : null, Quoted = Quoted is { } quoted ? new(quoted) : null };
    }
}
