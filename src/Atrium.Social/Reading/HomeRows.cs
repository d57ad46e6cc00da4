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
            SELECT h.status_id, s.boost_of FROM social_home_entry h JOIN social_status s ON s.id = h.status_id
            WHERE h.owner_id = {0} AND h.in_home{{bounds}} AND {{SightSql.VisibleTo(viewer, "s", parameters)}} AND {{SightSql.NotMutedBy(viewer, "s", db, parameters)}}
            ORDER BY h.status_id {{(paging.Min is null ? "DESC" : "ASC")}} LIMIT {1}
            """;
        return paging.CutAsync(
            async token =>
            {
                List<StatusRef> places = [];
                await db.ReadSqlAsync(sql, parameters, row => places.Add(new() { Id = new(row.GetInt64(0)), BoostOf = row.Id<Status>(1) }), token);
                return places;
            },
            r => r.Id.Value, ct);
    }
}
