using Atrium.Kernel;
using Atrium.Kernel.Data;

namespace Atrium.Social;

/// <summary>
/// The rule of <see cref="Sight"/> for hand-written SQL: for the hottest list alone, where building the query costs more than running it. A test
/// holds the two together.
/// </summary>
internal static class SightSql
{
    /// <summary>
    /// A condition on a row that joins a post, <c>s</c>, with its author, <c>a</c>, and the parameters it adds (numbered from their count).
    /// </summary>
    /// <param name="place">The id of what stands in the list: the post itself, or a boost of it.</param>
    public static string VisibleTo(Viewer viewer, string place, List<object> parameters) => $"""
        {Own(viewer, "s", "a", parameters)} AND ({place} = s.id OR EXISTS (SELECT 1 FROM social_status o JOIN social_account x ON x.id = o.account_id WHERE o.id = {place} AND {Own(viewer, "o", "x", parameters)}))
        """;

    /// <summary>The rule of <see cref="Sight.NotMutedBy"/>.</summary>
    /// <param name="via">The account of what stands in the list.</param>
    public static string NotMutedBy(Viewer viewer, string via, SocialDb db, List<object> parameters)
    {
        if (viewer.Me is not { } me) return "TRUE";
        var (self, now) = (Add(parameters, me.Value), Add(parameters, db.Instant(db.Now)));
        return $"""
            NOT EXISTS (SELECT 1 FROM social_mute m WHERE m.account_id = {self} AND m.target_id IN (s.account_id, {via}) AND (m.expires_at IS NULL OR m.expires_at > {now}))
            AND NOT EXISTS (SELECT 1 FROM social_user_domain_block d WHERE d.account_id = {self} AND (d.domain = a.domain OR EXISTS (SELECT 1 FROM social_account v WHERE v.id = {via} AND v.domain = d.domain)))
            """;
    }

    private static string Own(Viewer viewer, string post, string author, List<object> parameters)
    {
        if (viewer.Actor.IsSystem) return $"{post}.deleted_at IS NULL";
        var seen = $"""
            {post}.deleted_at IS NULL AND {author}.standing IN ('Active', 'Limited', 'Memorial') AND {AudienceSql.VisibleTo(viewer.Actor, post + ".audience", parameters)}
            AND ({post}.discussion_id IS NULL OR EXISTS (SELECT 1 FROM social_discussion t WHERE t.id = {post}.discussion_id AND t.state IN ('Open', 'Closed')
                AND {AudienceSql.VisibleTo(viewer.Actor, "t.audience", parameters)}))
            """;
        if (viewer.Me is not { } me) return $"{seen} AND {post}.hidden_at IS NULL";
        var self = Add(parameters, me.Value);
        return $"""
            {seen} AND ({post}.hidden_at IS NULL OR {post}.account_id = {self})
            AND NOT EXISTS (SELECT 1 FROM social_block b WHERE b.account_id = {self} AND b.target_id = {post}.account_id)
            AND NOT EXISTS (SELECT 1 FROM social_block b WHERE b.account_id = {post}.account_id AND b.target_id = {self})
            """;
    }

    private static string Add(List<object> parameters, object value)
    {
        parameters.Add(value);
        return $"{{{parameters.Count - 1}}}";
    }
}
