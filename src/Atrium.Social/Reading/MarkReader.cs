using Atrium.Kernel;
using Atrium.Kernel.Data;

namespace Atrium.Social;

/// <summary>Reads what readers did to the posts of a page, their votes and their filters, in one UNION: of one reader, or of many at once.</summary>
internal sealed class MarkReader(SocialDb db)
{
    public async Task<MarksOfMany> ReadAsync(IReadOnlyCollection<StatusRow> rows, IReadOnlyCollection<Id<Account>> readers, CancellationToken ct)
    {
        if (rows.Count == 0 || readers.Count == 0) return new([]);
        List<Row> found = [];
        await db.ReadSqlAsync(
            string.Join(" UNION ALL ", Parts(rows, readers)),
            [
                db.Instant(db.Now), db.SetOf(rows.Select(r => r.Status.Id.Value)), readers.Count == 1 ? readers.First().Value : db.SetOf(readers.Select(r => r.Value)), db.SetOf(rows.Select(r => r.Status.ConversationId.Value)),
                db.SetOf(rows.Select(r => r.Status.AccountId.Value)), db.SetOf(rows.Select(r => r.Status.PollId?.Value ?? 0)),
            ],
            row => found.Add(new(row.GetString(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.GetString(5), row.GetString(6))), ct);
        return new(found.GroupBy(r => r.Who).ToDictionary(g => g.Key, g => Sort([.. g])));
    }

    // {0} now, {1} posts, {2} readers, {3} conversations, {4} authors, {5} polls. What cannot be there is not asked for.
    private IEnumerable<string> Parts(IReadOnlyCollection<StatusRow> rows, IReadOnlyCollection<Id<Account>> readers)
    {
        string Of(string column) => readers.Count == 1 ? $"{column} = {{2}}" : db.Among(column, "{2}");
        var mine = Of("account_id");
        yield return $"SELECT 'favourite', account_id, status_id, 0, 0, '', '' FROM social_favourite WHERE {mine} AND {db.Among("status_id", "{1}")}";
        yield return $"SELECT 'bookmark', account_id, status_id, 0, 0, '', '' FROM social_bookmark WHERE {mine} AND {db.Among("status_id", "{1}")}";
        yield return $"SELECT 'boost', account_id, boost_of, 0, 0, '', '' FROM social_status WHERE {mine} AND {db.Among("boost_of", "{1}")} AND deleted_at IS NULL";
        yield return $"SELECT 'mute', account_id, conversation_id, 0, 0, '', '' FROM social_thread_mute WHERE {mine} AND {db.Among("conversation_id", "{3}")}";
        if (rows.Any(r => readers.Contains(r.Status.AccountId))) yield return $"SELECT 'pin', account_id, status_id, 0, 0, '', '' FROM social_pin WHERE {mine} AND {db.Among("status_id", "{1}")}";
        if (rows.Any(r => r.Status.QuotePolicy == QuotePolicy.Followers))
            yield return $"SELECT 'follow', account_id, target_id, 0, 0, '', '' FROM social_follow WHERE {mine} AND state = 'Accepted' AND {db.Among("target_id", "{4}")}";
        if (rows.Any(r => r.Status.PollId is not null)) yield return $"SELECT 'vote', account_id, poll_id, choice, id, '', '' FROM social_poll_vote WHERE {mine} AND {db.Among("poll_id", "{5}")}";
        if (rows.Any(r => r.QuoteState is not null))
        {
            string Quoted(string kind, string table, string more) =>
                $"SELECT '{kind}', v.account_id, q.quoted_id, 0, 0, '', '' FROM social_quote q JOIN social_account x ON x.id = q.quoted_account_id JOIN {table} v ON {more} WHERE {Of("v.account_id")} AND v.account_id <> x.id AND q.quoted_id IS NOT NULL AND {db.Among("q.quoting_id", "{1}")}";
            yield return Quoted(ReaderMarks.BlockedServer, "social_user_domain_block", "v.domain = x.domain");
            yield return Quoted(ReaderMarks.Blocked, "social_block", "v.target_id = x.id AND NOT EXISTS (SELECT 1 FROM social_block w WHERE w.account_id = x.id AND w.target_id = v.account_id)");
            yield return Quoted(ReaderMarks.Muted, "social_mute", "v.target_id = x.id AND (v.expires_at IS NULL OR v.expires_at > {0})");
        }

        var live = $"{Of("f.account_id")} AND (f.expires_at IS NULL OR f.expires_at > {{0}})";
        var expires = db.House.IsSqlite ? "f.expires_at / 1000" : "CAST(EXTRACT(EPOCH FROM f.expires_at) * 1000 AS bigint)";
        yield return $"SELECT 'filter', f.account_id, f.id, COALESCE({expires}, 0), 0, f.title, f.action || '|' || f.contexts FROM social_post_filter f WHERE {live}";
        yield return $"SELECT 'word', f.account_id, k.filter_id, k.id, CASE WHEN k.whole_word THEN 1 ELSE 0 END, k.keyword, '' FROM social_filter_keyword k JOIN social_post_filter f ON f.id = k.filter_id WHERE {live}";
        yield return $"SELECT 'named', f.account_id, n.filter_id, n.status_id, 0, '', '' FROM social_filter_status n JOIN social_post_filter f ON f.id = n.filter_id WHERE {live} AND {db.Among("n.status_id", "{1}")}";
    }

    private static ReaderMarks Sort(List<Row> found)
    {
        var marks = new ReaderMarks { IsPlain = found.TrueForAll(r => r.Kind == "follow") };
        foreach (var row in found)
            switch (row.Kind)
            {
                case "favourite": marks.Favourites.Add(row.Target); break;
                case "bookmark": marks.Bookmarks.Add(row.Target); break;
                case "pin": marks.Pins.Add(row.Target); break;
                case "boost": marks.Boosts.Add(row.Target); break;
                case "mute": marks.MutedConversations.Add(row.Target); break;
                case "follow": marks.Following.Add(row.Target); break;
                case ReaderMarks.BlockedServer or ReaderMarks.Blocked or ReaderMarks.Muted: marks.Veils.Add((row.Target, row.Kind)); break;
                default: break;
            }

        foreach (var votes in found.Where(r => r.Kind == "vote").GroupBy(r => r.Target)) marks.Votes[votes.Key] = [.. votes.OrderBy(v => v.B).Select(v => (int)v.A)];
        if (found.Exists(r => r.Kind == "filter")) marks.Filters = new([.. found.Where(r => r.Kind == "filter").Select(f => Filter(f, found))]);
        return marks;
    }

    private static ActiveFilter Filter(Row filter, List<Row> found)
    {
        var more = filter.More.Split('|', 2);
        return new(
            filter.Target, filter.Word, ActiveFilter.ReadContexts(more[1]), Enum.Parse<FilterAction>(more[0]), filter.A == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(filter.A),
            [.. found.Where(r => r.Kind == "word" && r.Target == filter.Target).Select(r => new ActiveKeyword(r.Word, r.B == 1))],
            found.Where(r => r.Kind == "named" && r.Target == filter.Target).Select(r => r.A).ToHashSet());
    }

    private sealed record Row(string Kind, long Who, long Target, long A, long B, string Word, string More);
}
