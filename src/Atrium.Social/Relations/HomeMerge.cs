using Atrium.Kernel;
using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>
/// Fills homes with posts that were there before: of somebody followed from now on, or after a long absence. By the rules of
/// <see cref="HomeFan"/>: a home built anew is the home that would have been.
/// </summary>
internal static class HomeMerge
{
    private const int Joined = 20;
    private const int Rebuilt = 400;
    private const int MostQuiet = 50;
    private static readonly TimeSpan LooksBack = TimeSpan.FromDays(90);
    private const string Standing = "s.deleted_at IS NULL AND (s.kind <> 'Root' OR EXISTS (SELECT 1 FROM social_discussion d WHERE d.root_id = s.id AND d.announced_at IS NOT NULL))";

    // {0} is whose home it is.
    private const string Followed = """
        f.id IS NOT NULL AND (s.language IS NULL OR f.languages = '[]' OR f.languages LIKE '%"' || s.language || '"%') AND (s.kind <> 'Boost' OR f.show_boosts)
          AND (s.kind <> 'Note' OR s.in_reply_to_account IS NULL OR s.in_reply_to_account = s.account_id OR s.in_reply_to_account = {0}
            OR EXISTS (SELECT 1 FROM social_follow g WHERE g.account_id = {0} AND g.target_id = s.in_reply_to_account AND g.state = 'Accepted'))
          AND (s.visibility <> 'Direct' OR EXISTS (SELECT 1 FROM social_mention n WHERE n.status_id = s.id AND n.account_id = {0}))
          AND (s.visibility <> 'Group' OR s.group_id IS NULL OR EXISTS (SELECT 1 FROM kernel_principal_member p JOIN social_account a ON a.member_id = p.member_id WHERE a.id = {0} AND p.principal = 'group:' || s.group_id))
        """;

    private const string Followers = $$"""
        SELECT s.id, COALESCE(s.boost_of, s.id) AS original, s.account_id, CASE WHEN s.account_id = {0} THEN 'Own' WHEN s.kind = 'Boost' THEN 'Boost' ELSE 'Follow' END AS reason,
          s.account_id = {0} OR NOT EXISTS (SELECT 1 FROM social_list_member m JOIN social_people_list l ON l.id = m.list_id WHERE m.account_id = s.account_id AND l.account_id = {0} AND l.exclusive) AS in_home,
          s.created_at, 0 AS place
        FROM social_status s LEFT JOIN social_follow f ON f.account_id = {0} AND f.target_id = s.account_id AND f.state = 'Accepted'
        WHERE {{Standing}}
        """;

    private const string Grouped = $$"""
        SELECT s.id, s.id AS original, s.account_id, 'Group' AS reason, TRUE AS in_home, s.created_at, 1 AS place
        FROM social_status s JOIN kernel_principal_member p ON p.principal = 'group:' || s.group_id JOIN social_account a ON a.member_id = p.member_id
        WHERE s.visibility = 'Group' AND a.id = {0} AND {{Standing}}
        """;

    private const string Tagged = $$"""
        SELECT DISTINCT s.id, s.id AS original, s.account_id, 'Tag' AS reason, TRUE AS in_home, s.created_at, 2 AS place
        FROM social_tag_follow t JOIN social_status_tag x ON x.tag_id = t.tag_id JOIN social_status s ON s.id = x.status_id
        WHERE t.account_id = {0} AND s.account_id <> {0} AND s.visibility = 'Public' AND s.kind = 'Note' AND {{Standing}}
        """;

    // After {1}.
    private static readonly string All = string.Join(" UNION ALL ", new[] { $"{Followers} AND ((s.account_id = {{0}} AND s.kind <> 'Root') OR ({Followed}))", Grouped, Tagged }
        .Select((part, i) => $"SELECT * FROM ({part} AND s.id > {{1}} ORDER BY 1 DESC LIMIT {Rebuilt}) AS part{i}"));

    /// <summary>The 20 newest posts of an account.</summary>
    public static async Task JoinAsync(SocialDb db, Id<Account> owner, Id<Account> target, CancellationToken ct)
    {
        var found = await OfAsync(db, owner, target, ct);
        List<Id<Status>> originals = [.. found.Select(c => new Id<Status>(c.Original)).Distinct()];
        var there = await db.HomeEntries.Where(h => h.OwnerId == owner && originals.Contains(h.OriginalId)).Select(h => new { h.OriginalId, h.StatusId }).ToListAsync(ct);
        await WriteAsync(db, owner, Once(found, there.GroupBy(h => h.OriginalId.Value).ToDictionary(g => g.Key, g => g.Max(h => h.StatusId.Value))), ct);
    }

    /// <summary>Takes out what came by a follow that has ended. What the owner's groups and hashtags bring too stays, and stands there because of them.</summary>
    public static async Task LeaveAsync(SocialDb db, Account owner, Id<Account> target, CancellationToken ct)
    {
        var entries = db.HomeEntries.Where(h => h.OwnerId == owner.Id && h.ViaAccountId == target && (h.Reason == HomeReason.Follow || h.Reason == HomeReason.Boost));
        if (!await entries.AnyAsync(ct)) return;
        var prefix = Principal.Of(default(Id<Group>))[..^1];
        var principals = await db.PrincipalMembers.Where(p => p.MemberId == owner.MemberId && p.Principal.StartsWith(prefix)).Select(p => p.Principal).ToListAsync(ct);
        List<Id<Group>?> groups = [.. principals.Select(p => (Id<Group>?)new Id<Group>(long.Parse(p.AsSpan(prefix.Length), System.Globalization.CultureInfo.InvariantCulture)))];
        if (groups.Count > 0)
            await entries.Where(h => db.Statuses.Any(s => s.Id == h.StatusId && s.Visibility == Visibility.Group && groups.Contains(s.GroupId)))
                .ExecuteUpdateAsync(set => set.SetProperty(h => h.Reason, HomeReason.Group).SetProperty(h => h.InHome, true), ct);
        await entries.Where(h => db.Statuses.Any(s => s.Id == h.StatusId && s.Visibility == Visibility.Public && s.Kind == StatusKind.Note)
                && db.StatusTags.Any(t => t.StatusId == h.StatusId && db.TagFollows.Any(f => f.AccountId == owner.Id && f.TagId == t.TagId)))
            .ExecuteUpdateAsync(set => set.SetProperty(h => h.Reason, HomeReason.Tag).SetProperty(h => h.InHome, true), ct);
        await entries.ExecuteDeleteAsync(ct);
    }

    /// <summary>
    /// Looks for what a home from nothing would hold: the newest posts of all whom its owner follows, of their groups and tags, and their own. It
    /// looks back for some months, and beyond that only for a little of each; nobody waits for it to be written.
    /// </summary>
    public static async Task<HomeFound> FindAsync(SocialDb db, Id<Account> owner, CancellationToken ct)
    {
        var newest = await db.Statuses.MaxAsync(s => (Id<Status>?)s.Id, ct) ?? default;
        var found = await ReadAsync(db, All, [owner.Value, IdClock.FloorAt(db.Now - LooksBack)], ct);
        if (found.Count >= Joined) return new(newest, found);
        var quiet = await db.Follows.Where(f => f.AccountId == owner && f.State == FollowState.Accepted).Join(db.Accounts, f => f.TargetId, a => a.Id, (f, a) => a)
            .OrderByDescending(a => a.LastStatusAt).Select(a => a.Id).Take(MostQuiet).ToListAsync(ct);
        foreach (var target in quiet) found.AddRange(await OfAsync(db, owner, target, ct));
        return new(newest, found);
    }

    /// <summary>Writes what was found, but for what was taken back since, and what came since, in the transaction under way.</summary>
    public static async Task RebuildAsync(SocialDb db, Id<Account> owner, HomeFound home, CancellationToken ct)
    {
        List<Candidate> found = [.. home.Places, .. await ReadAsync(db, All, [owner.Value, home.Newest.Value], ct)];
        // What comes by two ways came by the first.
        var newest = found.GroupBy(c => c.Status).Select(g => g.MinBy(c => c.Place)!).OrderByDescending(c => c.Status).Take(Rebuilt).ToList();
        List<Id<Status>> ids = [.. newest.Select(c => new Id<Status>(c.Status))];
        var there = (await db.Statuses.Where(s => ids.Contains(s.Id) && s.DeletedAt == null).Select(s => s.Id).ToListAsync(ct)).Select(id => id.Value).ToHashSet();
        List<Id<Account>> authors = [.. newest.Select(c => new Id<Account>(c.Via)).Distinct()];
        var followed = (await db.Follows.Where(f => f.AccountId == owner && f.State == FollowState.Accepted && authors.Contains(f.TargetId)).Select(f => f.TargetId).ToListAsync(ct)).Select(id => id.Value).ToHashSet();
        await WriteAsync(db, owner, Once(newest.Where(c => there.Contains(c.Status) && (c.Reason is not (HomeReason.Follow or HomeReason.Boost) || c.Via == owner.Value || followed.Contains(c.Via))), []), ct);
    }

    private static Task<List<Candidate>> OfAsync(SocialDb db, Id<Account> owner, Id<Account> target, CancellationToken ct) =>
        ReadAsync(db, $"{Followers} AND s.account_id = {{1}} AND {Followed} ORDER BY s.id DESC LIMIT {Joined}", [owner.Value, target.Value], ct);

    private static async Task<List<Candidate>> ReadAsync(SocialDb db, string sql, List<object> parameters, CancellationToken ct)
    {
        List<Candidate> found = [];
        await db.ReadSqlAsync(
            sql, parameters,
            row => found.Add(new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.Word<HomeReason>(3), row.GetBoolean(4), row.Instant(5, db), row.GetInt32(6))), ct);
        return found;
    }

    // In the order in which they came: a boost of what stands there since less than 12 hours is not shown again.
    private static List<Candidate> Once(IEnumerable<Candidate> candidates, Dictionary<long, long> last)
    {
        List<Candidate> kept = [];
        foreach (var candidate in candidates.OrderBy(c => c.Status))
        {
            if (candidate.Reason == HomeReason.Boost && last.TryGetValue(candidate.Original, out var before) && before > IdClock.FloorAt(candidate.At - HomeFan.BoostsOnce)) continue;
            last[candidate.Original] = Math.Max(last.GetValueOrDefault(candidate.Original), candidate.Status);
            kept.Add(candidate);
        }

        return kept;
    }

    private static async Task WriteAsync(SocialDb db, Id<Account> owner, List<Candidate> entries, CancellationToken ct)
    {
        if (entries.Count == 0) return;
        List<object> parameters = [owner.Value];
        List<string> rows = [];
        foreach (var entry in entries)
        {
            rows.Add($"({{0}}, {{{parameters.Count}}}, {{{parameters.Count + 1}}}, {{{parameters.Count + 2}}}, '{entry.Reason}', {(entry.InHome ? "TRUE" : "FALSE")})");
            parameters.AddRange([entry.Status, entry.Original, entry.Via]);
        }

        var sql = $"INSERT INTO social_home_entry (owner_id, status_id, original_id, via_account_id, reason, in_home) VALUES {string.Join(", ", rows)} ON CONFLICT DO NOTHING";
        await db.Database.ExecuteSqlRawAsync(sql, parameters, ct);
    }

    /// <param name="Place">Which way it comes by, the first before the others.</param>
    internal sealed record Candidate(long Status, long Original, long Via, HomeReason Reason, bool InHome, DateTimeOffset At, int Place);
}

/// <summary>What a home built anew will hold.</summary>
/// <param name="Newest">The newest post there was when it was looked for.</param>
internal sealed record HomeFound(Id<Status> Newest, IReadOnlyList<HomeMerge.Candidate> Places);
