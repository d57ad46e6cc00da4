using Atrium.Kernel;
using Atrium.Kernel.Data;
using Microsoft.EntityFrameworkCore;

namespace Atrium.Social;

/// <summary>Reads what one reader did to the posts of a page, their votes and their filters, in one UNION.</summary>
internal sealed class MarkReader(SocialDb db)
{
    private const string Now = "{0}", Me = "{1}", Statuses = "{2}", Conversations = "{3}", Authors = "{4}", Polls = "{5}";

    public async Task<ReaderMarks> ReadAsync(IReadOnlyCollection<StatusRow> rows, Viewer viewer, CancellationToken ct)
    {
        var marks = new ReaderMarks();
        if (rows.Count == 0) return marks;
        // The text is the same whatever the page holds; only its parameters differ.
        object[] parameters =
        [
            db.Instant(db.Now), viewer.Me?.Value ?? 0, db.SetOf(rows.Select(r => r.Status.Id.Value)), db.SetOf(rows.Select(r => r.Status.ConversationId.Value)),
            db.SetOf(rows.Select(r => r.Status.AccountId.Value)), db.SetOf(rows.Select(r => r.Status.PollId?.Value).OfType<long>()),
        ];
        List<string> parts = [$"SELECT 'quote' AS kind, q.quoting_id AS target, COALESCE(q.quoted_id, 0) AS a, 0 AS b, q.state AS word, '' AS more FROM social_quote q WHERE {db.Among("q.quoting_id", Statuses)}"];
        if (viewer.Me is not null) parts.AddRange(Mine());
        var found = await db.Database.SqlQueryRaw<Row>(string.Join(" UNION ALL ", parts), parameters).ToListAsync(ct);
        Sort(found, marks);
        return marks;
    }

    private IEnumerable<string> Mine()
    {
        yield return $"SELECT 'favourite', status_id, 0, 0, '', '' FROM social_favourite WHERE account_id = {Me} AND {db.Among("status_id", Statuses)}";
        yield return $"SELECT 'bookmark', status_id, 0, 0, '', '' FROM social_bookmark WHERE account_id = {Me} AND {db.Among("status_id", Statuses)}";
        yield return $"SELECT 'pin', status_id, 0, 0, '', '' FROM social_pin WHERE account_id = {Me} AND {db.Among("status_id", Statuses)}";
        yield return $"SELECT 'boost', boost_of, 0, 0, '', '' FROM social_status WHERE account_id = {Me} AND {db.Among("boost_of", Statuses)} AND deleted_at IS NULL";
        yield return $"SELECT 'mute', conversation_id, 0, 0, '', '' FROM social_thread_mute WHERE account_id = {Me} AND {db.Among("conversation_id", Conversations)}";
        yield return $"SELECT 'follow', target_id, 0, 0, '', '' FROM social_follow WHERE account_id = {Me} AND state = 'Accepted' AND {db.Among("target_id", Authors)}";
        yield return $"SELECT 'vote', poll_id, choice, id, '', '' FROM social_poll_vote WHERE account_id = {Me} AND {db.Among("poll_id", Polls)}";
        var live = $"f.account_id = {Me} AND (f.expires_at IS NULL OR f.expires_at > {Now})";
        var expires = db.House.IsSqlite ? "f.expires_at / 1000" : "CAST(EXTRACT(EPOCH FROM f.expires_at) * 1000 AS bigint)";
        yield return $"SELECT 'filter', f.id, COALESCE({expires}, 0), 0, f.title, f.action || '|' || f.contexts FROM social_post_filter f WHERE {live}";
        yield return $"SELECT 'word', k.filter_id, k.id, CASE WHEN k.whole_word THEN 1 ELSE 0 END, k.keyword, '' FROM social_filter_keyword k JOIN social_post_filter f ON f.id = k.filter_id WHERE {live}";
        yield return $"SELECT 'named', n.filter_id, n.status_id, 0, '', '' FROM social_filter_status n JOIN social_post_filter f ON f.id = n.filter_id WHERE {live} AND {db.Among("n.status_id", Statuses)}";
    }

    private static void Sort(List<Row> found, ReaderMarks marks)
    {
        foreach (var row in found)
            switch (row.Kind)
            {
                case "favourite": marks.Favourites.Add(row.Target); break;
                case "bookmark": marks.Bookmarks.Add(row.Target); break;
                case "pin": marks.Pins.Add(row.Target); break;
                case "boost": marks.Boosts.Add(row.Target); break;
                case "mute": marks.MutedConversations.Add(row.Target); break;
                case "follow": marks.Following.Add(row.Target); break;
                case "quote": marks.Quotes[row.Target] = (row.A, Enum.Parse<QuoteState>(row.Word)); break;
                default: break;
            }

        foreach (var votes in found.Where(r => r.Kind == "vote").GroupBy(r => r.Target)) marks.Votes[votes.Key] = [.. votes.OrderBy(v => v.B).Select(v => (int)v.A)];
        if (found.Exists(r => r.Kind == "filter")) marks.Filters = new([.. found.Where(r => r.Kind == "filter").Select(f => Filter(f, found))]);
    }

    private static ActiveFilter Filter(Row filter, List<Row> found)
    {
        var more = filter.More.Split('|', 2);
        return new(
            filter.Target, filter.Word, ActiveFilter.ReadContexts(more[1]), Enum.Parse<FilterAction>(more[0]), filter.A == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(filter.A),
            [.. found.Where(r => r.Kind == "word" && r.Target == filter.Target).Select(r => new ActiveKeyword(r.Word, r.B == 1))],
            found.Where(r => r.Kind == "named" && r.Target == filter.Target).Select(r => r.A).ToHashSet());
    }

    private sealed class Row
    {
        public required string Kind { get; init; }
        public long Target { get; init; }
        public long A { get; init; }
        public long B { get; init; }
        public required string Word { get; init; }
        public required string More { get; init; }
    }
}
