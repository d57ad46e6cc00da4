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
        // The post and what it boosts are asked for in one go: said twice, the rule takes longer to plan than to run.
        return $"""
            (SELECT COUNT(*) FROM social_status o JOIN social_account x ON x.id = o.account_id WHERE o.id IN ({alias}.id, {alias}.boost_of) AND {Own(viewer, parameters)})
            = CASE WHEN {alias}.boost_of IS NULL THEN 1 ELSE 2 END
            """;
    }

    /// <summary>The rule of <see cref="Sight.NotMutedBy"/>.</summary>
    public static string NotMutedBy(Viewer viewer, string alias, SocialDb db, List<object> parameters)
    {
        if (viewer.Me is not { } me) return "TRUE";
        var (self, now) = (Add(parameters, me.Value), Add(parameters, db.Instant(db.Now)));
        return $"""
            NOT EXISTS (SELECT 1 FROM social_status o JOIN social_mute m ON m.account_id = {self} AND m.target_id = o.account_id AND (m.expires_at IS NULL OR m.expires_at > {now})
                WHERE o.id IN ({alias}.id, {alias}.boost_of))
            """;
    }

    private static string Own(Viewer viewer, List<object> parameters)
    {
        var seen = $"""
            o.deleted_at IS NULL AND x.standing IN ('Active', 'Limited', 'Memorial') AND {AudienceSql.VisibleTo(viewer.Actor, "o.audience", parameters)}
            AND (o.discussion_id IS NULL OR EXISTS (SELECT 1 FROM social_discussion d WHERE d.id = o.discussion_id AND d.state IN ('Open', 'Closed')
                AND {AudienceSql.VisibleTo(viewer.Actor, "d.audience", parameters)}))
            """;
        if (viewer.Me is not { } me) return $"{seen} AND o.hidden_at IS NULL";
        var self = Add(parameters, me.Value);
        return $"""
            {seen} AND (o.hidden_at IS NULL OR o.account_id = {self})
            AND NOT EXISTS (SELECT 1 FROM social_block b WHERE b.account_id = {self} AND b.target_id = o.account_id)
            AND NOT EXISTS (SELECT 1 FROM social_block b WHERE b.account_id = o.account_id AND b.target_id = {self})
            """;
    }

    private static string Add(List<object> parameters, object value)
    {
        parameters.Add(value);
        return $"{{{parameters.Count - 1}}}";
    }
}
