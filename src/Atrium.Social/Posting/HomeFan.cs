using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// Puts a post into the homes of those who read its author, inside the posting transaction: one INSERT … SELECT for up to 500 of them, the rest
/// by the outbox in batches. What never changes is decided here; who may see it is asked again at reading.
/// </summary>
internal static class HomeFan
{
    public const int Batch = 500;
    public static readonly TimeSpan BoostsOnce = TimeSpan.FromHours(12);

    /// <summary>The author's own home, the first followers, the group's members and those who follow its tags.</summary>
    /// <param name="followers">How many follow the author.</param>
    public static async Task OutAsync(SocialDb db, Status status, bool authorIsLocal, int followers, IReadOnlyCollection<Id<Hashtag>> tags, CancellationToken ct)
    {
        if (status.Kind == StatusKind.Root) return;
        if (followers > 0) await FirstAsync(db, status, authorIsLocal, followers, ct);
        else if (authorIsLocal)
        {
            db.HomeEntries.Add(new() { OwnerId = status.AccountId, StatusId = status.Id, OriginalId = status.BoostOf ?? status.Id, ViaAccountId = status.AccountId, Reason = HomeReason.Own });
            await db.SaveChangesAsync(ct);
        }

        if (status is { Visibility: Visibility.Group, GroupId: { } group }) await GroupAsync(db, status, group, ct);
        if (status is { Visibility: Visibility.Public, Kind: StatusKind.Note } && tags.Count > 0) await TagsAsync(db, status, tags, ct);
    }

    /// <summary>Tells the followers of its author, once, that a thing is there: its root stands in their homes.</summary>
    public static async Task AnnounceAsync(SocialDb db, Status root, CancellationToken ct)
    {
        DateTimeOffset? now = db.Now;
        if (await db.Discussions.Where(d => d.RootId == root.Id && d.AnnouncedAt == null).ExecuteUpdateAsync(set => set.SetProperty(d => d.AnnouncedAt, now), ct) == 0) return;
        await FirstAsync(db, root, withAuthor: false, Batch + 1, ct);
        db.Publish(new ThingAnnounced(root.Id), root.Id.ToString());
        db.Announce(SocialTopics.Statuses, root.Id.Value, "update");
    }

    /// <summary>One batch of followers; answers where the next begins, or null at the end.</summary>
    public static async Task<Id<Follow>?> FollowersAsync(SocialDb db, Status status, Id<Follow> after, CancellationToken ct)
    {
        var last = await LastAsync(db, status, after, ct);
        await InsertAsync(db, status, withAuthor: false, after, last, ct);
        return last;
    }

    private static async Task FirstAsync(SocialDb db, Status status, bool withAuthor, int followers, CancellationToken ct)
    {
        // Few are served in one go, however many they have become meanwhile.
        var last = followers <= Batch ? null : await LastAsync(db, status, default, ct);
        await InsertAsync(db, status, withAuthor, default, last, ct);
        if (last is { } after) db.Publish(new FanOutDue(status.Id, after), status.Id.ToString());
    }

    private static Task<Id<Follow>?> LastAsync(SocialDb db, Status status, Id<Follow> after, CancellationToken ct) =>
        db.Follows.Where(f => f.TargetId == status.AccountId && f.State == FollowState.Accepted && f.Id > after).OrderBy(f => f.Id).Skip(Batch - 1).Select(f => (Id<Follow>?)f.Id).FirstOrDefaultAsync(ct);

    private static async Task InsertAsync(SocialDb db, Status status, bool withAuthor, Id<Follow> after, Id<Follow>? last, CancellationToken ct)
    {
        var parameters = Parameters(db, status);
        parameters.Add(after.Value);
        parameters.Add(last?.Value ?? long.MaxValue);
        var author = withAuthor ? "SELECT {2}, {0}, {1}, {2}, 'Own', TRUE UNION ALL " : "";
        var sql = $$"""
            INSERT INTO social_home_entry (owner_id, status_id, original_id, via_account_id, reason, in_home)
            {{author}}SELECT f.account_id, {0}, {1}, {2}, {{(status.Kind == StatusKind.Boost ? "'Boost'" : "'Follow'")}}, NOT EXISTS (
                SELECT 1 FROM social_list_member m JOIN social_people_list l ON l.id = m.list_id WHERE m.account_id = {2} AND l.account_id = f.account_id AND l.exclusive)
            FROM social_follow f JOIN social_account a ON a.id = f.account_id
            WHERE f.target_id = {2} AND f.state = 'Accepted' AND a.member_id IS NOT NULL AND f.id > {4} AND f.id <= {5}
              AND (a.home_read_at IS NULL OR a.home_read_at > {3}){{Narrow(status, parameters)}}
            ON CONFLICT DO NOTHING
            """;
        await db.Database.ExecuteSqlRawAsync(sql, parameters, ct);
    }

    private static string Narrow(Status status, List<object> parameters)
    {
        var sql = "";
        if (status.Language is { } language)
        {
            sql += $" AND (f.languages = '[]' OR f.languages LIKE {{{parameters.Count}}})";
            parameters.Add($"%\"{language}\"%");
        }

        // A reply is for those who know whom it answers.
        if (status.Kind == StatusKind.Note && status.InReplyToAccount is { } answered && answered != status.AccountId)
        {
            sql += $" AND (f.account_id = {{{parameters.Count}}} OR EXISTS (SELECT 1 FROM social_follow g WHERE g.account_id = f.account_id AND g.target_id = {{{parameters.Count}}} AND g.state = 'Accepted'))";
            parameters.Add(answered.Value);
        }

        if (status.Kind == StatusKind.Boost)
        {
            sql += $" AND f.show_boosts AND NOT EXISTS (SELECT 1 FROM social_home_entry h WHERE h.owner_id = f.account_id AND h.original_id = {{1}} AND h.status_id > {{{parameters.Count}}})";
            parameters.Add(IdClock.FloorAt(status.CreatedAt - BoostsOnce));
        }

        if (status.Visibility == Visibility.Direct) sql += " AND EXISTS (SELECT 1 FROM social_mention n WHERE n.status_id = {0} AND n.account_id = f.account_id)";
        if (status is { Visibility: Visibility.Group, GroupId: { } group })
        {
            sql += $" AND EXISTS (SELECT 1 FROM kernel_principal_member p WHERE p.member_id = a.member_id AND p.principal = {{{parameters.Count}}})";
            parameters.Add(Principal.Of(group));
        }

        return sql;
    }

    private static Task GroupAsync(SocialDb db, Status status, Id<Group> group, CancellationToken ct)
    {
        var parameters = Parameters(db, status);
        parameters.Add(Principal.Of(group));
        return db.Database.ExecuteSqlRawAsync(
            """
            INSERT INTO social_home_entry (owner_id, status_id, original_id, via_account_id, reason, in_home)
            SELECT a.id, {0}, {1}, {2}, 'Group', TRUE FROM kernel_principal_member p JOIN social_account a ON a.member_id = p.member_id
            WHERE p.principal = {4} AND (a.home_read_at IS NULL OR a.home_read_at > {3})
            ON CONFLICT DO NOTHING
            """,
            parameters, ct);
    }

    private static Task TagsAsync(SocialDb db, Status status, IReadOnlyCollection<Id<Hashtag>> tags, CancellationToken ct)
    {
        var parameters = Parameters(db, status);
        var places = string.Join(", ", tags.Select((_, i) => $"{{{i + 4}}}"));
        parameters.AddRange(tags.Select(t => (object)t.Value));
        var sql = $$"""
            INSERT INTO social_home_entry (owner_id, status_id, original_id, via_account_id, reason, in_home)
            SELECT DISTINCT t.account_id, {0}, {1}, {2}, 'Tag', TRUE FROM social_tag_follow t JOIN social_account a ON a.id = t.account_id
            WHERE t.tag_id IN ({{places}}) AND t.account_id <> {2} AND (a.home_read_at IS NULL OR a.home_read_at > {3})
            ON CONFLICT DO NOTHING
            """;
        return db.Database.ExecuteSqlRawAsync(sql, parameters, ct);
    }

    // {0} status, {1} original, {2} author, {3} since when a member counts as away.
    private static List<object> Parameters(SocialDb db, Status status) =>
        [status.Id.Value, (status.BoostOf ?? status.Id).Value, status.AccountId.Value, db.Instant(db.Now - SocialLimits.HomeAway)];
}
