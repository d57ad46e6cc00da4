using System.Data.Common;
using System.Text.Json;
using Atrium.Kernel;
using Atrium.Kernel.Data;

namespace Atrium.Social;

/// <summary>
/// Reads what is shown of posts that a list has found visible a moment ago, by hand: these rows are read most of all. Only the columns that are
/// shown are read, and an author of several posts once.
/// </summary>
internal sealed class StatusRows
{
    private const string Status =
        """
        s.id, s.account_id, s.uri, s.url, s.created_at, s.edited_at, s.sensitized_at, s.boost_of, s.in_reply_to, s.in_reply_to_account, s.conversation_id, s.visibility, s.group_id,
        s.app, s.app_website, s.quote_policy, s.html, s.plain, s.spoiler, s.sensitive, s.language, s.has_media, s.poll_id, s.document, c.replies, c.boosts, c.favourites, c.quotes, d.thing,
        q.quoted_id, q.state
        """;

    private const string Author =
        """
        n.followers, n.following, n.statuses, a.username, a.username_folded, a.domain, a.uri, a.url, a.kind, a.standing, a.created_at, a.last_status_at, a.display_name, a.note, a.fields, a.emojis,
        a.avatar_url, a.header_url, a.avatar_description, a.header_description, a.locked, a.bot, a.discoverable, a.indexable, a.hide_collections, a.sensitized_at, a.role
        """;

    /// <summary>What is selected; after it comes what a list wants besides, at <see cref="After"/>.</summary>
    public const string Columns = $"{Status}, {Author}";

    public const int After = AuthorAt + 27;

    /// <summary>What a post, <c>s</c>, is joined with.</summary>
    public const string Joins =
        """
        JOIN social_status_stats c ON c.status_id = s.id JOIN social_account a ON a.id = s.account_id JOIN social_account_stats n ON n.account_id = a.id
        LEFT JOIN social_discussion d ON d.id = s.discussion_id LEFT JOIN social_quote q ON q.quoting_id = s.id
        """;

    private const int AuthorAt = 31;
    private static readonly string NothingMore = JsonSerializer.Serialize(StatusDocument.Empty, JsonSerializerOptions.Web);
    private readonly SocialDb _db;
    private readonly Dictionary<long, AccountRow> _authors = [];

    public StatusRows(SocialDb db) => _db = db;

    public static async Task<Dictionary<Id<Status>, StatusRow>> ReadAsync(SocialDb db, IEnumerable<Id<Status>> ids, CancellationToken ct)
    {
        var (rows, shaping) = (new Dictionary<Id<Status>, StatusRow>(), new StatusRows(db));
        await db.ReadSqlAsync(
            $"SELECT {Columns} FROM social_status s {Joins} WHERE {db.Among("s.id", "{0}")} AND s.deleted_at IS NULL", [db.SetOf(ids.Select(i => i.Value))],
            row =>
            {
                var read = shaping.Row(row);
                rows[read.Status.Id] = read;
            },
            ct);
        return rows;
    }

    /// <summary>The post of a row that begins with <see cref="Columns"/>.</summary>
    public StatusRow Row(DbDataReader row)
    {
        var status = new Status
        {
            Id = new(row.GetInt64(0)), AccountId = new(row.GetInt64(1)), Uri = row.GetString(2), Url = row.GetString(3), CreatedAt = row.Instant(4, _db), EditedAt = row.InstantOrNull(5, _db),
            SensitizedAt = row.InstantOrNull(6, _db), BoostOf = row.Id<Status>(7), InReplyTo = row.Id<Status>(8), InReplyToAccount = row.Id<Account>(9), ConversationId = new(row.GetInt64(10)),
            Visibility = row.Word<Visibility>(11), GroupId = row.Id<Group>(12), App = row.Text(13), AppWebsite = row.Text(14), QuotePolicy = row.Word<QuotePolicy>(15), Html = row.GetString(16),
            Plain = row.GetString(17), Spoiler = row.GetString(18), Sensitive = row.GetBoolean(19), Language = row.Text(20), HasMedia = row.GetBoolean(21), PollId = row.Id<Poll>(22), Document = Document(row.GetString(23)),
        };
        var stats = new StatusStats { StatusId = status.Id, Replies = row.GetInt32(24), Boosts = row.GetInt32(25), Favourites = row.GetInt32(26), Quotes = row.GetInt32(27) };
        if (!_authors.TryGetValue(status.AccountId.Value, out var author)) _authors[status.AccountId.Value] = author = By(status.AccountId, row);
        return new(status, author, stats, row.Text(28) is { } thing ? Thing.Parse(thing) : null, row.Id<Status>(29), row.IsDBNull(30) ? null : row.Word<QuoteState>(30));
    }

    private AccountRow By(Id<Account> id, DbDataReader row)
    {
        var at = AuthorAt;
        var stats = new AccountStats { AccountId = id, Followers = row.GetInt32(at++), Following = row.GetInt32(at++), Statuses = row.GetInt32(at++) };
        var account = new Account
        {
            Id = id, Username = row.GetString(at++), UsernameFolded = row.GetString(at++), Domain = row.GetString(at++), Uri = row.GetString(at++), Url = row.GetString(at++), Kind = row.Word<AccountKind>(at++),
            Standing = row.Word<AccountStanding>(at++), CreatedAt = row.Instant(at++, _db), LastStatusAt = row.InstantOrNull(at++, _db), DisplayName = row.GetString(at++), Note = row.GetString(at++),
            Fields = List<ProfileField>(row.GetString(at++)), Emojis = List<DocumentEmoji>(row.GetString(at++)), AvatarUrl = row.Text(at++), HeaderUrl = row.Text(at++), AvatarDescription = row.GetString(at++),
            HeaderDescription = row.GetString(at++), Locked = row.GetBoolean(at++), Bot = row.GetBoolean(at++), Discoverable = row.GetBoolean(at++), Indexable = row.GetBoolean(at++),
            HideCollections = row.GetBoolean(at++), SensitizedAt = row.InstantOrNull(at++, _db), Role = row.Word<Role>(at),
        };
        return new(account, stats);
    }

    // Most posts are words alone.
    private static StatusDocument Document(string json) => json == NothingMore ? StatusDocument.Empty : JsonSerializer.Deserialize<StatusDocument>(json, JsonSerializerOptions.Web)!;

    private static List<T> List<T>(string json) => json == "[]" ? [] : JsonSerializer.Deserialize<List<T>>(json, JsonSerializerOptions.Web)!;
}
