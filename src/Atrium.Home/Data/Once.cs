using System.Text;
using Atrium.Kernel;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Home;

/// <summary>Hand-written statements: what is told once must be decided by the database in one step, not read and then written.</summary>
internal static class Once
{
    /// <summary>Notes that each of <paramref name="members"/> was told under <paramref name="key"/>; answers those who had not been.</summary>
    public static async Task<List<Id<Member>>> TellOnceAsync(this HomeDb db, IReadOnlyList<Id<Member>> members, string key, CancellationToken ct)
    {
        var sql = new StringBuilder("INSERT INTO home_told (member_id, once, at) VALUES ");
        var arguments = new List<object> { Told.KeyOf(key), db.Instant(db.Now) };
        Rows(sql, members, arguments, "{0}, {1}");
        sql.Append(" ON CONFLICT DO NOTHING RETURNING member_id AS \"Value\"");
        var fresh = await db.Database.SqlQueryRaw<long>(sql.ToString(), [.. arguments]).ToListAsync(ct);
        return [.. fresh.Select(v => new Id<Member>(v)).Order()];
    }

    /// <summary>A member is told nothing under these keys any more.</summary>
    public static Task HoldBackAsync(this HomeDb db, Id<Member> member, IReadOnlyList<string> keys, CancellationToken ct)
    {
        List<object> arguments = [member.Value, db.Instant(db.Now), .. keys];
        var sql = $"INSERT INTO home_told (member_id, once, at) VALUES {string.Join(", ", keys.Select((_, i) => $"({{0}}, {{{i + 2}}}, {{1}})"))} ON CONFLICT DO NOTHING";
        return db.Database.ExecuteSqlRawAsync(sql, arguments, ct);
    }

    /// <summary>Moves the inboxes of <paramref name="members"/> on, wakes who looks at them, and answers how each reads.</summary>
    public static async Task<IReadOnlyDictionary<Id<Member>, Reader>> TouchAsync(this HomeDb db, IReadOnlyList<Id<Member>> members, CancellationToken ct)
    {
        var now = db.Now;
        var sql = new StringBuilder("INSERT INTO home_reader (member_id, changed_at) VALUES ");
        var arguments = new List<object> { db.Instant(now) };
        Rows(sql, members, arguments, "{0}");
        sql.Append(" ON CONFLICT (member_id) DO UPDATE SET changed_at = excluded.changed_at");
        await db.Database.ExecuteSqlRawAsync(sql.ToString(), arguments, ct);
        foreach (var member in members) db.Announce(InboxTopic.Of(member), InboxTopic.Cursor(now));
        return await db.Readers.Where(r => members.Contains(r.MemberId)).ToDictionaryAsync(r => r.MemberId, ct);
    }

    /// <summary>Takes a member's digest of a local day on; false when it was taken on before.</summary>
    public static async Task<bool> TakeDigestAsync(this HomeDb db, Id<Member> member, DateOnly day, CancellationToken ct) =>
        await db.Database.ExecuteSqlRawAsync(
            "INSERT INTO home_digest_sent (member_id, local_date, at) VALUES ({0}, {1}, {2}) ON CONFLICT DO NOTHING",
            [member.Value, day.ToString("O"), db.Instant(db.Now)], ct) == 1;

    private static void Rows(StringBuilder sql, IReadOnlyList<Id<Member>> members, List<object> arguments, string rest)
    {
        for (var i = 0; i < members.Count; i++)
        {
            sql.Append(i == 0 ? "({" : ", ({").Append(arguments.Count).Append("}, ").Append(rest).Append(')');
            arguments.Add(members[i].Value);
        }
    }
}
