using Atrium.Kernel;
using Atrium.Kernel.Data;

namespace Atrium.Social;

/// <summary>
/// The rule of <see cref="Sight"/> for hand-written SQL: for the hottest list alone, where building the query costs more than running it. A test
/// holds the two together.
/// </summary>
internal static class SightSql
{
    /// <summary>A condition on the rows of <c>social_status</c> under <paramref name="alias"/>, and the parameters it adds (numbered from their count).</summary>
    public static string VisibleTo(Viewer viewer, string alias, List<object> parameters)
    {
        if (viewer.Actor.IsSystem) return $"{alias}.deleted_at IS NULL";
        return $"{Own(viewer, alias, parameters)} AND ({alias}.boost_of IS NULL OR EXISTS (SELECT 1 FROM social_status o WHERE o.id = {alias}.boost_of AND {Own(viewer, "o", parameters)}))";
    }

    /// <summary>The rule of <see cref="Sight.NotMutedBy"/>.</summary>
    public static string NotMutedBy(Viewer viewer, string alias, SocialDb db, List<object> parameters)
    {
        if (viewer.Me is not { } me) return "TRUE";
        var (self, now) = (Add(parameters, me.Value), Add(parameters, db.Instant(db.Now)));
        string Muted(string author) => $"EXISTS (SELECT 1 FROM social_mute m WHERE m.account_id = {self} AND m.target_id = {author} AND (m.expires_at IS NULL OR m.expires_at > {now}))";
        return $"NOT {Muted($"{alias}.account_id")} AND ({alias}.boost_of IS NULL OR NOT EXISTS (SELECT 1 FROM social_status o WHERE o.id = {alias}.boost_of AND {Muted("o.account_id")}))";
    }

    private static string Own(Viewer viewer, string alias, List<object> parameters)
    {
        var seen = $"""
            {alias}.deleted_at IS NULL AND {AudienceSql.VisibleTo(viewer.Actor, $"{alias}.audience", parameters)}
            AND EXISTS (SELECT 1 FROM social_account x WHERE x.id = {alias}.account_id AND x.standing IN ('Active', 'Limited', 'Memorial'))
            AND ({alias}.discussion_id IS NULL OR EXISTS (SELECT 1 FROM social_discussion d WHERE d.id = {alias}.discussion_id AND d.state IN ('Open', 'Closed')
                AND {AudienceSql.VisibleTo(viewer.Actor, "d.audience", parameters)}))
            """;
        if (viewer.Me is not { } me) return $"{seen} AND {alias}.hidden_at IS NULL";
        var self = Add(parameters, me.Value);
        return $"""
            {seen} AND ({alias}.hidden_at IS NULL OR {alias}.account_id = {self})
            AND NOT EXISTS (SELECT 1 FROM social_block b WHERE b.account_id = {self} AND b.target_id = {alias}.account_id)
            AND NOT EXISTS (SELECT 1 FROM social_block b WHERE b.account_id = {alias}.account_id AND b.target_id = {self})
            """;
    }

    private static string Add(List<object> parameters, object value)
    {
        parameters.Add(value);
        return $"{{{parameters.Count - 1}}}";
    }
}
