using Atrium.Kernel;
using Atrium.Kernel.Data;

namespace Atrium.Social;

/// <summary>A page of a home with its posts, in one statement and by hand: it is what is read most, and composing the rule of sight anew for each request costs more than the rows.</summary>
internal static class HomeRows
{
    public static async Task<HomePage> PageAsync(SocialDb db, Paging paging, Viewer viewer, CancellationToken ct)
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
            SELECT {{StatusRows.Columns}}, h.status_id FROM social_home_entry h JOIN social_status s ON s.id = h.original_id {{StatusRows.Joins}}
            WHERE h.owner_id = {0} AND h.in_home{{bounds}} AND {{SightSql.VisibleTo(viewer, "h.status_id", parameters)}} AND {{SightSql.NotMutedBy(viewer, "h.via_account_id", db, parameters)}}
            ORDER BY h.status_id {{(paging.Min is null ? "DESC" : "ASC")}} LIMIT {1}
            """;
        var (posts, shaping) = (new Dictionary<Id<Status>, StatusRow>(), new StatusRows(db));
        var page = await paging.CutAsync(
            async token =>
            {
                List<StatusRef> places = [];
                await db.ReadSqlAsync(
                    sql, parameters,
                    row =>
                    {
                        var (post, place) = (shaping.Row(row), new Id<Status>(row.GetInt64(StatusRows.After)));
                        posts[post.Status.Id] = post;
                        places.Add(new() { Id = place, BoostOf = place == post.Status.Id ? null : post.Status.Id });
                    },
                    token);
                return places;
            },
            r => r.Id.Value, ct);
        return new(page, posts);
    }
}

/// <summary>A page of a home.</summary>
/// <param name="Posts">The posts of the page, and those boosted in it; not the boosts.</param>
internal sealed record HomePage(PageOf<StatusRef> Page, Dictionary<Id<Status>, StatusRow> Posts) : PageOf<StatusRef>(Page);
