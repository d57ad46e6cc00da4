using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Fills homes with posts that were there before: of somebody followed from now on, or after a long absence.</summary>
internal static class HomeMerge
{
    private const string Readable = "s.deleted_at IS NULL AND s.kind IN ('Note', 'Boost') AND s.visibility IN ('Public', 'Unlisted', 'Followers', 'Members') AND (s.in_reply_to IS NULL OR s.in_reply_to_account = s.account_id)";

    /// <summary>The 20 newest posts of an account.</summary>
    public static Task JoinAsync(SocialDb db, Id<Account> owner, Id<Account> target, CancellationToken ct) => db.Database.ExecuteSqlRawAsync(
        $$"""
        INSERT INTO social_home_entry (owner_id, status_id, original_id, via_account_id, reason, in_home)
        SELECT {0}, n.id, COALESCE(n.boost_of, n.id), {1}, CASE WHEN n.boost_of IS NULL THEN 'Follow' ELSE 'Boost' END, TRUE
        FROM (SELECT s.id, s.boost_of FROM social_status s WHERE s.account_id = {1} AND {{Readable}} ORDER BY s.id DESC LIMIT 20) AS n
        WHERE TRUE ON CONFLICT DO NOTHING
        """,
        [owner.Value, target.Value], ct);

    /// <summary>A home from nothing: the newest posts of all whom its owner follows, and their own.</summary>
    public static async Task RebuildAsync(SocialDb db, Id<Account> owner, CancellationToken ct) => await db.Database.ExecuteSqlRawAsync(
        $$"""
        INSERT INTO social_home_entry (owner_id, status_id, original_id, via_account_id, reason, in_home)
        SELECT {0}, n.id, COALESCE(n.boost_of, n.id), n.account_id, CASE WHEN n.account_id = {0} THEN 'Own' WHEN n.boost_of IS NULL THEN 'Follow' ELSE 'Boost' END, TRUE
        FROM (SELECT s.id, s.boost_of, s.account_id FROM social_status s
              WHERE (s.account_id = {0} OR s.account_id IN (SELECT f.target_id FROM social_follow f WHERE f.account_id = {0} AND f.state = 'Accepted')) AND {{Readable}}
              ORDER BY s.id DESC LIMIT 400) AS n
        WHERE TRUE ON CONFLICT DO NOTHING
        """,
        [owner.Value], ct);
}
